using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>A whole file in memory, column by column, for commands that work on any table.</summary>
/// <param name="Format">How the file is written, with the evidence.</param>
/// <param name="Rows">Rows of every column, in the order of the file.</param>
public sealed record FileTable(FileFormat Format, int Rows, IReadOnlyList<FileColumn> Columns)
{
    /// <summary>The column of that header, else at that 1-based position; null when there is none.</summary>
    public FileColumn? Find(string headerOrPosition) =>
        Columns.FirstOrDefault(column => column.Name == headerOrPosition)
        ?? Columns.FirstOrDefault(column => string.Equals(column.Name, headerOrPosition, StringComparison.OrdinalIgnoreCase))
        ?? (int.TryParse(headerOrPosition, out var position) && position >= 1 && position <= Columns.Count ? Columns[position - 1] : null);
}
