using System.Xml;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Reads the rows of a sheet, one by one, in bounded memory. For one thread.</summary>
/// <remarks>ECMA-376 part 1, section 18.3.1: rows and cells may leave their names out; then each follows the one before.</remarks>
internal sealed class SheetRows(Workbook workbook, string part, Stream content) : IDisposable
{
    private readonly XmlReader _xml = SheetXml.Open(content);
    private readonly List<SheetCell> _cells = [];
    private readonly char[] _characters = new char[1024];

    /// <summary>1-based number of the row that was read last.</summary>
    public int Row { get; private set; }

    /// <summary>The row's cells that hold something, in the order of the file.</summary>
    public IReadOnlyList<SheetCell> Cells => _cells;

    /// <summary>The texts of the row's cells.</summary>
    public ByteWriter Text { get; } = new(1 << 12);

    /// <summary>Reads the next row that the sheet names; false behind the last.</summary>
    /// <exception cref="UnreadableFileException">The sheet is damaged.</exception>
    public bool Read()
    {
        try
        {
            if (!_xml.ReadTo("row"))
                return false;
            ReadRow();
            return true;
        }
        catch (XmlException damage)
        {
            throw SheetXml.Damaged(part, damage);
        }
        catch (InvalidOperationException damage)
        {
            throw SheetXml.Damaged(part, damage);
        }
    }

    public void Dispose() => _xml.Dispose();

    private void ReadRow()
    {
        var row = _xml.Number("r") ?? Row + 1;
        if (row <= Row || row > SheetLimits.Rows)
            throw new UnreadableFileException($"The workbook is damaged: row {row} stands behind row {Row} in {part}; rows rise, up to {SheetLimits.Rows}. Open it in Excel, save it again and send that file.");
        Row = row;
        _cells.Clear();
        Text.Clear();
        if (_xml.IsEmptyElement)
            return;
        var column = 0;
        while (_xml.ReadOn())
        {
            if (_xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == "row")
                return;
            if (_xml.NodeType != XmlNodeType.Element || _xml.LocalName != "c")
                continue;
            if (_xml.GetAttribute("r") is { } name && CellReference.TryParse(name, out var named, out _))
                column = named >= column ? named : SheetLimits.Columns;
            if (column >= SheetLimits.Columns)
                throw new UnreadableFileException($"The workbook is damaged: row {Row} of {part} has more than {SheetLimits.Columns} cells, or cells in disorder. Open it in Excel, save it again and send that file.");
            ReadCell(column++);
        }
    }

    private void ReadCell(int column)
    {
        var type = _xml.GetAttribute("t");
        var format = _xml.Number("s");
        if (_xml.IsEmptyElement)
            return;
        var start = Text.Length;
        var depth = _xml.Depth;
        while (_xml.ReadOn() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.IsEmptyElement)
                continue;
            if (_xml.LocalName == "v")
                ReadValue(type, format);
            else if (_xml.LocalName == "is")
                ReadInline();
        }

        if (Text.Length > start)
            _cells.Add(new SheetCell(column, start, Text.Length - start));
    }

    private void ReadValue(string? type, int? format)
    {
        var raw = ReadText();
        switch (type)
        {
            case "s":
                if (int.TryParse(raw, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index))
                    Text.Add(workbook.Texts[index]);
                break;
            case "str" or "inlineStr":
                CellText.AppendEscaped(raw, Text);
                break;
            case "b":
                Text.Add(raw is "1" ? "true"u8 : "false"u8);
                break;
            case "e" or "d":
                CellText.Append(raw, Text);
                break;
            default:
                var (style, currency) = workbook.Formats[format];
                CellText.AppendNumber(raw, style, currency.Span, workbook.Starts1904, Text);
                break;
        }
    }

    private void ReadInline()
    {
        var depth = _xml.Depth;
        while (_xml.ReadOn() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
            CellText.AppendItem(_xml, Text);
    }

    /// <summary>The text inside the element, without a string where there is a buffer for it.</summary>
    private ReadOnlySpan<char> ReadText()
    {
        if (!_xml.ReadOn() || _xml.NodeType == XmlNodeType.EndElement)
            return default;
        if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
            return default;
        if (!_xml.CanReadValueChunk)
            return _xml.Value;
        var length = _xml.ReadValueChunk(_characters, 0, _characters.Length);
        return length < _characters.Length ? _characters.AsSpan(0, length) : string.Concat(_characters.AsSpan(0, length), _xml.Value);
    }
}

/// <summary>A cell that holds something: its column (0-based) and where its text stands in <see cref="SheetRows.Text"/>.</summary>
internal readonly record struct SheetCell(int Column, int Start, int Length);
