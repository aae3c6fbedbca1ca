using System.Text.Json.Serialization;

namespace SegFunctions.App.Hosting.Timers;

/// <summary>Where a timer stands, as it is stored; all times UTC.</summary>
/// <param name="Schedule">The schedule that <paramref name="Next"/> was computed from.</param>
/// <param name="Last">Start of the previous run; <see cref="DateTimeOffset.MinValue"/> before the first.</param>
/// <param name="Next">The occurrence that has not run yet.</param>
internal sealed record TimerStatus(string Schedule, DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

[JsonSerializable(typeof(TimerStatus))]
internal sealed partial class TimerStatusContext : JsonSerializerContext;
