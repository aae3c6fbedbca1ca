namespace SegFunctions.App.Hosting.Http;

/// <summary>Turns failures, and answers without a body such as 404 of the router, into problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Problem.WriteAsync(context, exception.StatusCode, exception.Message);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailed(exception, Problem.TraceId(context));
            context.Response.Clear();
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError);
            return;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 })
        {
            await Problem.WriteAsync(context, response.StatusCode, response.StatusCode switch
            {
                StatusCodes.Status404NotFound when context.GetEndpoint() is null => "No function answers at this address.",
                StatusCodes.Status405MethodNotAllowed => $"Allowed here: {response.Headers.Allow}.",
                _ => null,
            });
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "The request failed (trace {TraceId})")]
    private partial void LogFailed(Exception exception, string traceId);
}
