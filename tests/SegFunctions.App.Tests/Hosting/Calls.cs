using System.Threading.Channels;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>What the sample functions were called with; tests await it instead of sleeping.</summary>
internal sealed class Calls
{
    // A guard against a test that would wait for ever, not a measure of anything.
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly Channel<object> _calls = Channel.CreateUnbounded<object>();

    /// <summary>What a sample function does after it has been recorded; null returns at once.</summary>
    public Func<object, CancellationToken, Task>? Then { get; set; }

    public async Task RecordAsync(object call, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite(call);
        if (Then is not null)
            await Then(call, cancellationToken);
    }

    public async Task<T> NextAsync<T>() => Assert.IsType<T>(await _calls.Reader.ReadAsync().AsTask().WaitAsync(Guard));

    public bool TryNext(out object? call) => _calls.Reader.TryRead(out call);
}

internal sealed record QueueCall(string Text, string? Id, long? DequeueCount, DateTimeOffset? InsertionTime, DateTimeOffset? ExpirationTime);

internal sealed record TimerCall(bool IsPastDue, DateTimeOffset? Last, DateTimeOffset? Next);

internal sealed record BusCall(string Text, SegFunctions.App.Hosting.Declaration.ServiceBusMessageMetadata Metadata);
