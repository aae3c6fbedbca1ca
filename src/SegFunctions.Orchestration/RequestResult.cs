namespace SegFunctions.Orchestration;

/// <summary>What became of a request to an instance.</summary>
public enum RequestResult
{
    /// <summary>It stands in the instance's inbox and survives any crash; the next step takes it, unless the instance ends first.</summary>
    Accepted,

    /// <summary>There is no such instance.</summary>
    NotFound,

    /// <summary>The instance has finished, so nobody would take the request.</summary>
    Finished,

    /// <summary>Only a failed instance can be rewound.</summary>
    NotFailed,
}

/// <summary>What became of the wish to delete an instance.</summary>
public enum PurgeResult
{
    /// <summary>Rows, history and payloads are gone.</summary>
    Purged,

    NotFound,

    /// <summary>It is still under way; terminate it first.</summary>
    NotFinished,
}
