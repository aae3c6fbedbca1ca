using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Drift;

/// <summary>How a file differs from the earlier uploads of its dataset and source.</summary>
/// <param name="Uploads">Earlier uploads it was compared with.</param>
/// <param name="Findings">Differences worth a look, the severe ones first.</param>
/// <param name="TooFew">Columns whose values were too few, here or before, to tell a shift from chance.</param>
/// <param name="IsHeld">A difference is severe, and nobody has released the file: its rows do not count.</param>
public sealed record DriftReport(int Uploads, IReadOnlyList<DriftFinding> Findings, int TooFew, bool IsHeld);

/// <summary>One difference.</summary>
/// <param name="Rule">Id of the rule; its page says how it is measured.</param>
/// <param name="Column">Header; empty where it is about the whole file.</param>
/// <param name="Message">What was there before, and what is there now.</param>
public sealed record DriftFinding(string Rule, string Column, DriftLevel Level, Bilingual Message);

/// <summary>How much a difference weighs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftLevel>))]
public enum DriftLevel : byte
{
    /// <summary>The file is taken in.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The file waits for a human.</summary>
    [JsonStringEnumMemberName("severe")]
    Severe,
}
