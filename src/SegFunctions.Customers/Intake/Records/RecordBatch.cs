namespace SegFunctions.Customers.Intake.Records;

/// <summary>Some consecutive records of a file. Its owner disposes it; its spans live until then.</summary>
public abstract class RecordBatch : IDisposable
{
    /// <summary>Records in this batch, faulty ones included.</summary>
    public abstract int Count { get; }

    /// <summary>1-based line of the file on which the record starts; of a sheet its row, of an array its element. It rises, and no two records share it.</summary>
    public abstract long Line(int record);

    /// <summary>Fields the record has; it may differ from the number of columns.</summary>
    public abstract int FieldCount(int record);

    /// <summary>
    /// One field as UTF-8: quotes taken off and doubled ones undone, blanks kept. Empty where the record has fewer fields.
    /// </summary>
    public abstract ReadOnlySpan<byte> Field(int record, int column);

    /// <summary>The record as it stands in the file (as UTF-8), without its line end; cut at 64 KiB.</summary>
    public abstract ReadOnlySpan<byte> Raw(int record);

    /// <summary>What is wrong with the record itself (a quote that never closes, a line that is too long), or null.</summary>
    public abstract RecordFault? Fault(int record);

    /// <summary>Where the record (column −1) or one of its fields stands, in words, when the line alone does not tell: a sheet's cell, an archive's entry; else null.</summary>
    public virtual string? Place(int record, int column) => null;

    public abstract void Dispose();
}
