using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>A whole file in memory, column by column, for commands that work on any table.</summary>
/// <param name="Format">How the file is written, with the evidence.</param>
/// <param name="Columns">Of equal length, in the order of the file.</param>
/// <param name="Lines">For each row the 1-based line of the file where it begins.</param>
public sealed record FileTable(FileFormat Format, IReadOnlyList<FileColumn> Columns, IReadOnlyList<long> Lines)
{
    public int Rows => Lines.Count;

    /// <summary>The column of that header, else at that 1-based position; null when there is none.</summary>
    public FileColumn? Find(string headerOrPosition) =>
        Columns.FirstOrDefault(column => column.Name == headerOrPosition)
        ?? Columns.FirstOrDefault(column => string.Equals(column.Name, headerOrPosition, StringComparison.OrdinalIgnoreCase))
        ?? (int.TryParse(headerOrPosition, out var position) && position >= 1 && position <= Columns.Count ? Columns[position - 1] : null);
}
