using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Memberships;

/// <summary>Names of a run's segments by id. A run's segments never change, so they are read once.</summary>
internal sealed class SegmentNames(SegmentTable segments)
{
    private Cached? _cached;

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(long run, Language language, CancellationToken cancellationToken)
    {
        if (_cached is not { } cached || cached.Run != run)
        {
            var all = await segments.ListAsync(run, cancellationToken);
            cached = new Cached(
                run,
                all.ToDictionary(segment => segment.Definition.Id, segment => segment.Definition.Name.En, StringComparer.Ordinal),
                all.ToDictionary(segment => segment.Definition.Id, segment => segment.Definition.Name.Fr, StringComparer.Ordinal));
            _cached = cached;
        }

        return language == Language.French ? cached.French : cached.English;
    }

    private sealed record Cached(long Run, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, string> French);
}
