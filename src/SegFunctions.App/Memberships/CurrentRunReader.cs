namespace SegFunctions.App.Memberships;

/// <summary>The run that readers see, read at most once a second however many ask.</summary>
internal sealed class CurrentRunReader(RunTable runs, TimeProvider time)
{
    /// <summary>How long an answer is used again; a switch is seen by every reader after this time.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private volatile Cached? _cached;

    /// <summary>The current run, or null before the first one.</summary>
    public async ValueTask<CurrentRun?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_cached is { } cached && time.GetElapsedTime(cached.ReadAt) < Freshness)
            return cached.Run;
        return await ReadThroughAsync(cancellationToken);
    }

    /// <summary>The run that readers see by now, if that is a later one than <paramref name="run"/>; else null.</summary>
    /// <remarks>
    /// For a reader who finds nothing. While a run publishes, rows hold its version and that of the run before it, and
    /// nothing older: who read the current run a second ago may have to read it again.
    /// </remarks>
    public async Task<CurrentRun?> FindLaterAsync(CurrentRun run, CancellationToken cancellationToken) =>
        await ReadThroughAsync(cancellationToken) is { } later && later.Sequence > run.Sequence ? later : null;

    private async Task<CurrentRun?> ReadThroughAsync(CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        var run = await runs.FindCurrentAsync(cancellationToken);
        // Two readers may ask at the same time, and the older answer arrive later: readers never go back to it.
        if (_cached is { Run: { } known } && known.Sequence > (run?.Sequence ?? 0))
            return known;
        _cached = new Cached(run, readAt);
        return run;
    }

    private sealed record Cached(CurrentRun? Run, long ReadAt);
}
