using System.Text.Json.Serialization;
using SegFunctions.Customers.Predictions.Migration;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>Where a customer most likely is after one interval, by kind of segment; null where that is not told.</summary>
public sealed record MigrationStanding
{
    public required int IntervalDays { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NextSegment? Stage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NextSegment? Rfm { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NextSegment? Cluster { get; init; }
}
