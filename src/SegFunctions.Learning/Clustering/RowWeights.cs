namespace SegFunctions.Learning.Clustering;

/// <summary>How much each training row weighs: a row of weight 2 counts as two, one of weight 0 moves no centre and is only labelled.</summary>
internal sealed class RowWeights
{
    private readonly ReadOnlyMemory<double> _values;

    private RowWeights(ReadOnlyMemory<double> values, double total) => (_values, Total) = (values, total);

    /// <summary>Sum of all weights, above 0.</summary>
    public double Total { get; }

    public ReadOnlyMemory<double> Memory => _values;

    public ReadOnlySpan<double> Values => _values.Span;

    /// <exception cref="ArgumentException">Not one a row, one that is negative or not finite (row named), or none above 0.</exception>
    public static RowWeights Of(Matrix rows, ReadOnlyMemory<double> weights, string parameter)
    {
        if (weights.Length != rows.Rows)
            throw new ArgumentException($"There are {weights.Length} weights for {rows.Rows} rows; each row needs one.", parameter);
        var values = weights.Span;
        var total = 0.0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!(values[row] >= 0 && double.IsFinite(values[row])))
                throw new ArgumentException($"Row {row} (counted from 0) has the weight {values[row]}; a weight must be a finite number of 0 or more.", parameter);
            total += values[row];
        }

        if (!(total > 0 && double.IsFinite(total)))
            throw new ArgumentException($"The weights add up to {total}; the sum must be a finite number above 0.", parameter);
        return new RowWeights(weights, total);
    }
}
