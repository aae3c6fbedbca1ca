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

    /// <summary>The mapping leaves it out, or keeps others only.</summary>
    Ignored,

    /// <summary>It looks like something that may not be stored, and nobody allowed it: none of its values is kept anywhere.</summary>
    Refused,
}
