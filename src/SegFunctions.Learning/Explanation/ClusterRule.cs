using System.Text.Json.Serialization;

namespace SegFunctions.Learning.Explanation;

/// <summary>How a condition of a rule compares.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleComparison>))]
public enum RuleComparison
{
    /// <summary>Less than the threshold.</summary>
    Below,

    /// <summary>The threshold or more.</summary>
    AtLeast,

    /// <summary>One of the levels.</summary>
    OneOf,

    /// <summary>Known, and none of the levels.</summary>
    NoneOf,

    /// <summary>Missing.</summary>
    Unknown,

    /// <summary>Not missing.</summary>
    Known,
}

/// <summary>One condition of a rule. A missing value meets <see cref="RuleComparison.Unknown"/> alone.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Threshold">Of <see cref="RuleComparison.Below"/> and <see cref="RuleComparison.AtLeast"/>; exactly the number that is printed.</param>
/// <param name="Levels">Of <see cref="RuleComparison.OneOf"/> and <see cref="RuleComparison.NoneOf"/>.</param>
public sealed record RuleCondition(string Column, RuleComparison Comparison, double? Threshold = null, IReadOnlyList<string>? Levels = null);

/// <summary>A short rule that says who is in a cluster, and how right it is: exactly as printed, counted over all rows.</summary>
/// <param name="Conditions">All must hold.</param>
/// <param name="Text">The rule in words: <c>recency &lt; 30 days and orders ≥ 6</c>.</param>
/// <param name="Rows">Rows that meet the rule.</param>
/// <param name="Precision">Share of those rows that are in the cluster.</param>
/// <param name="Recall">Share of the cluster that meets the rule.</param>
/// <param name="F1">2 · Precision · Recall / (Precision + Recall).</param>
public sealed record ClusterRule(IReadOnlyList<RuleCondition> Conditions, Bilingual Text, int Rows, double Precision, double Recall, double F1);
