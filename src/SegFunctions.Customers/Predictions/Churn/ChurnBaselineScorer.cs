using SegFunctions.Customers.Features;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>Scores of the baselines, on scales on which Platt's map fits them; greater means more likely to leave.</summary>
/// <param name="Purchases">null where none could be fitted.</param>
internal sealed record ChurnBaselineScorer(double PopulationGapDays, int HorizonDays, PurchaseModel? Purchases)
{
    /// <summary>The model of orders of the customers of a sample.</summary>
    /// <returns>null where nobody ordered again, or where the data show no drop-out and nothing is to be modelled.</returns>
    public static PurchaseModel? FitPurchases(ChurnSample sample, CancellationToken cancellationToken)
    {
        var (repeats, recency, age) = (new int[sample.Customers], new double[sample.Customers], new double[sample.Customers]);
        for (var row = 0; row < repeats.Length; row++)
            (repeats[row], recency[row], age[row]) = HistoryOf(sample.Row(row));
        var fit = PurchaseFitting.Fit(new PurchaseHistories(repeats, recency, age), new PurchaseFitOptions(), cancellationToken);
        return Array.TrueForAll(repeats, count => count == 0) ? null : fit.Model;
    }

    public double Of(ChurnBaseline baseline, ReadOnlySpan<double> features) => baseline switch
    {
        ChurnBaseline.Recency => double.LogP1(features[FeatureTable.RecencyDays.Column]),
        ChurnBaseline.RecencyOverGap => double.LogP1(ChurnColumns.Silence(features, PopulationGapDays)),
        ChurnBaseline.PurchaseModel => NoOrder(features),
        _ => 0,
    };

    public double[] Of(ChurnBaseline baseline, ChurnSample sample)
    {
        var scores = new double[sample.Customers];
        for (var row = 0; row < scores.Length; row++)
            scores[row] = Of(baseline, sample.Row(row));
        return scores;
    }

    /// <summary>Log-odds of no order within the horizon: dropped out already, or alive and silent.</summary>
    private double NoOrder(ReadOnlySpan<double> features)
    {
        if (Purchases is null)
            return 0;
        var (repeats, recency, age) = HistoryOf(features);
        var history = new PurchaseHistory(repeats, recency, age);
        var alive = Purchases.AliveProbability(history);
        var silent = Math.Clamp((1 - alive) + (alive * Purchases.NoOrderIfAlive(history, HorizonDays)), 1e-9, 1 - 1e-9);
        return Math.Log(silent / (1 - silent));
    }

    /// <summary>Repeat order days, days from the first to the last, and days from the first to the as-of day.</summary>
    private static (int Repeats, double Recency, double Age) HistoryOf(ReadOnlySpan<double> features)
    {
        var silence = features[FeatureTable.RecencyDays.Column];
        // Who is known by the last order alone is as old as that.
        var age = double.IsNaN(features[FeatureTable.TenureDays.Column]) ? silence : features[FeatureTable.TenureDays.Column];
        var recency = age - silence;
        var gap = features[FeatureTable.GapMeanDays.Column];
        // The mean gap is the span over the number of gaps, so the number comes back.
        return gap > 0 && recency > 0 ? ((int)Math.Round(recency / gap), recency, age) : (0, 0, age);
    }
}
