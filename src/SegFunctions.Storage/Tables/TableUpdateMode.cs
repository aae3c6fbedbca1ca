namespace SegFunctions.Storage.Tables;

/// <summary>What happens to the properties of a stored row that the written one does not name.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge = 0,

    /// <summary>They go.</summary>
    Replace = 1,
}
