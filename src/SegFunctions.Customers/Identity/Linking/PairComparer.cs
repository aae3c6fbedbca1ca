using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Fitting;

namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Compares two records in every field.</summary>
internal sealed class PairComparer(IReadOnlyList<Comparison> comparisons)
{
    private readonly Comparison[] _comparisons = [.. comparisons];

    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    public ComparedField[] Fields => [.. _comparisons.Select(ComparedField.Of)];

    public Agreement Compare(int left, int right)
    {
        var surprise = default(Surprise);
        ulong levels = 0;
        for (var at = 0; at < _comparisons.Length; at++)
            levels |= (ulong)_comparisons[at].Compare(left, right, ref surprise) << (4 * at);
        return new Agreement(levels, surprise);
    }
}
