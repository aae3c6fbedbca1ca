using System.Globalization;
using System.Security;
using System.Text;
using SegFunctions.Customers.Intake.Spreadsheets;
using SegFunctions.Customers.Tests.Intake.Archives;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

/// <summary>A workbook of any cells that Excel writes, with what each of them holds.</summary>
internal sealed class RandomWorkbook
{
    private const string Letters = "abcXYZ éüßñ€—東京😀\"'&<>;,=+-@#_x\t\n0123456789";
    private const double LastSerial = 2_958_465;

    // The built-in formats by their number, and formats of one's own from 164 on.
    private static readonly (int Id, string? Code, Meaning Meaning)[] Formats =
    [
        (0, null, Meaning.Number), (1, null, Meaning.Number), (2, null, Meaning.Number), (4, null, Meaning.Number), (11, null, Meaning.Number), (12, null, Meaning.Number), (49, null, Meaning.Number),
        (9, null, Meaning.Number), (10, null, Meaning.Number), (14, null, Meaning.Moment), (15, null, Meaning.Moment), (17, null, Meaning.Moment), (22, null, Meaning.Moment), (18, null, Meaning.Moment), (20, null, Meaning.Moment), (45, null, Meaning.Moment),
        (164, "#,##0.00\\ [$€-407]", Meaning.Number), (165, "\"US$\"#,##0.00;[Red]\\-\"US$\"#,##0.00", Meaning.Number), (166, "0.0%", Meaning.Number), (167, "# ?/?", Meaning.Number), (168, "0.00E+00", Meaning.Number),
        (169, "dd/mm/yyyy", Meaning.Moment), (170, "[$-409]d\\-mmm\\-yy;@", Meaning.Moment), (171, "yyyy\\-mm\\-dd\\ hh:mm:ss", Meaning.Moment), (172, "h:mm AM/PM", Meaning.Moment), (173, "[h]:mm:ss", Meaning.Duration),
    ];

    private readonly Random _random;
    private readonly StringBuilder _texts = new();
    private int _textCount;

