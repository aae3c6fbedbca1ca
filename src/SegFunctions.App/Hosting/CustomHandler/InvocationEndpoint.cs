using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>Answers the Functions host: <c>GET /</c> for its readiness ping, <c>POST /{function}</c> for an invocation.</summary>
internal sealed partial class InvocationEndpoint(
    FunctionRegistry registry, FunctionInvoker invoker, ILogger<InvocationEndpoint> logger)
{
    private const string InvocationIdHeader = "X-Azure-Functions-InvocationId";

    public void Map(IEndpointRouteBuilder routes)
    {
        // Asked every 25 ms during the start and again for the platform's health and latency: no work here.
        routes.MapMethods("/", [HttpMethods.Get], static _ => Task.CompletedTask);
        routes.MapMethods("/{function}", [HttpMethods.Post], AnswerAsync);
    }

    /// <summary>The id that the Functions host gave this request, or a new one.</summary>
    /// <remarks>The host appends its own header to those of the client, so the last one counts.</remarks>
    public static string InvocationId(HttpRequest request) =>
        request.Headers[InvocationIdHeader] is { Count: > 0 } values && Guid.TryParse(values[^1]!.Split(',')[^1].Trim(), out var id)
            ? id.ToString()
            : Guid.NewGuid().ToString();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var invocationId = InvocationId(request);
        var name = (string)request.RouteValues["function"]!;
        var lines = InvocationLogs.Begin();
        if (registry.Find(name) is not { } function)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, lines, $"There is no function '{name}' in this version of the app.");
            return;
        }

        using var scope = logger.BeginScope(new InvocationScope(function.Name, invocationId));
        try
        {
            using var envelope = await Envelope.ReadAsync(request.Body, context.RequestAborted);
            switch (function.Trigger)
            {
                case QueueFunctionTrigger queue:
                    var (message, about) = envelope.QueueMessage(queue);
                    await invoker.InvokeMessageAsync(function, invocationId, message, about, context.RequestAborted);
                    break;
                case ServiceBusFunctionTrigger bus:
                    var (busMessage, aboutBus) = envelope.ServiceBusMessage(bus);
                    await invoker.InvokeMessageAsync(function, invocationId, busMessage, aboutBus, context.RequestAborted);
                    break;
                case TimerFunctionTrigger timer:
                    await invoker.InvokeTimerAsync(function, invocationId, envelope.Timer(timer), context.RequestAborted);
                    break;
                case HttpFunctionTrigger http:
                    var answer = await HttpEnvelope.InvokeAsync(context, function, http, envelope, invocationId);
                    await InvocationAnswer.WriteAsync(
                        context.Response, StatusCodes.Status200OK, lines.Take(), writer => answer.Write(writer, http.OutputBinding), context.RequestAborted);
                    return;
            }

            await InvocationAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, lines.Take(), writeOutputs: null, context.RequestAborted);
        }
        catch (EnvelopeException exception)
        {
            LogRefused(exception.Message);
            await FailAsync(context, StatusCodes.Status400BadRequest, lines, exception.Message);
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            await FailAsync(context, StatusCodes.Status500InternalServerError, lines, $"{function.Name} failed: {exception.GetType().Name}.");
        }
    }

    private static Task FailAsync(HttpContext context, int status, InvocationLogs.Lines lines, string message)
    {
        lines.Add(message);
        return InvocationAnswer.WriteAsync(context.Response, status, lines.Take(), writeOutputs: null, context.RequestAborted);
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "The invocation was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "The function failed; the Functions host will apply its trigger's retry rule")]
    private partial void LogFailed(Exception exception);
}
