namespace SegFunctions.App.Uploads;

/// <summary>What a human decided about a held upload. The first decision stands.</summary>
internal enum UploadDecision
{
    /// <summary>Its rows shall count.</summary>
    Released,

    /// <summary>Its rows shall not count.</summary>
    Rejected,
}
