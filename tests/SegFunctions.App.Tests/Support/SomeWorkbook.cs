using System.IO.Compression;
using System.Security;
using System.Text;

namespace SegFunctions.App.Tests.Support;

/// <summary>Small archives and workbooks.</summary>
internal static class SomeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A zip archive.</summary>
    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A workbook. A text that ends in <c>!</c> and a number before is a cell of that number as a day; other numbers are numbers, and everything else a text.</summary>
    public static byte[] Of(params (string Name, string[][] Rows)[] sheets) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((sheet, at) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{at + 1}\" r:id=\"rId{at + 1}\"/>"))}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(sheets.Select((_, at) => $"<Relationship Id=\"rId{at + 1}\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))}</Relationships>"),
        ("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        .. sheets.Select((sheet, at) => ($"xl/worksheets/sheet{at + 1}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(sheet.Rows.Select(Row))}</sheetData></worksheet>")),
    ]);

    private static string Row(string[] cells, int row) => $"<row r=\"{row + 1}\">{string.Concat(cells.Select((text, column) => Cell(text, $"{(char)('A' + column)}{row + 1}")))}</row>";

    private static string Cell(string text, string place)
    {
        if (text.Length == 0)
            return "";
        if (text[^1] == '!' && text[..^1].All(char.IsAsciiDigit))
            return $"<c r=\"{place}\" s=\"1\"><v>{text[..^1]}</v></c>";
        return text.All(character => char.IsAsciiDigit(character) || character == '.')
            ? $"<c r=\"{place}\"><v>{text}</v></c>"
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";
    }
}
