using System.Numerics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>
/// What a leaf gives to the columns on its path, against a background sample. A mixed row, some columns its own and the others of a background row,
/// is in the leaf when every column's pattern bit is set in the pattern of the row it is taken from.
/// </summary>
/// <remarks>
/// For one background row let a be the number of columns that only the row itself meets, b the number that only the background row
/// meets. If neither meets some column, the leaf is out of reach and gives nothing; else each of the a columns gets
/// value · (a − 1)! b! / (a + b)!, and each of the b loses value · a! (b − 1)! / (a + b)! (Lundberg 2020, "From local explanations to global
/// understanding with explainable AI for trees", Algorithm 2). Background rows of one pattern are counted once.
/// </remarks>
internal sealed class LeafGame
{
    private const int Sizes = PatternKernel.MostColumns + 1;

    private static readonly double[] Shares = MakeShares();

    private readonly double _value;
    private readonly ulong _all;
    private readonly ulong[] _patterns;
    private readonly double[] _shares;

    /// <param name="columns">Number of columns on the path.</param>
    /// <param name="background">Share of the background rows by pattern, each pattern once.</param>
    public LeafGame(int columns, double value, IEnumerable<KeyValuePair<ulong, double>> background)
    {
        _value = value;
        // In an order that does not depend on that of the background rows.
        var sorted = background.OrderBy(pattern => pattern.Key).ToArray();
        _patterns = [.. sorted.Select(pattern => pattern.Key)];
        _shares = [.. sorted.Select(pattern => pattern.Value)];
        _all = columns == PatternKernel.MostColumns ? ulong.MaxValue : (1UL << columns) - 1;
    }

    /// <summary>Mean output over the background.</summary>
    public double Expected
    {
        get
        {
            var at = Array.BinarySearch(_patterns, _all);
            return at < 0 ? 0 : _value * _shares[at];
        }
    }

    /// <summary>Adds what the leaf gives to every column of the path when a row has the pattern.</summary>
    /// <param name="given">By bit of the pattern.</param>
    public void Weigh(ulong pattern, Span<double> given)
    {
        for (var i = 0; i < _patterns.Length; i++)
        {
            var other = _patterns[i];
            if ((pattern | other) != _all)
                continue;
            var (gains, losses) = (pattern & ~other, other & ~pattern);
            var (gaining, losing) = (BitOperations.PopCount(gains), BitOperations.PopCount(losses));
            var weight = _value * _shares[i];
            Spread(gains, weight * Shares[(gaining * Sizes) + losing], given);
            Spread(losses, -weight * Shares[(losing * Sizes) + gaining], given);
        }
    }

    private static void Spread(ulong columns, double amount, Span<double> given)
    {
        for (; columns != 0; columns &= columns - 1)
            given[BitOperations.TrailingZeroCount(columns)] += amount;
    }

    /// <summary>(a − 1)! b! / (a + b)! = 1 / (a · binomial(a + b, a)), at a · <see cref="Sizes"/> + b.</summary>
    private static double[] MakeShares()
    {
        var shares = new double[Sizes * Sizes];
        for (var a = 1; a < Sizes; a++)
        {
            var binomial = 1.0;
            for (var b = 0; b < Sizes; b++)
            {
                shares[(a * Sizes) + b] = 1 / (a * binomial);
                binomial *= (a + b + 1.0) / (b + 1);
            }
        }

        return shares;
    }
}
