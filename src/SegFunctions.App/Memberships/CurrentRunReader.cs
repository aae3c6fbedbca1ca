namespace SegFunctions.App.Memberships;

/// <summary>The run that readers see, read at most once a second however many ask.</summary>
internal sealed class CurrentRunReader(RunTable runs, TimeProvider time)
{
    /// <summary>How long an answer is used again; a switch is seen by every reader after this time.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private Cached? _cached;

    /// <summary>The current run, or null before the first one.</summary>
    public async ValueTask<CurrentRun?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_cached is { } cached && time.GetElapsedTime(cached.ReadAt) < Freshness)
            return cached.Run;
        // Two readers may both find the answer too old and both ask; the later answer stays, which is harmless.
        var readAt = time.GetTimestamp();
        var run = await runs.FindCurrentAsync(cancellationToken);
        _cached = new Cached(run, readAt);
        return run;
    }

    private sealed record Cached(CurrentRun? Run, long ReadAt);
}
