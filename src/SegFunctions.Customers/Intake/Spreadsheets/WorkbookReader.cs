using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Opens the sheet of a workbook that holds its data.</summary>
/// <remarks>
/// Hidden sheets and sheets without a table are left out. Of what remains the sheet that the mapping names is read; else the only one; else the only one
/// whose columns fit what is looked for; else all of them when they have the same columns (a sheet a month), one after the other. Everything else is asked.
/// </remarks>
internal static class WorkbookReader
{
    /// <param name="archive">Belongs to the result, and is disposed when opening fails.</param>
    /// <exception cref="UnreadableFileException">The workbook is damaged, or no sheet or several may be meant.</exception>
    public static async Task<OpenedFile> OpenAsync(ZipContainer archive, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        var workbook = await Workbook.OpenAsync(archive, cancellationToken);
        try
        {
            var tables = Choose(workbook, options, evidence, cancellationToken);
            var format = new FileFormat
            {
                Format = RecordFormat.Xlsx,
                IsGzip = false,
                Encoding = TextEncoding.Utf8,
                HasHeader = tables[0].Table.HasHeader,
                Sheets = [.. tables.Select(table => table.Sheet.Name)],
                Evidence = evidence,
            };
            if (tables.Count == 1)
                return new OpenedFile(new SheetRecordReader(workbook, tables[0].Sheet, tables[0].Table, options, workbook), format);
            var first = new SheetRecordReader(workbook, tables[0].Sheet, tables[0].Table, options, owned: null);
            var joined = new JoinedRecordReader(
                format.Sheets,
                (number, _) => Task.FromResult<RecordReader>(new SheetRecordReader(workbook, tables[number].Sheet, tables[number].Table, options, owned: null)),
                first,
                workbook);
            return new OpenedFile(joined, format);
        }
        catch
        {
            await workbook.DisposeAsync();
            throw;
        }
    }

    private static List<(WorkbookSheet Sheet, SheetTable Table)> Choose(Workbook workbook, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        if (workbook.Sheets.Count == 0)
            throw new UnreadableFileException("The workbook has no sheet with cells. Save it again with Excel, or export the data as CSV.");
        if (options.Sheet is { } named)
        {
            var sheet = Named(workbook, named);
            var only = TableOf(sheet) ?? throw new UnreadableFileException($"The sheet \"{sheet.Name}\" that the mapping names holds no rows below a header. Name another one of {Names(workbook.Sheets)}.");
            evidence.Add($"Of the workbook the sheet \"{sheet.Name}\" is read, as the mapping says: {only.Evidence}.");
            return [(sheet, only)];
        }

        var tables = new List<(WorkbookSheet Sheet, SheetTable Table)>();
        foreach (var sheet in workbook.Sheets.Where(sheet => !sheet.IsHidden))
        {
            if (TableOf(sheet) is { } table)
                tables.Add((sheet, table));
        }

        if (tables.Count == 0)
            throw new UnreadableFileException($"No visible sheet of the workbook ({Names(workbook.Sheets)}) holds rows below a header. Put the data into a sheet that is not hidden, one row a record.");
        var others = workbook.Sheets.Count - 1;
        var rest = others == 0 ? "its only one" : $"the only one of {workbook.Sheets.Count} that is visible and holds a table";
        if (tables.Count > 1 && options.Fits is { } fits && tables.Where(table => fits(table.Table.Header)).ToList() is { Count: > 0 and var fitting } kept && fitting < tables.Count)
        {
            tables = kept;
            rest = "the only one whose columns fit";
        }

        if (tables.Count > 1 && tables.TrueForAll(table => JoinedRecordReader.AreAlike(table.Table.Header, tables[0].Table.Header)))
        {
            evidence.Add($"Of the workbook {tables.Count} sheets with the same columns are read one after the other: {Names([.. tables.Select(table => table.Sheet)])}.");
            return tables;
        }

        if (tables.Count > 1)
            throw new UnreadableFileException($"The workbook has {tables.Count} sheets that may hold the data: {Names([.. tables.Select(table => table.Sheet)])}. Say which one in the mapping: {{ \"sheet\": \"{tables[0].Sheet.Name}\" }}, or send a workbook with that sheet alone.");
        evidence.Add($"Of the workbook the sheet \"{tables[0].Sheet.Name}\" is read, {rest}: {tables[0].Table.Evidence}.");
        return tables;

        SheetTable? TableOf(WorkbookSheet sheet)
        {
            using var rows = workbook.Open(sheet);
            return SheetTable.Find(rows, options.HasHeader, cancellationToken);
        }
    }

    private static WorkbookSheet Named(Workbook workbook, string name) =>
        workbook.Sheets.FirstOrDefault(sheet => string.Equals(sheet.Name.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? (int.TryParse(name, out var position) && position >= 1 && position <= workbook.Sheets.Count ? workbook.Sheets[position - 1] : null)
        ?? throw new UnreadableFileException($"The workbook has no sheet \"{name}\"; it has {Names(workbook.Sheets)}. Correct \"sheet\" in the mapping.");

    private static string Names(IReadOnlyList<WorkbookSheet> sheets) =>
        string.Join(", ", sheets.Take(20).Select(sheet => $"\"{sheet.Name}\"{(sheet.IsHidden ? " (hidden)" : "")}")) + (sheets.Count > 20 ? $" and {sheets.Count - 20} more" : "");
}
