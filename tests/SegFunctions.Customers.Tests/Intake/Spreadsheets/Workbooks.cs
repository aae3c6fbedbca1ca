using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using SegFunctions.Customers.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

/// <summary>Writes small workbooks as Excel does.</summary>
internal sealed class Workbooks
{
    /// <summary>Indexes of cell formats: <c>s</c> of a cell.</summary>
    public const int General = 0, Date = 1, DateTime = 2, Percent = 3, Euro = 4, Time = 5, Iso = 6;

    private readonly List<(string Name, string State, StringBuilder Rows, StringBuilder Merged)> _sheets = [];
    private readonly List<string> _shared = [];
    private int _row;

    public bool Starts1904 { get; init; }

    /// <summary>Strict Open XML: the other of the two namespaces.</summary>
    public bool IsStrict { get; init; }

    private string Main => IsStrict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private string Relations => IsStrict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public Workbooks Sheet(string name, string state = "visible")
    {
        _sheets.Add((name, state, new StringBuilder(), new StringBuilder()));
        _row = 0;
        return this;
    }

    /// <summary>Adds a row. A string is a shared text, a number a number, a tuple a number with a format; null is nothing, and a cell that starts with '&lt;' stands as it is.</summary>
    public Workbooks Row(params object?[] cells)
    {
        _row++;
        var row = _sheets[^1].Rows;
        row.Append(CultureInfo.InvariantCulture, $"<row r=\"{_row}\">");
        for (var column = 0; column < cells.Length; column++)
        {
            var name = $"{CellReference.Column(column)}{_row}";
            switch (cells[column])
            {
                case null:
                    break;
                case string raw when raw.StartsWith('<'):
                    row.Append(raw.Replace("@", name, StringComparison.Ordinal));
                    break;
                case string text:
                    row.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}\" t=\"s\"><v>{Shared(text)}</v></c>");
                    break;
                case bool truth:
                    row.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}\" t=\"b\"><v>{(truth ? 1 : 0)}</v></c>");
                    break;
                case (double number, int format):
                    row.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}\" s=\"{format}\"><v>{number.ToString("R", CultureInfo.InvariantCulture)}</v></c>");
                    break;
                case IFormattable number:
                    row.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>");
                    break;
            }
        }

        row.Append("</row>");
        return this;
    }

    public Workbooks Skip(int rows)
    {
        _row += rows;
        return this;
    }

    public Workbooks Merge(string cells)
    {
        _sheets[^1].Merged.Append($"<mergeCell ref=\"{cells}\"/>");
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr date1904=\"{(Starts1904 ? 1 : 0)}\"/><sheets>{string.Concat(_sheets.Select((sheet, index) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{index + 1}\" state=\"{sheet.State}\" r:id=\"rId{index + 1}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(_sheets.Select((_, index) => $"<Relationship Id=\"rId{index + 1}\" Target=\"worksheets/sheet{index + 1}.xml\"/>"))}</Relationships>");
            Add(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00\\ [$€-407]\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd;@\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
            Add(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(_shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>");
            for (var sheet = 0; sheet < _sheets.Count; sheet++)
            {
                var merged = _sheets[sheet].Merged.Length == 0 ? "" : $"<mergeCells>{_sheets[sheet].Merged}</mergeCells>";
                Add(zip, $"xl/worksheets/sheet{sheet + 1}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{_sheets[sheet].Rows}</sheetData>{merged}</worksheet>");
            }
        }

        return bytes.ToArray();
    }

    private int Shared(string text)
    {
        _shared.Add(text);
        return _shared.Count - 1;
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml));
    }
}
