using System.Globalization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>One cluster as people see it, or one of the finer groups inside a cluster.</summary>
public sealed record ClusterProfile
{
    /// <summary>Stays with the cluster from run to run, and is given to no other; from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the cluster that the group lies in; null for a cluster itself.</summary>
    public int? Cluster { get; init; }

    /// <summary>Two to four words, shared with no other cluster.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>One sentence: what sets the cluster apart, how many they are and what they bring.</summary>
    public required Bilingual Description { get; init; }

    public required int Customers { get; init; }

    /// <summary>Share of the clustered customers.</summary>
    public required double Share { get; init; }

    /// <summary>Share of all revenue.</summary>
    public required double RevenueShare { get; init; }

    /// <summary>The features that set the cluster apart, the strongest first.</summary>
    public required IReadOnlyList<ClusterTrait> Traits { get; init; }

    /// <summary>Who is in the cluster, in a few conditions; null where none tells them from the others.</summary>
    public ClusterRuleText? Rule { get; init; }

    /// <summary>Up to three countries with most customers.</summary>
    public required IReadOnlyList<CountryShare> Countries { get; init; }

    /// <summary>Id of the segment that it is.</summary>
    public string SegmentId => Cluster is null ? IdOf(Number) : "micro:" + Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>It as a segment.</summary>
    public SegmentDefinition ToSegment() => new(SegmentId, Cluster is null ? SegmentKind.Cluster : SegmentKind.Micro, Name, Description);

    /// <summary>Id of the segment of a cluster.</summary>
    public static string IdOf(int number) => "cluster:" + number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a cluster stands in one feature.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Difference">Mean of the cluster less mean of all others, in standard deviations of all.</param>
/// <param name="Low">Lower end of the difference's 95 % interval, which does not hold 0.</param>
/// <param name="High">Upper end.</param>
/// <param name="Typical">Median of the cluster's customers who have a value.</param>
/// <param name="TypicalOfAll">Median of all clustered customers who have a value.</param>
public sealed record ClusterTrait(string Feature, double Difference, double Low, double High, double Typical, double TypicalOfAll);

/// <summary>A rule for people.</summary>
/// <param name="Text">Conditions that all hold.</param>
/// <param name="Precision">Share of the customers who meet the rule that are in the cluster.</param>
/// <param name="Recall">Share of the cluster that meets the rule.</param>
public sealed record ClusterRuleText(Bilingual Text, double Precision, double Recall);

/// <summary>Share of a cluster's customers with a known country.</summary>
public sealed record CountryShare(string Country, double Share);
