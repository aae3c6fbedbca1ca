using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.App.Api;

/// <summary>An upload in a list.</summary>
/// <param name="Status"><c>reading</c>, <c>accepted</c>, <c>repeated</c>, <c>superseded</c>, <c>held</c>, <c>rejected</c> or <c>failed</c>.</param>
/// <param name="Decision"><c>released</c> or <c>rejected</c> when a human decided about a held upload, else null.</param>
/// <param name="Corrects">The upload whose refused rows this file corrects, or null.</param>
/// <param name="RepeatOf">The upload that brought the same content before.</param>
/// <param name="Error">Why the file could not be used, and what its sender can do.</param>
public sealed record UploadAnswer(
    string Id, string File, string Status, string? Dataset, DateTimeOffset UploadedAt, DateTimeOffset? EndedAt, long Bytes,
    RowCounts? Rows, string? Decision, string? Corrects, string? RepeatOf, string? Error)
{
    internal static UploadAnswer From(UploadRecord upload) => new(
        upload.Id, upload.File, upload.Status.ToString().ToLowerInvariant(), upload.Dataset, upload.UploadedAt, upload.EndedAt,
        upload.Length, upload.Rows, upload.Decision?.ToString().ToLowerInvariant(), upload.Corrects, upload.RepeatOf, upload.Error);
}

/// <summary>All uploads, newest first.</summary>
public sealed record UploadList(IReadOnlyList<UploadAnswer> Uploads);

/// <summary>One upload with its quality report.</summary>
/// <param name="Quarantine">Address of the refused rows as CSV, or null when none was refused.</param>
public sealed record UploadDetail(UploadAnswer Upload, QualityReport? Report, string? Quarantine);
