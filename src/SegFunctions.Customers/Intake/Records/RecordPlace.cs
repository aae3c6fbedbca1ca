namespace SegFunctions.Customers.Intake.Records;

/// <summary>Says where records stand whose line number alone does not: in a sheet, in an array, in one of several files.</summary>
internal abstract class RecordPlace
{
    /// <param name="line">The record's <see cref="RecordBatch.Line"/>.</param>
    /// <param name="column">0-based; −1 for the record as a whole.</param>
    public abstract string Describe(long line, int column);
}
