using System.Text.Json.Serialization;
using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What one looks at without a learned model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChurnBaseline>))]
public enum ChurnBaseline
{
    /// <summary>Days since the last order.</summary>
    [JsonStringEnumMemberName("recency")]
    Recency,

    /// <summary>Days since the last order ÷ the own usual gap, the population's where there is none of one's own.</summary>
    [JsonStringEnumMemberName("recencyOverGap")]
    RecencyOverGap,
}

internal static class ChurnBaselineScores
{
    /// <summary>The score of one customer, on the logarithmic scale on which Platt's map fits durations.</summary>
    public static double Of(ChurnBaseline baseline, ReadOnlySpan<double> features, double populationGapDays) => baseline == ChurnBaseline.Recency
        ? double.LogP1(features[FeatureTable.RecencyDays.Column])
        : double.LogP1(ChurnColumns.Silence(features, populationGapDays));

    public static double[] Of(ChurnBaseline baseline, ChurnSample sample, double populationGapDays)
    {
        var scores = new double[sample.Customers];
        for (var row = 0; row < scores.Length; row++)
            scores[row] = Of(baseline, sample.Row(row), populationGapDays);
        return scores;
    }
}
