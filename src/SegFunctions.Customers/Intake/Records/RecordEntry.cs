namespace SegFunctions.Customers.Intake.Records;

/// <summary>What a batch knows of one record.</summary>
internal struct RecordEntry
{
    public long Line;

    /// <summary>The record's bytes, found as a <see cref="FieldSlice"/> finds its own.</summary>
    public FieldSlice Raw;

    public int FirstField;

    public int FieldCount;

    /// <summary>Index into the batch's faults, or −1.</summary>
    public int Fault;
}
