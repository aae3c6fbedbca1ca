namespace SegFunctions.Cli.Dedupe;

/// <summary>What <c>dedupe</c> was asked to do.</summary>
internal sealed record DedupeRequest
{
    public required string File { get; init; }

    /// <summary>Header or 1-based position of the column of ids; null for the number of the row, from 1.</summary>
    public string? Id { get; init; }

    public double? ApplyAt { get; init; }

    public double? ReviewAt { get; init; }

    /// <summary>A file of clusters to compare with, or of settings (.json) that may apply later.</summary>
    public string? Compare { get; init; }

    /// <summary>Two ids of whose records the evidence is asked for.</summary>
    public (string Left, string Right)? Explain { get; init; }

    public int? Threads { get; init; }
}
