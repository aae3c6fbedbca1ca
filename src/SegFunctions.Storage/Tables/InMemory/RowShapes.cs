namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>Gives rows with the same properties in the same order one array of names.</summary>
internal sealed class RowShapes
{
    // Tables have a handful of shapes. One with more, such as a table whose names are data, must not keep them all.
    private const int MaxShapes = 64;
    private readonly List<string[]> _shapes = [];

    public string[] Share(ReadOnlySpan<string> names)
    {
        foreach (var shape in _shapes)
        {
            if (names.SequenceEqual(shape))
                return shape;
        }

        var added = names.ToArray();
        if (_shapes.Count < MaxShapes)
            _shapes.Add(added);
        return added;
    }
}
