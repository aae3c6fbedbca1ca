using System.Text;
using SegFunctions.Customers.Tests.Intake.Archives;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

/// <summary>Workbooks in the form in which LibreOffice Calc saves them, through the whole of intake.</summary>
public sealed class LibreOfficeWorkbookTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    // Formats as Calc numbers them: "General" is one of its own, and dates carry a language.
    private const string Styles =
        "<numFmts count=\"8\"><numFmt numFmtId=\"164\" formatCode=\"General\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"166\" formatCode=\"dd/mm/yy\\ hh:mm\"/>" +
        "<numFmt numFmtId=\"167\" formatCode=\"#,##0.00\\ [$€-40C];[RED]\\-#,##0.00\\ [$€-40C]\"/><numFmt numFmtId=\"168\" formatCode=\"[$-409]mmm\\ d&quot;, &quot;yyyy\"/><numFmt numFmtId=\"169\" formatCode=\"&quot;TRUE&quot;;&quot;TRUE&quot;;&quot;FALSE&quot;\"/>" +
        "<numFmt numFmtId=\"170\" formatCode=\"0.00%\"/><numFmt numFmtId=\"171\" formatCode=\"@\"/></numFmts>" +
        "<cellStyleXfs count=\"1\"><xf numFmtId=\"164\" fontId=\"0\" applyFont=\"true\"><alignment horizontal=\"general\" vertical=\"bottom\"/></xf></cellStyleXfs>" +
        "<cellXfs count=\"9\"><xf numFmtId=\"164\" xfId=\"0\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf numFmtId=\"168\"/><xf numFmtId=\"169\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/><xf numFmtId=\"14\"/></cellXfs>";

    private static readonly string[] Texts = ["order_id", "order_date", "customer_id", "unit_price", "quantity", "discount", "note", "gift", "0042", "  padded ", "Grüße & <b>"];

    [Fact]
    public async Task Values_come_out_as_Calc_shows_them()
    {
        var taken = await Taken.InAsync(Workbook(
            Row(1, "s:0:0", "s:0:1", "s:0:2", "s:0:3", "s:0:4", "s:0:5", "s:0:6", "s:0:7"),
            Row(2, "n:0:1001", "n:1:45356", "s:7:8", "n:3:9.5", "n:0:2", "n:6:0.1", "s:0:10", "b:5:1"),
            Row(3, "n:0:1002", "n:2:45357.604166666664", "s:7:8", "n:3:1234.5", "n:0:1", "", "s:0:9", "b:5:0"),
            Row(4, "n:0:1003", "n:4:45358", "str:0:0043", "n:3:-7", "n:0:1", "", "e:0:#N/A", "b:5:0"),
            Row(5, "n:0:1004", "n:8:45359", "str:0:0043", "n:3:5", "n:0:1", "", "", "b:5:0")));

        Assert.Equal((4L, 4L, 2L), (taken.Report.Rows.Read, taken.Report.Rows.Accepted, taken.Report.Customers.Count));
        Assert.Equal(["1001", "1002", "1003", "1004"], Values(taken, "orderId"));
        Assert.Equal(["2024-03-05T00:00:00Z", "2024-03-06T14:30:00Z", "2024-03-07T00:00:00Z", "2024-03-08T00:00:00Z"], Values(taken, "timestamp"));
        Assert.Equal(["9.5", "1234.5", "-7", "5"], Values(taken, "unitPrice"));
        Assert.Equal(["1.9", "", "", ""], Values(taken, "discount"));
        Assert.Equal(["EUR", "EUR", "EUR", "EUR"], Values(taken, "currency"));
        Assert.Equal(["true", "false", "false", "false"], Values(taken, "attribute:gift"));
        Assert.Equal(["Grüße & <b>", "padded", "#N/A", ""], Values(taken, "attribute:note"));
    }

    [Fact]
    public async Task Results_of_formulas_and_texts_in_pieces_are_read_and_empty_cells_with_a_look_are_empty()
    {
        var taken = await Taken.InAsync(Workbook(
            Row(1, "s:0:0", "s:0:1", "s:0:2", "s:0:3", "s:0:4", "s:0:6"),
            "<row r=\"2\" customFormat=\"false\" ht=\"12.8\" hidden=\"true\" customHeight=\"false\" outlineLevel=\"0\" collapsed=\"false\"><c r=\"A2\" s=\"0\" t=\"str\"><f aca=\"false\">\"A\"&amp;1</f><v>A1</v></c><c r=\"B2\" s=\"1\" t=\"n\"><f aca=\"false\">TODAY()</f><v>45356</v></c>" +
            "<c r=\"C2\" s=\"0\" t=\"inlineStr\"><is><r><rPr><b val=\"true\"/></rPr><t xml:space=\"preserve\">C </t></r><r><t>1</t></r></is></c><c r=\"D2\" s=\"3\" t=\"n\"><f aca=\"false\">2*3</f><v>6</v></c><c r=\"E2\" s=\"0\" t=\"n\"><v>1</v></c><c r=\"F2\" s=\"7\"/></row>",
            Row(3, "", "", "", "", "", "")));

        Assert.Equal((1L, 1L), (taken.Report.Rows.Read, taken.Report.Rows.Accepted));
        Assert.Equal("A1 6", $"{Assert.Single(Values(taken, "orderId"))} {Assert.Single(Values(taken, "unitPrice"))}");
    }

    private static IReadOnlyList<string> Values(Taken taken, string column)
    {
        var at = Array.IndexOf(taken.Output.Header.Split(','), column);
        Assert.True(at >= 0, $"{column} is no column of {taken.Output.Header}");
        var orders = Array.IndexOf(taken.Output.Header.Split(','), "orderId");
        return [.. taken.Output.Rows.OrderBy(row => row.Split(',')[orders], StringComparer.Ordinal).Select(row => row.Split(',')[at])];
    }

    /// <summary>Cells as <c>type:style:value</c>, every attribute written out as Calc does.</summary>
    private static string Row(int row, params string[] cells)
    {
        var text = new StringBuilder($"<row r=\"{row}\" customFormat=\"false\" ht=\"12.8\" hidden=\"false\" customHeight=\"false\" outlineLevel=\"0\" collapsed=\"false\">");
        for (var column = 0; column < cells.Length; column++)
        {
            var place = $"{(char)('A' + column)}{row}";
            text.Append(cells[column].Split(':') is [var type, var style, var value] ? $"<c r=\"{place}\" s=\"{style}\" t=\"{type}\"><v>{value}</v></c>" : $"<c r=\"{place}\" s=\"0\"/>");
        }

        return text.Append("</row>").ToString();
    }

    private static byte[] Workbook(params string[] rows)
    {
        var texts = string.Concat(Texts.Select(text => $"<si><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(text)}</t></si>"));
        var zip = Zips.Of(
            ("[Content_Types].xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"{Package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
            ("docProps/app.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"{Office}/extended-properties\"><Template></Template><TotalTime>1</TotalTime><Application>LibreOffice/24.2.7.2$Linux_X86_64 LibreOffice_project/420$Build-2</Application></Properties>"),
            ("_rels/.rels", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/relationships/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId3\" Type=\"{Office}/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}/relationships\"><fileVersion appName=\"Calc\"/><workbookPr backupFile=\"false\" showObjects=\"all\" date1904=\"false\"/><workbookProtection/><bookViews><workbookView activeTab=\"0\"/></bookViews><sheets><sheet name=\"Sheet1\" sheetId=\"1\" state=\"visible\" r:id=\"rId3\"/></sheets><calcPr iterateCount=\"100\" refMode=\"A1\"/><extLst><ext xmlns:loext=\"http://schemas.libreoffice.org/\" uri=\"x\"><loext:extCalcPr stringRefSyntax=\"CalcA1\"/></ext></extLst></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/relationships/theme\" Target=\"theme/theme1.xml\"/><Relationship Id=\"rId2\" Type=\"{Office}/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"{Office}/relationships/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"rId4\" Type=\"{Office}/relationships/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>\n</Relationships>"),
            ("xl/theme/theme1.xml", "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Office\"/>"),
            ("xl/styles.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{Main}\">{Styles}</styleSheet>"),
            ("xl/sharedStrings.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"{Main}\" count=\"{Texts.Length}\" uniqueCount=\"{Texts.Length}\">{texts}</sst>"),
            ("xl/worksheets/sheet1.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{Main}\" xmlns:r=\"{Office}/relationships\"><sheetPr filterMode=\"false\"><pageSetUpPr fitToPage=\"false\"/></sheetPr><sheetViews><sheetView showFormulas=\"false\" workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"12.8\"/><cols><col min=\"1\" max=\"64\" width=\"11.53\"/></cols><sheetData>{string.Concat(rows)}</sheetData><printOptions/><pageMargins left=\"0.7\"/><headerFooter differentFirst=\"false\"><oddHeader>&amp;C&amp;A</oddHeader></headerFooter></worksheet>"));
        return zip;
    }
}
