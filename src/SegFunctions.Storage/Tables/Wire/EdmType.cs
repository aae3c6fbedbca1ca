namespace SegFunctions.Storage.Tables.Wire;

/// <summary>The types of the service's data model that JSON has no literal for.</summary>
internal enum EdmType
{
    Inferred,
    String,
    Boolean,
    Int32,
    Double,
    Int64,
    DateTime,
    Guid,
    Binary,
}
