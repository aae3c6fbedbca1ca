using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Memberships;

/// <summary>The run that readers see; it stands in one row, and replacing that row is the switch.</summary>
/// <param name="Sequence">Runs count from 1; versions of rows carry this number.</param>
/// <param name="RunId">The run's id, as <c>/runs/{id}</c> takes it.</param>
/// <param name="AsOf">What the run knows ends here, exclusive; UTC.</param>
/// <param name="AsOfReason">Why that moment.</param>
/// <param name="PublishedAt">When readers were switched to it; UTC.</param>
/// <param name="Models">Version of each model by name.</param>
/// <param name="Customers">Customers with a row in this run.</param>
internal sealed record CurrentRun(
    long Sequence,
    string RunId,
    DateTimeOffset AsOf,
    Bilingual AsOfReason,
    DateTimeOffset PublishedAt,
    IReadOnlyDictionary<string, string> Models,
    int Customers);
