namespace SegFunctions.App.Uploads;

/// <summary>Where an upload stands.</summary>
internal enum UploadStatus
{
    /// <summary>Its rows are being read and checked.</summary>
    Reading,

    /// <summary>Its accepted rows are in the lake.</summary>
    Accepted,

    /// <summary>The same content is in the lake already; nothing was done.</summary>
    Repeated,

    /// <summary>The file was replaced or deleted before it was read to the end; the newer version has an upload of its own.</summary>
    Superseded,

    /// <summary>It differs so much from the earlier uploads that a human must look at it first; its rows do not count.</summary>
    Held,

    /// <summary>A human looked at a held file and does not want it.</summary>
    Rejected,

    /// <summary>The file could not be used; <see cref="UploadRecord.Error"/> says why.</summary>
    Failed,
}
