using System.Text;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Columns of an NDJSON file in order of first appearance, found by their dotted path.</summary>
/// <remarks>Objects of one file mostly name the same things in the same order, so the column after the last one is tried first.</remarks>
internal sealed class JsonColumns
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Name, byte[] Path)> _columns = [];
    private int _expected;

    public int Count => _columns.Count;

    public string[] Names => [.. _columns.Select(column => column.Name)];

    /// <summary>A new object starts.</summary>
    public void Restart() => _expected = 0;

    /// <summary>The column of <paramref name="path"/>, added when it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> path)
    {
        if (_expected < _columns.Count && path.SequenceEqual(_columns[_expected].Path))
            return _expected++;
        var name = Encoding.UTF8.GetString(path);
        if (!_byName.TryGetValue(name, out var column))
        {
            column = _columns.Count;
            _byName.Add(name, column);
            _columns.Add((name, path.ToArray()));
        }

        _expected = column + 1;
        return column;
    }

    /// <summary>Forgets the columns behind the first <paramref name="count"/>: they came from a faulty record.</summary>
    public void Truncate(int count)
    {
        for (var column = count; column < _columns.Count; column++)
            _byName.Remove(_columns[column].Name);
        _columns.RemoveRange(count, _columns.Count - count);
    }
}
