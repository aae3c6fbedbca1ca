using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Scoring;

/// <summary>
/// A column as the splits of a model see it: a byte that tells apart just those values that some split tells apart. Missing is 255.
/// </summary>
internal sealed class ScoringColumn
{
    public const int Missing = 255;

    private readonly double[] _thresholds;
    private readonly BorderSearch? _search;
    private readonly byte[] _classOfCode;
    private readonly int[] _codeOfClass;

    private ScoringColumn(double[] thresholds, BorderSearch? search, byte[] classOfCode, int[] codeOfClass) =>
        (_thresholds, _search, _classOfCode, _codeOfClass) = (thresholds, search, classOfCode, codeOfClass);

    /// <param name="thresholds">Distinct and ascending.</param>
    /// <returns>null when they are too many for a byte.</returns>
    public static ScoringColumn? Numeric(double[] thresholds)
    {
        // Nothing finite is above the greatest number: as a border it cuts nothing off.
        var cutting = thresholds.Length > 0 && thresholds[^1] == double.MaxValue ? thresholds.Length - 1 : thresholds.Length;
        return cutting < Missing ? new ScoringColumn(thresholds, new BorderSearch(thresholds.AsSpan(0, cutting)), [], []) : null;
    }

    /// <param name="splits">The splits on this column, each a node of a tree.</param>
    /// <returns>null when they tell apart more categories than a byte can.</returns>
    public static ScoringColumn? Categorical(IReadOnlyList<(RegressionTree Tree, int Node)> splits)
    {
        // Codes that go the same way everywhere are one; each split parts the classes so far into those that go left and those that do not.
        var codes = 64 * splits.Max(split => split.Tree.CategorySets[split.Tree.Categories[split.Node]].Length);
        var classOf = new int[codes];
        var classes = 1;
        foreach (var (tree, node) in splits)
        {
            var parts = new Dictionary<(int Class, bool Left), int>();
            for (var code = 0; code < codes; code++)
            {
                var key = (classOf[code], tree.GoesLeft(node, code));
                if (!parts.TryGetValue(key, out var part))
                    parts[key] = part = parts.Count;
                classOf[code] = part;
            }

            classes = parts.Count;
            if (classes > Missing)
                return null;
        }

        var codeOfClass = new int[classes];
        for (var code = codes - 1; code >= 0; code--)
            codeOfClass[classOf[code]] = code;
        return new ScoringColumn([], search: null, [.. classOf.Select(one => (byte)one)], codeOfClass);
    }

    public byte Of(double value)
    {
        if (double.IsNaN(value))
            return Missing;
        if (_search is not null)
            return (byte)_search.Below(value);
        return value < _classOfCode.Length ? _classOfCode[(int)value] : (byte)Missing;
    }

    /// <summary>The byte of the greatest values that go left.</summary>
    public int PlaceOf(double threshold) => Array.BinarySearch(_thresholds, threshold);

    /// <summary>Bit b set when byte b goes left: 32 bytes.</summary>
    public byte[] BytesLeft(RegressionTree tree, int node)
    {
        var bits = new byte[32];
        for (var one = 0; one < _codeOfClass.Length; one++)
        {
            if (tree.GoesLeft(node, _codeOfClass[one]))
                bits[one >> 3] |= (byte)(1 << (one & 7));
        }

        if (tree.MissingLeft[node])
            bits[Missing >> 3] |= 1 << (Missing & 7);
        return bits;
    }
}
