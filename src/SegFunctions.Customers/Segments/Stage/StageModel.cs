using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Stage;

/// <summary>Tells where a customer stands in the life cycle, by the days since the last order and the gap that is usual between orders.</summary>
/// <remarks>
/// The usual gap of a customer is the mean of the own gaps, drawn towards the population's median gap as if two more gaps of
/// that length had been seen: (n · own + 2 · population) / (n + 2) with n own gaps; without own gap it is the population's.
/// Then, with d = days since the last order:
/// <list type="bullet">
/// <item>no purchase at all: prospect;</item>
/// <item>d ≤ 2 usual gaps: new with orders on one day only, else active;</item>
/// <item>d ≤ 4 usual gaps: lapsing;</item>
/// <item>later: lapsed.</item>
/// </list>
/// Were orders to come at random at the usual rate, 2 gaps would pass without one in 14 % of the cases and 4 gaps in 2 %.
/// </remarks>
public sealed record StageModel
{
    /// <summary>Gap assumed where no customer has ordered on two days.</summary>
    public const double DefaultGapDays = 60;

    /// <summary>Up to so many usual gaps without order a customer is active.</summary>
    public const double ActiveGaps = 2;

    /// <summary>Up to so many usual gaps without order a customer is lapsing.</summary>
    public const double LapsingGaps = 4;

    private const double PopulationWeight = 2;

    /// <summary>Median over the customers of their mean gap, in days.</summary>
    public required double PopulationGapDays { get; init; }

    /// <summary>Customers with orders on two or more days, over whom the median was taken; 0 = <see cref="DefaultGapDays"/> is assumed.</summary>
    public required int Customers { get; init; }

    public static StageModel Fit(FeatureSet features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var gaps = new List<double>();
        for (var row = 0; row < features.Rows; row++)
        {
            var gap = features.Row(row)[FeatureTable.GapMeanDays.Column];
            if (!double.IsNaN(gap))
                gaps.Add(gap);
        }

        if (gaps.Count == 0)
            return new StageModel { PopulationGapDays = DefaultGapDays, Customers = 0 };
        gaps.Sort();
        var median = (gaps[(gaps.Count - 1) / 2] + gaps[gaps.Count / 2]) / 2;
        return new StageModel { PopulationGapDays = median, Customers = gaps.Count };
    }

    /// <summary>The gap in days that is usual for a customer.</summary>
    public double UsualGapDays(CustomerFeatures features)
    {
        var own = features[FeatureTable.GapMeanDays];
        if (double.IsNaN(own))
            return PopulationGapDays;
        var gaps = Gaps(features, own);
        return (gaps * own + PopulationWeight * PopulationGapDays) / (gaps + PopulationWeight);
    }

    /// <summary>The stage of one customer.</summary>
    public SegmentDefinition Of(CustomerFeatures features)
    {
        if (features.Orders == 0)
            return Stages.Prospect;
        var gaps = features[FeatureTable.RecencyDays] / UsualGapDays(features);
        return gaps switch
        {
            <= ActiveGaps when double.IsNaN(features[FeatureTable.GapMeanDays]) => Stages.New,
            <= ActiveGaps => Stages.Active,
            <= LapsingGaps => Stages.Lapsing,
            _ => Stages.Lapsed,
        };
    }

    /// <summary>Why the customer is in its stage, in words.</summary>
    public Bilingual Reason(CustomerFeatures features)
    {
        if (features.Orders == 0)
            return new Bilingual("no purchase yet", "aucun achat à ce jour");
        var silence = Wording.Days(features[FeatureTable.RecencyDays]);
        var usual = Wording.Days(UsualGapDays(features));
        return double.IsNaN(features[FeatureTable.GapMeanDays])
            ? new Bilingual($"one order day, {silence.En} ago (customers usually wait {usual.En})", $"un seul jour de commande, il y a {silence.Fr} (attente habituelle des clients : {usual.Fr})")
            : new Bilingual($"last order {silence.En} ago (usual gap {usual.En})", $"dernière commande il y a {silence.Fr} (intervalle habituel : {usual.Fr})");
    }

    // Tenure less recency is the time between first and last order day: whole gaps of the mean length.
    private static double Gaps(CustomerFeatures features, double mean) =>
        Math.Round((features[FeatureTable.TenureDays] - features[FeatureTable.RecencyDays]) / mean);
}
