using SegFunctions.Customers.Features;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The columns that the churn model learns from: the features declared for it, and the silence in units of the usual gap.</summary>
internal static class ChurnColumns
{
    /// <summary>Days since the last order ÷ the customer's own mean gap, or the population's where there is none of one's own.</summary>
    public const string SilenceRatio = "silenceRatio";

    public static readonly string[] Names = [.. FeatureTable.ForChurn.Select(feature => feature.Name), SilenceRatio];

    /// <summary>All are measures, whatever they look like in a small sample.</summary>
    public static readonly Dictionary<string, ColumnKind> Kinds = Names.ToDictionary(name => name, _ => ColumnKind.Numeric, StringComparer.Ordinal);

    private static readonly int[] Sources = [.. FeatureTable.ForChurn.Select(feature => feature.Column)];

    public static Table Of(ChurnSample sample, double populationGapDays)
    {
        var columns = Array.ConvertAll(Names, _ => new double[sample.Customers]);
        for (var row = 0; row < sample.Customers; row++)
        {
            var features = sample.Row(row);
            for (var i = 0; i < Sources.Length; i++)
                columns[i][row] = features[Sources[i]];
            columns[^1][row] = Silence(features, populationGapDays);
        }

        return new Table([.. Names.Zip(columns, (name, values) => new NumericColumn(name, values))]);
    }

    /// <summary>One column of a customer; NaN where the value does not exist.</summary>
    /// <param name="column">Position in <see cref="Names"/>.</param>
    public static double Value(ReadOnlySpan<double> features, int column, double populationGapDays) =>
        column < Sources.Length ? features[Sources[column]] : Silence(features, populationGapDays);

    public static double Silence(ReadOnlySpan<double> features, double populationGapDays)
    {
        var own = features[FeatureTable.GapMeanDays.Column];
        return features[FeatureTable.RecencyDays.Column] / (double.IsNaN(own) ? populationGapDays : own);
    }
}
