namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>What becomes of a column.</summary>
public enum ColumnUse : byte
{
    /// <summary>It is read into a field.</summary>
    Field,

    /// <summary>It is kept as it stands.</summary>
    Attribute,

    /// <summary>It holds something that tells who a person is; it is kept with the sealed identifiers only.</summary>
    SealedAttribute,

    /// <summary>The mapping leaves it out.</summary>
    Ignored,
}
