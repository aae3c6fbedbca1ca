namespace SegFunctions.Cli.Churn;

/// <summary>What <c>churn</c> was asked to do.</summary>
internal sealed record ChurnRequest
{
    public required string Train { get; init; }

    /// <summary>Header or 1-based position of the column that says who left.</summary>
    public required string Label { get; init; }

    /// <summary>The value of that column that means leaving; null for one of the usual words.</summary>
    public string? Positive { get; init; }

    /// <summary>Header or 1-based position of the column of ids.</summary>
    public string? Id { get; init; }

    /// <summary>The table to score; null for the training table itself.</summary>
    public string? Test { get; init; }

    /// <summary>Whether rows are scored, which costs more where the training table is large.</summary>
    public bool Scores { get; init; }

    public long Seed { get; init; }
}
