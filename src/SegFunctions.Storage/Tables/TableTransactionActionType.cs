namespace SegFunctions.Storage.Tables;

/// <summary>What one operation of a transaction does.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; fails with 409 where the row exists.</summary>
    Add = 0,

    /// <summary>Merges into an existing row under its ETag.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces an existing row under its ETag.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes an existing row under its ETag.</summary>
    Delete = 3,

    /// <summary>Inserts, or merges into what is there whatever its version.</summary>
    UpsertMerge = 4,

    /// <summary>Inserts, or replaces what is there whatever its version.</summary>
    UpsertReplace = 5,
}
