using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>A row of a table.</summary>
public interface ITableEntity
{
    /// <summary>At most 512 characters, none of <c>/ \ # ?</c> and no control characters; may be empty.</summary>
    string PartitionKey { get; set; }

    /// <summary>At most 512 characters, none of <c>/ \ # ?</c> and no control characters; may be empty.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last wrote the row; set by the service, never sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version that was read; the default on a row that was not read.</summary>
    ETag ETag { get; set; }
}
