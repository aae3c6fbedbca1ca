using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.App.Uploads;

/// <summary>What is known of one version of one uploaded file.</summary>
internal sealed record UploadRecord
{
    public required string Id { get; init; }

    /// <summary>Name of the blob below <c>uploads/</c>.</summary>
    public required string File { get; init; }

    public required string ETag { get; init; }

    public required long Length { get; init; }

    public required UploadStatus Status { get; init; }

    /// <summary>When this version of the file was written, UTC; uploads count in this order.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Dataset { get; init; }

    public RowCounts? Rows { get; init; }

    /// <summary>How often the file was given another round of tries because the process had died in all of the round before.</summary>
    public int Rescues { get; init; }

    /// <summary>What a human decided about it while it was held; null without a decision.</summary>
    public UploadDecision? Decision { get; init; }

    /// <summary>The upload whose refused rows this one corrects; null for an ordinary file.</summary>
    public string? Corrects { get; init; }

    /// <summary>The upload whose content this one repeats.</summary>
    public string? RepeatOf { get; init; }

    /// <summary>It held rows of people who were erased, and was deleted once it was settled.</summary>
    public bool HoldsErased { get; init; }

    /// <summary>Why the file could not be used, or which of its rows could not, and what its sender can do.</summary>
    public string? Error { get; init; }
}
