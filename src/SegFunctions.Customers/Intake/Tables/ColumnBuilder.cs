using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>Collects the values of one column.</summary>
internal sealed class ColumnBuilder(string name, ColumnStyle style)
{
    private const int CellsTold = 5;
    private const int LongestTextTold = 40;

    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly List<string> _levels = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<UnreadableCell> _unreadable = [];
    private int _missing;
    private int _unreadableCount;

    public string Name => name;

    public ColumnStyle Style => style;

    /// <summary>Share of the values that could not be read.</summary>
    public double UnreadableShare => _unreadableCount == 0 ? 0 : (double)_unreadableCount / (_numbers.Count - _missing + _unreadableCount);

    public void Add(ReadOnlySpan<byte> value, long line)
    {
        if (!style.Exact)
            value = Blanks.Trim(value);
        if (style.Kind == FileColumnKind.Text)
            AddText(value);
        else
            AddNumber(value, line);
    }

    public void AddMissing()
    {
        _missing++;
        if (style.Kind == FileColumnKind.Text)
            _codes.Add(-1);
        else
            _numbers.Add(double.NaN);
    }

    public FileColumn Build() => new()
    {
        Name = name,
        Kind = style.Kind,
        Numbers = [.. _numbers],
        Codes = [.. _codes],
        Levels = _levels,
        Missing = _missing,
        Unreadable = _unreadableCount,
        UnreadableCells = _unreadable,
        Evidence = style.Evidence,
        Style = style,
    };

    private void AddNumber(ReadOnlySpan<byte> value, long line)
    {
        if (MissingText.IsMissing(value))
        {
            AddMissing();
        }
        else if (style.TryRead(value, out var number))
        {
            _numbers.Add(number);
        }
        else
        {
            AddMissing();
            _unreadableCount++;
            if (_unreadable.Count < CellsTold)
            {
                var text = Encoding.UTF8.GetString(value);
                _unreadable.Add(new UnreadableCell(line, text.Length <= LongestTextTold ? text : text[..LongestTextTold] + "…"));
            }
        }
    }

    private void AddText(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            AddMissing();
            return;
        }

        Span<char> characters = value.Length <= 256 ? stackalloc char[value.Length] : new char[value.Length];
        ReadOnlySpan<char> text = characters[..Encoding.UTF8.GetChars(value, characters)];
        var lookup = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out var code))
        {
            code = _levels.Count;
            var level = text.ToString();
            _levels.Add(level);
            _codeOf.Add(level, code);
        }

        _codes.Add(code);
    }
}
