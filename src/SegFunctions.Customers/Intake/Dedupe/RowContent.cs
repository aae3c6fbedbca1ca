using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A line of a bucket taken apart: the dataset's columns, and one attribute after the other.</summary>
/// <param name="line">With its line end.</param>
/// <param name="columns">How many columns the dataset has.</param>
/// <param name="names">Names of the line's attributes, in its order.</param>
internal readonly ref struct RowContent(ReadOnlySpan<byte> line, int columns, ReadOnlySpan<string> names)
{
    private readonly ReadOnlySpan<byte> _line = line[..^1];
    private readonly ReadOnlySpan<string> _names = names;

    /// <summary>The dataset's columns as CSV.</summary>
    public ReadOnlySpan<byte> Columns => _line[..ColumnsLength];

    /// <summary>Attributes that say something, in the order of their names.</summary>
    public GivenAttributes Attributes => _names.IsEmpty ? default : new GivenAttributes(_line[(ColumnsLength + 1)..], _names);

    private int ColumnsLength
    {
        get
        {
            if (_names.IsEmpty)
                return _line.Length;
            var rest = _line;
            for (var column = 0; column < columns; column++)
                CsvText.NextField(ref rest);
            return _line.Length - rest.Length - 1;
        }
    }

    public bool Says(RowContent other)
    {
        if (!Columns.SequenceEqual(other.Columns))
            return false;
        var mine = Attributes;
        var others = other.Attributes;
        while (mine.Next())
        {
            if (!others.Next() || others.Name != mine.Name || !others.Text.SequenceEqual(mine.Text))
                return false;
        }

        return !others.Next();
    }

    public ref struct GivenAttributes(ReadOnlySpan<byte> texts, ReadOnlySpan<string> names)
    {
        private ReadOnlySpan<byte> _texts = texts;
        private ReadOnlySpan<string> _names = names;

        public string Name { get; private set; } = "";

        /// <summary>As CSV.</summary>
        public ReadOnlySpan<byte> Text { get; private set; }

        public bool Next()
        {
            while (!_names.IsEmpty)
            {
                Name = _names[0];
                _names = _names[1..];
                Text = CsvText.NextField(ref _texts);
                if (Text.Length > 0)
                    return true;
            }

            return false;
        }
    }
}
