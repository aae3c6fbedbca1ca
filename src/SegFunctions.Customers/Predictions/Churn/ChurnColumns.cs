using SegFunctions.Customers.Features;
using SegFunctions.Learning;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The columns that the churn model learns from: the features declared for it, and the silence in units of the usual gap.</summary>
internal static class ChurnColumns
{
    /// <summary>Days since the last order ÷ the customer's own mean gap, or the population's where there is none of one's own.</summary>
    public const string SilenceRatio = "silenceRatio";

    public static readonly string[] Names = [.. FeatureTable.ForChurn.Select(feature => feature.Name), SilenceRatio];

    private static readonly int[] Sources = [.. FeatureTable.ForChurn.Select(feature => feature.Column)];

    public static Matrix Of(ChurnSample sample, double populationGapDays)
    {
        var values = new double[sample.Customers * Names.Length];
        for (var row = 0; row < sample.Customers; row++)
            Fill(sample.Row(row), populationGapDays, values.AsSpan(row * Names.Length, Names.Length));
        return new Matrix(sample.Customers, Names.Length, values);
    }

    /// <param name="features">(features).</param>
    /// <param name="columns">OUT (columns); NaN where a value does not exist.</param>
    public static void Fill(ReadOnlySpan<double> features, double populationGapDays, Span<double> columns)
    {
        for (var i = 0; i < Sources.Length; i++)
            columns[i] = features[Sources[i]];
        columns[^1] = Silence(features, populationGapDays);
    }

    public static double Silence(ReadOnlySpan<double> features, double populationGapDays)
    {
        var own = features[FeatureTable.GapMeanDays.Column];
        return features[FeatureTable.RecencyDays.Column] / (double.IsNaN(own) ? populationGapDays : own);
    }
}
