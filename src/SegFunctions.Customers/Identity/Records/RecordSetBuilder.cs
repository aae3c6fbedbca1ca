namespace SegFunctions.Customers.Identity.Records;

/// <summary>Makes a <see cref="RecordSet"/> row by row.</summary>
public sealed class RecordSetBuilder
{
    private readonly (string Name, IdentityField Field)[] _columns;
    private readonly List<int>[] _codes;
    private readonly List<string>[] _levels;
    private readonly Dictionary<string, int>[] _codeOf;
    private readonly List<string> _ids = [];

    /// <param name="columns">What each value of a row is.</param>
    public RecordSetBuilder(params IReadOnlyList<(string Name, IdentityField Field)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        _codes = [.. _columns.Select(_ => new List<int>())];
        _levels = [.. _columns.Select(_ => new List<string>())];
        _codeOf = [.. _columns.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    }

    /// <param name="values">One a column; null or blank where there is none.</param>
    /// <exception cref="ArgumentException">More or fewer values than columns.</exception>
    public void Add(string id, params ReadOnlySpan<string?> values)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (values.Length != _columns.Length)
            throw new ArgumentException($"The row has {values.Length} values, there are {_columns.Length} columns.", nameof(values));
        _ids.Add(id);
        for (var column = 0; column < values.Length; column++)
            _codes[column].Add(CodeOf(column, values[column]));
    }

    public RecordSet Build() => new(
        [.. _ids],
        [.. _columns.Select((column, at) => new RecordColumn(column.Name, column.Field, [.. _codes[at]], [.. _levels[at]]))]);

    private int CodeOf(int column, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return -1;
        if (!_codeOf[column].TryGetValue(value, out var code))
        {
            code = _levels[column].Count;
            _levels[column].Add(value);
            _codeOf[column].Add(value, code);
        }

        return code;
    }
}
