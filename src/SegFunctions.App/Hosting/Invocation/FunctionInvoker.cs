using System.Text;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting.Invocation;

/// <summary>Calls functions that are started by something else than HTTP; the same on every host.</summary>
/// <remarks>Every call gets a scope of its own. What the function throws reaches the caller.</remarks>
internal sealed class FunctionInvoker(IServiceScopeFactory scopes)
{
    // Strict: a text that is not UTF-8 must fail, not arrive with replacement characters.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Calls a function with a message: of a queue or of Service Bus, by its metadata.</summary>
    /// <param name="body">As it stood in the queue; a claim in it is redeemed first.</param>
    public async Task InvokeMessageAsync(
        FunctionDefinition function, string invocationId, ReadOnlyMemory<byte> body, object metadata, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope)
        {
            var payload = body;
            var isText = function.Trigger is ServiceBusFunctionTrigger { IsText: true };
            if (function.Trigger is QueueFunctionTrigger queue)
            {
                isText = queue.IsText;
                payload = await scope.ServiceProvider.GetRequiredService<StorageAccount>().Claims.RedeemAsync(body, cancellationToken);
            }

            object value = isText ? Utf8.GetString(payload.Span) : payload;
            await CallAsync(function, invocationId, scope.ServiceProvider, value, metadata, cancellationToken);
        }
    }

    public async Task InvokeTimerAsync(
        FunctionDefinition function, string invocationId, TimerInfo timer, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope)
        {
            await CallAsync(function, invocationId, scope.ServiceProvider, timer, metadata: null, cancellationToken);
        }
    }

    private static async Task CallAsync(
        FunctionDefinition function,
        string invocationId,
        IServiceProvider services,
        object trigger,
        object? metadata,
        CancellationToken cancellationToken)
    {
        var context = new FunctionContext(function.Name, invocationId, services);
        var instance = services.GetRequiredService(function.DeclaringType);
        await function.Call(instance, new FunctionArguments(context, trigger, metadata, cancellationToken));
    }
}
