using System.Globalization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>One cluster as people see it.</summary>
public sealed record ClusterProfile
{
    /// <summary>From 1 by falling size.</summary>
    public required int Number { get; init; }

    /// <summary>Two to four words, shared with no other cluster.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>One sentence: what sets the cluster apart, how many they are and what they bring.</summary>
    public required Bilingual Description { get; init; }

    public required int Customers { get; init; }

    /// <summary>Share of the clustered customers.</summary>
    public required double Share { get; init; }

    /// <summary>Share of all revenue.</summary>
    public required double RevenueShare { get; init; }

    /// <summary>How the cluster stands in each telling feature, the one that sets it apart most first.</summary>
    public required IReadOnlyList<ClusterTrait> Traits { get; init; }

    /// <summary>Up to three countries with most customers.</summary>
    public required IReadOnlyList<CountryShare> Countries { get; init; }

    /// <summary>The cluster as a segment.</summary>
    public SegmentDefinition ToSegment() => new(IdOf(Number), SegmentKind.Cluster, Name, Description);

    /// <summary>Id of the segment of a cluster.</summary>
    public static string IdOf(int number) => "cluster:" + number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a cluster stands in one feature.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Difference">Mean of the cluster less mean of all, in standard deviations of all, on the robust scale.</param>
/// <param name="Typical">Median of the cluster's customers who have a value; null when none has.</param>
/// <param name="TypicalOfAll">Median of all clustered customers who have a value.</param>
public sealed record ClusterTrait(string Feature, double Difference, double? Typical, double? TypicalOfAll);

/// <summary>Share of a cluster's customers with a known country.</summary>
public sealed record CountryShare(string Country, double Share);
