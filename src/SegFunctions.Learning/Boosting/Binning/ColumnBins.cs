namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// How a column's values become bins 0..<see cref="Count"/> − 1, and missing ones the bin after. Numeric: bin b holds the values above
/// border b − 1 and up to border b. Categorical: a bin a code, the rarest codes together in the last one.
/// </summary>
internal sealed class ColumnBins
{
    /// <summary>Bins of values; with the one of missing values it fits into a byte.</summary>
    public const int Most = 255;

    private readonly double[] _borders;
    private readonly BorderSearch _search;
    private readonly int[]? _binOfCode;

    private ColumnBins(int count, double[] borders, int[]? binOfCode)
    {
        Count = count;
        _borders = borders;
        _binOfCode = binOfCode;
        _search = new BorderSearch(borders);
    }

    /// <summary>Bins that hold values; 0 when every value was missing.</summary>
    public int Count { get; }

    /// <summary>The bin of missing values.</summary>
    public int Missing => Count;

    public bool IsCategorical => _binOfCode is not null;

    /// <summary>Codes a categorical column is known to have, those never seen below the greatest included; 0 for a numeric one.</summary>
    public int Codes => _binOfCode?.Length ?? 0;

    /// <param name="borders">Ascending, one fewer than bins.</param>
    public static ColumnBins Numeric(double[] borders, int count) => new(count, borders, binOfCode: null);

    /// <param name="binOfCode">−1 for a code that training did not see.</param>
    public static ColumnBins Categorical(int[] binOfCode, int count) => new(count, [], binOfCode);

    /// <summary>The greatest value of a bin; of the last one the greatest number there is.</summary>
    public double UpperBorder(int bin) => bin < _borders.Length ? _borders[bin] : double.MaxValue;

    /// <summary>The bin of a code; −1 when training did not see it.</summary>
    public int BinOfCode(int code) => _binOfCode![code];

    public byte BinOf(double value)
    {
        if (double.IsNaN(value))
            return (byte)Missing;
        if (_binOfCode is { } bins)
        {
            var bin = value < bins.Length ? bins[(int)value] : -1;
            return (byte)(bin < 0 ? Missing : bin);
        }

        return (byte)_search.Below(value);
    }
}
