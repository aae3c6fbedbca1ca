using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>Where an answer comes from.</summary>
/// <param name="Id">The run, for <c>/runs/{id}</c>.</param>
/// <param name="AsOf">What the run knows ends here, exclusive; UTC.</param>
/// <param name="AsOfReason">Why that moment.</param>
/// <param name="PublishedAt">When the run became the current one; UTC.</param>
/// <param name="Stale">The run is older than a refresh should be.</param>
/// <param name="Models">Version of each model by name.</param>
public sealed record RunStamp(
    string Id, DateTimeOffset AsOf, string AsOfReason, DateTimeOffset PublishedAt, bool Stale, IReadOnlyDictionary<string, string> Models)
{
    /// <summary>Changes with every run, with its growing old, and with the language.</summary>
    internal string Version(Language language) => $"{Id}-{(Stale ? "s" : "f")}-{(language == Language.French ? "fr" : "en")}";
}