    public RandomWorkbook(int seed)
    {
        _random = new Random(seed);
        Starts1904 = _random.Next(4) == 0;
        Sheets = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(MakeSheet)];
    }

    private enum Meaning
    {
        Number,
        Moment,
        Duration,
    }

    public bool Starts1904 { get; }

    public IReadOnlyList<RandomSheet> Sheets { get; }

    /// <param name="isStrict">In the other of the two namespaces.</param>
    public byte[] ToBytes(bool isStrict = false)
    {
        var main = isStrict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var relations = isStrict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var parts = new List<(string Name, string Text)>
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"m\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><workbookPr{(Starts1904 ? " date1904=\"1\"" : "")}/><sheets>{string.Concat(Sheets.Select((sheet, index) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{index + 1}\"{(sheet.IsHidden ? " state=\"hidden\"" : "")} r:id=\"s{index}\"/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(Sheets.Select((_, index) => $"<Relationship Id=\"s{index}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{index + 1}.xml\"/>"))}<Relationship Id=\"t\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"f\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"),
            ("xl/styles.xml", $"<styleSheet xmlns=\"{main}\"><numFmts>{string.Concat(Formats.Where(format => format.Code is not null).Select(format => $"<numFmt numFmtId=\"{format.Id}\" formatCode=\"{SecurityElement.Escape(format.Code)}\"/>"))}</numFmts><cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs>{string.Concat(Formats.Select(format => $"<xf numFmtId=\"{format.Id}\" xfId=\"0\"/>"))}</cellXfs></styleSheet>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{main}\">{_texts}</sst>"),
        };
        parts.AddRange(Sheets.Select((sheet, index) => ($"xl/worksheets/sheet{index + 1}.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{sheet.Rows}</sheetData>{(sheet.Merged.Count == 0 ? "" : $"<mergeCells>{string.Concat(sheet.Merged.Select(cells => $"<mergeCell ref=\"{cells}\"/>"))}</mergeCells>")}</worksheet>")));
        return Zips.Of([.. parts.Select(part => (part.Name, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n" + part.Text))]);
    }

    private RandomSheet MakeSheet(int index)
    {
        var xml = new StringBuilder();
        var cells = new Dictionary<(int Row, int Column), object>();
        var merged = new List<string>();
        var namesRows = _random.Next(4) > 0;
        var row = 0;
        for (var count = _random.Next(12); count > 0; count--)
        {
            row += namesRows && _random.Next(4) == 0 ? 1 + _random.Next(4) : 1;
            xml.Append(namesRows ? $"<row r=\"{row}\" spans=\"1:9\">" : "<row>");
            var namesCells = namesRows && _random.Next(4) > 0;
            var column = -1;
            for (var width = _random.Next(10); width > 0; width--)
            {
                column += namesCells && _random.Next(4) == 0 ? 1 + _random.Next(30) : 1;
                var name = CellReference.Column(column) + row.ToString(CultureInfo.InvariantCulture);
                if (MakeCell(xml, namesCells ? $" r=\"{name}\"" : "") is { } value)
                    cells[(row, column)] = value;
                if (_random.Next(40) == 0)
                    merged.Add($"{name}:{CellReference.Column(column + _random.Next(3))}{row + 1 + _random.Next(3)}");
            }

            xml.Append("</row>");
        }

        return new RandomSheet($"Sheet {index + 1}", index > 0 && _random.Next(3) == 0, xml.ToString(), cells, merged);
    }

    /// <summary>Writes a cell; null when it holds nothing.</summary>
    private object? MakeCell(StringBuilder xml, string name)
    {
        string text;
        switch (_random.Next(12))
        {
            case 0 or 1:
                text = Text();
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"s\"><v>{Share($"<t xml:space=\"preserve\">{Escape(text)}</t>")}</v></c>");
                return NonEmpty(text);
            case 2:
                var (runs, whole) = Rich();
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"s\"><v>{Share(runs)}</v></c>");
                return NonEmpty(whole);
            case 3:
                text = Text();
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(text)}</t></is></c>");
                return NonEmpty(text);
            case 4:
                (runs, whole) = Rich();
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"inlineStr\"><is>{runs}</is></c>");
                return NonEmpty(whole);
            case 5:
                text = Text().Trim();
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"str\"><f>A1&amp;\"x\"</f><v>{Escape(text)}</v></c>");
                return NonEmpty(text);
            case 6:
                var truth = _random.Next(2) == 0;
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"b\"><v>{(truth ? 1 : 0)}</v></c>");
                return truth;
            case 7:
                var error = new[] { "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!" }[_random.Next(7)];
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} t=\"e\"><f>1/0</f><v>{error}</v></c>");
                return new CellFault(error);
            case 8:
                xml.Append(CultureInfo.InvariantCulture, $"<c{name} s=\"{_random.Next(Formats.Length)}\"/>");
                return null;
            default:
                return MakeNumber(xml, name);
        }
    }

    private object MakeNumber(StringBuilder xml, string name)
    {
        var format = _random.Next(Formats.Length);
        var number = _random.Next(6) switch
        {
            0 => _random.Next(100_000),
            1 => -_random.Next(1_000),
            2 => Math.Round(_random.NextDouble() * 60_000, _random.Next(6)),
            3 => _random.Next(60_000) + (_random.Next(86_400) / 86_400.0),
            4 => _random.NextDouble(),
            _ => _random.NextDouble() * Math.Pow(10, _random.Next(-12, 16)),
        };

        // The reader that ours is compared with falls over durations of millions of days.
        if (Formats[format].Meaning == Meaning.Duration)
            number %= 1_000_000;
        var raw = _random.Next(2) == 0 ? number.ToString("R", CultureInfo.InvariantCulture) : number.ToString("E16", CultureInfo.InvariantCulture);
        xml.Append(CultureInfo.InvariantCulture, $"<c{name} s=\"{format}\">{(_random.Next(4) == 0 ? "<f>SUM(A1:A2)</f>" : "")}<v>{raw}</v></c>");
        var serial = Starts1904 ? number + 1462 : number;
        return Formats[format].Meaning switch
        {
            Meaning.Moment when serial is >= 0 and < LastSerial => new CellMoment(number),
            Meaning.Duration => new CellMoment(number),
            _ => number,
        };
    }

    private (string Runs, string Whole) Rich()
    {
        var runs = new StringBuilder();
        var whole = new StringBuilder();
        for (var count = 1 + _random.Next(3); count > 0; count--)
        {
            var text = Text();
            whole.Append(text);
            runs.Append(CultureInfo.InvariantCulture, $"<r><rPr><b/><sz val=\"11\"/></rPr><t xml:space=\"preserve\">{Escape(text)}</t></r>");
        }

        return ((_random.Next(3) == 0 ? runs.Append("<rPh sb=\"0\" eb=\"1\"><t>aid</t></rPh><phoneticPr fontId=\"1\"/>") : runs).ToString(), whole.ToString());
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var letter in Enumerable.Range(0, _random.Next(12)).Select(_ => Letters.EnumerateRunes().ElementAt(_random.Next(Letters.EnumerateRunes().Count()))))
            text.Append(letter.ToString());
        return text.ToString();
    }

    private int Share(string item)
    {
        _texts.Append(CultureInfo.InvariantCulture, $"<si>{item}</si>");
        return _textCount++;
    }

    // Excel writes a text that reads like one of its escapes with the underscore itself escaped.
    private static string Escape(string text) => SecurityElement.Escape(text.Replace("_x", "_x005F_x", StringComparison.Ordinal))!;

    private static string? NonEmpty(string text) => text.Length == 0 ? null : text;
}

/// <param name="Cells">Row (1-based) and column (0-based) to what stands there: a string, number, bool, <see cref="CellMoment"/> or <see cref="CellFault"/>.</param>
internal sealed record RandomSheet(string Name, bool IsHidden, string Rows, IReadOnlyDictionary<(int Row, int Column), object> Cells, IReadOnlyList<string> Merged);

/// <summary>A day, a time or a duration, as the number that the cell holds.</summary>
internal readonly record struct CellMoment(double Serial);

internal readonly record struct CellFault(string Text);
