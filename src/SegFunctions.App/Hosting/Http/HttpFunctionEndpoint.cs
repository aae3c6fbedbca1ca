using Microsoft.AspNetCore.Routing.Patterns;
using SegFunctions.App.Hosting.CustomHandler;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.Http;

/// <summary>Serves the HTTP functions on their routes below <c>/api</c>.</summary>
internal sealed class HttpFunctionEndpoint(FunctionRegistry registry, ILogger<HttpFunctionEndpoint> logger)
{
    /// <summary>Never empty: without it, outsiders could reach the functions of queues and timers through the Functions host.</summary>
    public const string Prefix = "api";

    /// <param name="keys">Who may call; null where the Functions host has asked already.</param>
    /// <param name="isDisabled">Functions that app settings switch off; they answer 404.</param>
    public void Map(IEndpointRouteBuilder routes, FunctionKeys? keys, Func<FunctionDefinition, bool> isDisabled)
    {
        var prefix = RoutePatternFactory.Parse(Prefix);
        foreach (var function in registry.Functions)
        {
            if (function.Trigger is not HttpFunctionTrigger http || isDisabled(function))
                continue;
            // A request delegate, not a typed handler: those compile expression trees at the first request.
            routes.Map(RoutePatternFactory.Combine(prefix, http.Pattern), context => AnswerAsync(context, function, http, keys))
                .WithMetadata(new HttpMethodMetadata(http.Methods));
        }
    }

    /// <summary>Runs a function in the scope of its request and writes its answer.</summary>
    public static async Task RunAsync(HttpContext context, FunctionDefinition function, string invocationId)
    {
        var services = context.RequestServices;
        var arguments = new FunctionArguments(
            new FunctionContext(function.Name, invocationId, services), context.Request, Metadata: null, context.RequestAborted);
        var result = await (Task<IResult>)function.Call(services.GetRequiredService(function.DeclaringType), arguments);
        await result.ExecuteAsync(context);
    }

    private async Task AnswerAsync(HttpContext context, FunctionDefinition function, HttpFunctionTrigger http, FunctionKeys? keys)
    {
        if (keys is not null && !keys.Allow(context.Request, http.Level))
        {
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        // Without the Functions host in front, that header is the client's word.
        var invocationId = keys is null ? InvocationEndpoint.InvocationId(context.Request) : Guid.NewGuid().ToString();
        using var scope = logger.BeginScope(new InvocationScope(function.Name, invocationId));
        await RunAsync(context, function, invocationId);
    }
}
