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
    private const int SmallPart = 16 << 20;

    private readonly ZipContainer _archive;

    private Workbook(ZipContainer archive) => _archive = archive;

    /// <summary>In the order in which Excel shows them.</summary>
    public IReadOnlyList<WorkbookSheet> Sheets { get; private set; } = [];

    /// <summary>Days are counted from 1904, as Excel for Macintosh did.</summary>
    public bool Starts1904 { get; private set; }

    public SharedTexts Texts { get; private set; } = new();

    public CellFormats Formats { get; private set; } = CellFormats.None;

    /// <summary>The archive holds a workbook.</summary>
    public static bool Is(ZipContainer archive) => archive.Find("xl/workbook.xml") is not null;

    /// <param name="archive">Belongs to the workbook, and is disposed when opening fails.</param>
    /// <exception cref="UnreadableFileException">The workbook is damaged or too large.</exception>
    public static async Task<Workbook> OpenAsync(ZipContainer archive, CancellationToken cancellationToken)
    {
        var workbook = new Workbook(archive);
        try
        {
            workbook.ReadSheets();
            workbook.Read("xl/sharedStrings.xml", long.MaxValue, xml => workbook.Texts = SharedTexts.Read(xml, archive.Limits.MaximumSharedBytes, cancellationToken));
            workbook.Read("xl/styles.xml", SmallPart, xml => workbook.Formats = CellFormats.Read(xml));
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

    private void ReadSheets()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        Read("xl/_rels/workbook.xml.rels", SmallPart, xml =>
        {
            while (xml.ReadTo("Relationship"))
            {
                if (xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                    targets[id] = target;
            }
        });
        var sheets = new List<WorkbookSheet>();
        Read("xl/workbook.xml", SmallPart, xml =>
        {
            while (xml.ReadOn())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "workbookPr")
                    Starts1904 = xml.GetAttribute("date1904") is "1" or "true";
                else if (xml.LocalName == "sheet" && PartOf(xml, targets) is { } part)
                    sheets.Add(new WorkbookSheet(xml.GetAttribute("name") ?? $"sheet {sheets.Count + 1}", xml.GetAttribute("state") is "hidden" or "veryHidden", part));
            }
        });
        Sheets = sheets;
    }

    private ZipArchiveEntry? PartOf(XmlReader xml, Dictionary<string, string> targets)
    {
        // The id stands in a namespace of its own, of which there are two.
        var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
        if (id is null || !targets.TryGetValue(id, out var target))
            return null;
        var part = _archive.Find(target.StartsWith('/') ? target[1..] : "xl/" + target);

        // Charts and macro sheets are named like sheets and hold no cells.
        return part?.FullName.Contains("worksheets", StringComparison.OrdinalIgnoreCase) == true ? part : null;
    }

    private void Read(string name, long maximumBytes, Action<XmlReader> read)
    {
        if (_archive.Find(name) is not { } part)
            return;
        if (part.Length > maximumBytes)
            throw new UnreadableFileException($"The workbook's part {name} is larger than {maximumBytes >> 20} MiB. Save the sheet as \"CSV UTF-8\" and send that file.");
        try
        {
            using var xml = SheetXml.Open(_archive.Open(part));
            read(xml);
        }
        catch (XmlException damage)
        {
            throw SheetXml.Damaged(name, damage);
        }
    }
}

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As its tab shows it.</param>
internal sealed record WorkbookSheet(string Name, bool IsHidden, ZipArchiveEntry Part);
