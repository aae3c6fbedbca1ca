using SegFunctions.App.Api;
using SegFunctions.App.Memberships;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Functions;

/// <summary>Says of every answer which run it comes from, and whether that run has grown old.</summary>
internal sealed class ServingClock(TimeProvider time, TimeSpan staleAfter)
{
    /// <summary>A nightly refresh may fail once before answers are called stale.</summary>
    public static readonly TimeSpan DefaultStaleAfter = TimeSpan.FromHours(36);

    public RunStamp Stamp(CurrentRun run, Language language) => new(
        run.RunId, run.AsOf, run.AsOfReason.In(language), run.PublishedAt, time.GetUtcNow() - run.PublishedAt > staleAfter, run.Models);
}
