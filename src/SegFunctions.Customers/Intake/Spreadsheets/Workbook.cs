using System.IO.Compression;
using System.Xml;
using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>An Excel workbook (xlsx, xlsm): its sheets, and what their cells refer to. Owns the archive.</summary>
/// <remarks>
/// ECMA-376 part 1 (SpreadsheetML), in both of its namespaces. Read here and not by a package because every part must be read in bounded memory and be given up at
/// any moment, and because numbers must keep the digits that the file has.
/// </remarks>
internal sealed class Workbook : IAsyncDisposable
{
    private const string UsualMainPart = "xl/workbook.xml";

    private readonly ZipContainer _archive;

    private Workbook(ZipContainer archive) => _archive = archive;

    /// <summary>In the order in which Excel shows them.</summary>
    public IReadOnlyList<WorkbookSheet> Sheets { get; private set; } = [];

    /// <summary>Days are counted from 1904, as Excel for Macintosh did.</summary>
    public bool Starts1904 { get; private set; }

    public SharedTexts Texts { get; private set; } = new();

    public CellFormats Formats { get; private set; } = CellFormats.None;

    /// <summary>The archive holds a workbook.</summary>
    /// <exception cref="UnreadableFileException">The list of its parts is damaged.</exception>
    public static bool Is(ZipContainer archive) => MainPart(archive) is not null;

    /// <param name="archive">Belongs to the workbook, and is disposed when opening fails.</param>
    /// <exception cref="UnreadableFileException">The workbook is damaged or too large.</exception>
    public static async Task<Workbook> OpenAsync(ZipContainer archive, CancellationToken cancellationToken)
    {
        var workbook = new Workbook(archive);
        try
        {
            var main = MainPart(archive) ?? UsualMainPart;
            var relations = PartRelations.Of(archive, main);
            workbook.ReadSheets(main, relations);
            SheetXml.Read(archive, workbook.PartOf("sharedStrings", main, relations), long.MaxValue, xml => workbook.Texts = SharedTexts.Read(xml, archive.Limits.MaximumSharedBytes, cancellationToken));
            SheetXml.ReadSmall(archive, workbook.PartOf("styles", main, relations), xml => workbook.Formats = CellFormats.Read(xml));
            return workbook;
        }
        catch
        {
            await workbook.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of a sheet from its start.</summary>
    public SheetRows Open(WorkbookSheet sheet) => new(this, sheet.Part.FullName, _archive.Open(sheet.Part));

    /// <summary>The bytes of a sheet's part.</summary>
    public Stream OpenPart(WorkbookSheet sheet) => _archive.Open(sheet.Part);

    public ValueTask DisposeAsync() => _archive.DisposeAsync();

    /// <summary>The part that lists the sheets; documents of other kinds have a main part of another name.</summary>
    private static string? MainPart(ZipContainer archive)
    {
        if (archive.Find(UsualMainPart) is not null)
            return UsualMainPart;
        var main = PartRelations.Of(archive, "").OfType("officeDocument");
        return main is not null && main.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && main.Contains("workbook", StringComparison.OrdinalIgnoreCase) && archive.Find(main) is not null ? main : null;
    }

    /// <summary>The part of that type; without a relation, the one where it usually lies.</summary>
    private ZipArchiveEntry? PartOf(string type, string main, PartRelations relations) =>
        _archive.Find(relations.OfType(type) ?? $"{main[..(main.LastIndexOf('/') + 1)]}{type}.xml");

    private void ReadSheets(string main, PartRelations relations)
    {
        var sheets = new List<WorkbookSheet>();
        SheetXml.ReadSmall(_archive, _archive.Find(main), xml =>
        {
            while (xml.ReadOn())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "workbookPr")
                    Starts1904 = xml.GetAttribute("date1904") is "1" or "true";
                else if (xml.LocalName == "sheet" && PartOf(xml, relations) is { } part)
                    sheets.Add(new WorkbookSheet(xml.GetAttribute("name") ?? $"sheet {sheets.Count + 1}", xml.GetAttribute("state") is "hidden" or "veryHidden", part));
            }
        });
        Sheets = sheets;
    }

    private ZipArchiveEntry? PartOf(XmlReader xml, PartRelations relations)
    {
        // The id stands in a namespace of its own, of which there are two.
        var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
        if (id is null || relations.WithId(id) is not { } relation)
            return null;

        // Charts and macro sheets are named like sheets and hold no cells.
        var isSheet = relation.Type.Length == 0 ? relation.Target.Contains("worksheets", StringComparison.OrdinalIgnoreCase) : relation.Type.EndsWith("/worksheet", StringComparison.OrdinalIgnoreCase);
        return isSheet ? _archive.Find(relation.Target) : null;
    }
}

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As its tab shows it.</param>
internal sealed record WorkbookSheet(string Name, bool IsHidden, ZipArchiveEntry Part);
