namespace SegFunctions.Learning.Explanation;

/// <summary>The values of a row by name of the column.</summary>
public readonly ref struct ReasonRow
{
    private readonly IReadOnlyDictionary<string, int> _positions;
    private readonly ReadOnlySpan<double> _values;

    internal ReasonRow(IReadOnlyDictionary<string, int> positions, ReadOnlySpan<double> values)
    {
        _positions = positions;
        _values = values;
    }

    /// <summary>NaN where the value is missing.</summary>
    /// <exception cref="KeyNotFoundException">No column has the name.</exception>
    public double this[string column] => _values[_positions[column]];
}
