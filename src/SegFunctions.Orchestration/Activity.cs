namespace SegFunctions.Orchestration;

/// <summary>An activity as a class: the place for I/O and heavy work. A new object is made for every run.</summary>
/// <remarks>
/// It runs at least once, and sometimes more often: after a crash, or when its message is delivered twice. It should
/// therefore leave the same state however often it runs; <see cref="ActivityContext.IdempotencyKey"/> tells runs of the
/// same call from runs of another.
/// </remarks>
public abstract class Activity<TInput, TOutput>
{
    /// <param name="cancellationToken">
    /// The process is being stopped. An <see cref="OperationCanceledException"/> after it fired is no failure: the message
    /// comes back and the activity runs again elsewhere.
    /// </param>
    public abstract Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken);
}
