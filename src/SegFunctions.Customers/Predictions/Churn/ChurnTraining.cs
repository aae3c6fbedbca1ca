using System.Globalization;
using SegFunctions.Customers.Features;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What training ended with; no model is a result, and the report says why.</summary>
public sealed record ChurnResult(ChurnModel? Model, ChurnReport Report);

/// <summary>
/// Learns churn on the first origin, turns scores into probabilities on the second, and measures on the third, against two
/// baselines that are calibrated on the second origin too.
/// </summary>
/// <remarks>
/// The learned model is published when the lower end of the interval of its gain in log-loss over the better baseline is above 0
/// and its AUC is not lower; else that baseline is used. Nothing of the test origin enters the model. The same samples, options
/// and seed give the same bytes.
/// </remarks>
public static class ChurnTraining
{
    internal const string Logistic = "logistic";
    internal const string Baseline = "baseline";
    internal const string None = "none";

    private const int Bins = 10;

    private static readonly string[] Roles = ["train", "calibration", "test"];
    private static readonly Bilingual[] RoleNames = [new("training", "d'apprentissage"), new("calibration", "de calibrage"), new("test", "de test")];

    /// <param name="samples">The samples of the plan's origins, in its order; empty for a plan without horizon.</param>
    /// <exception cref="ArgumentException">The samples are not those of the plan, or options are out of range (all listed).</exception>
    public static ChurnResult Fit(ChurnPlan plan, IReadOnlyList<ChurnSample> samples, ChurnOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!samples.Select(sample => sample.Origin).SequenceEqual(plan.Origins) || samples.Any(sample => sample.HorizonDays != plan.HorizonDays))
            throw new ArgumentException($"The plan has the origins {string.Join(", ", plan.Origins.Select(Day))} over {plan.HorizonDays} days; the samples are of {string.Join(", ", samples.Select(sample => $"{Day(sample.Origin)} over {sample.HorizonDays}"))}.", nameof(samples));

        var report = new ChurnReport
        {
            Model = None,
            Published = false,
            Reason = plan.Reason,
            AsOf = plan.AsOf,
            HorizonDays = plan.HorizonDays,
            HorizonReason = plan.Reason,
            Origins = [.. samples.Select((sample, i) => new ChurnOrigin(Roles[i], sample.Origin, sample.Customers, sample.Churners))],
        };
        if (plan.HorizonDays is null)
            return new ChurnResult(null, report);
        if (WhyNothingCanBeLearned(samples, options) is { } fault)
            return new ChurnResult(null, report with { Reason = fault });
        return Compare(report, samples[0], samples[1], samples[2], options, cancellationToken);
    }

    private static ChurnResult Compare(ChurnReport report, ChurnSample train, ChurnSample calibration, ChurnSample test, ChurnOptions options, CancellationToken cancellationToken)
    {
        var gap = PopulationGap(train);
        var recency = Calibrated(ChurnBaseline.Recency, gap, calibration, test);
        var overGap = Calibrated(ChurnBaseline.RecencyOverGap, gap, calibration, test);
        var better = overGap.Figures.LogLoss < recency.Figures.LogLoss ? overGap : recency;
        report = report with
        {
            PopulationGapDays = gap,
            RecencyBaseline = recency.Figures,
            GapBaseline = overGap.Figures,
            BetterBaseline = better.Baseline,
        };

        var columns = ChurnColumns.Of(train, gap);
        var scaler = FeatureScaling.Fit(columns, ChurnColumns.Names, cancellationToken);
        if (scaler.OutputNames.Count == 0)
        {
            return UseBaseline(report, better, new Bilingual(
                "the calibrated baseline is used: no feature differs between customers",
                "la référence calibrée est utilisée : aucune variable ne distingue les clients"));
        }

        var logistic = LogisticRegression.Fit(scaler.TransformForFitting(columns), train.Churned, new LogisticOptions { L2 = options.L2 }, default, cancellationToken);
        var map = PlattScaling.Fit(LogOdds(calibration), calibration.Churned);
        var probabilities = map.Apply(LogOdds(test));
        var figures = Measure(probabilities, test.Churned);
        var gain = PairedInterval.OfGain(LogLoss.PerRow(better.Probabilities, test.Churned), LogLoss.PerRow(probabilities, test.Churned), options.Seed, options.Level, cancellationToken);
        report = report with
        {
            Logistic = figures,
            Gain = new ChurnGain(gain.Mean, gain.Lower, gain.Upper, gain.Level),
            Weights = [.. scaler.OutputNames.Select((name, i) => new ChurnWeight(name, logistic.Coefficients[i])).OrderByDescending(weight => Math.Abs(weight.LogOdds))],
        };
        if (WhyNotPublished(logistic, figures, better, gain) is { } reason)
            return UseBaseline(report, better, reason);

        report = report with
        {
            Model = Logistic,
            Published = true,
            Reason = new Bilingual(
                $"the learned model is used: its log-loss is {Figure(gain.Mean)} lower than the better baseline's ({Percent(gain.Level)} interval {Figure(gain.Lower)} to {Figure(gain.Upper)}), AUC {Figure(figures.Auc)} against {Figure(better.Figures.Auc)}",
                $"le modèle appris est utilisé : sa perte logarithmique est inférieure de {FigureFr(gain.Mean)} à celle de la meilleure référence (intervalle à {PercentFr(gain.Level)} : {FigureFr(gain.Lower)} à {FigureFr(gain.Upper)}), AUC {FigureFr(figures.Auc)} contre {FigureFr(better.Figures.Auc)}"),
        };
        return new ChurnResult(ChurnModel.Learned(report, scaler, logistic, map), report);

        double[] LogOdds(ChurnSample sample)
        {
            var prepared = scaler.TransformForFitting(ChurnColumns.Of(sample, gap));
            var odds = new double[sample.Customers];
            for (var row = 0; row < odds.Length; row++)
                odds[row] = ChurnModel.LogOdds(logistic, prepared.Row(row));
            return odds;
        }
    }

    private static ChurnResult UseBaseline(ChurnReport report, CalibratedBaseline better, Bilingual reason)
    {
        report = report with { Model = Baseline, Published = false, Reason = reason };
        return new ChurnResult(ChurnModel.Baseline(report, better.Map), report);
    }

    private static Bilingual? WhyNotPublished(LogisticModel logistic, ChurnFigures figures, CalibratedBaseline better, PairedInterval gain)
    {
        if (!logistic.Converged)
            return new Bilingual($"the calibrated baseline is used: {logistic.Outcome}", $"la référence calibrée est utilisée, car l'apprentissage n'a pas convergé : {logistic.Outcome}");
        if (gain.Lower <= 0)
        {
            return new Bilingual(
                $"the calibrated baseline is used: the learned model is not surely better (gain in log-loss {Figure(gain.Mean)}, {Percent(gain.Level)} interval {Figure(gain.Lower)} to {Figure(gain.Upper)})",
                $"la référence calibrée est utilisée : le modèle appris n'est pas sûrement meilleur (gain de perte logarithmique {FigureFr(gain.Mean)}, intervalle à {PercentFr(gain.Level)} : {FigureFr(gain.Lower)} à {FigureFr(gain.Upper)})");
        }

        if (figures.Auc < better.Figures.Auc)
        {
            return new Bilingual(
                $"the calibrated baseline is used: the learned model ranks worse (AUC {Figure(figures.Auc)} against {Figure(better.Figures.Auc)})",
                $"la référence calibrée est utilisée : le modèle appris classe moins bien (AUC {FigureFr(figures.Auc)} contre {FigureFr(better.Figures.Auc)})");
        }

        return null;
    }

    private static Bilingual? WhyNothingCanBeLearned(IReadOnlyList<ChurnSample> samples, ChurnOptions options)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            var customers = samples[i].Customers;
            var churners = samples[i].Churners;
            var day = Wording.Date(samples[i].Origin);
            var where = new Bilingual($"the {RoleNames[i].En} origin ({day.En})", $"l'origine {RoleNames[i].Fr} ({day.Fr})");
            if (customers < options.MinimumCustomers)
            {
                return new Bilingual(
                    $"too few customers: {where.En} has {customers} at risk, {options.MinimumCustomers} are needed",
                    $"trop peu de clients : {where.Fr} en compte {customers} à risque, il en faut {options.MinimumCustomers}");
            }

            if (churners == 0)
            {
                return new Bilingual(
                    $"nothing to predict: all {customers} customers at risk of {where.En} bought again",
                    $"rien à prédire : les {customers} clients à risque de {where.Fr} ont tous racheté");
            }

            if (churners == customers)
            {
                return new Bilingual(
                    $"nothing to predict: none of the {customers} customers at risk of {where.En} bought again",
                    $"rien à prédire : aucun des {customers} clients à risque de {where.Fr} n'a racheté");
            }
        }

        return null;
    }

    private static CalibratedBaseline Calibrated(ChurnBaseline baseline, double gap, ChurnSample calibration, ChurnSample test)
    {
        var map = PlattScaling.Fit(ChurnBaselineScores.Of(baseline, calibration, gap), calibration.Churned);
        var probabilities = map.Apply(ChurnBaselineScores.Of(baseline, test, gap));
        return new CalibratedBaseline(baseline, map, probabilities, Measure(probabilities, test.Churned));
    }

    private static ChurnFigures Measure(double[] probabilities, bool[] churned) => new(
        RocAuc.Of(probabilities, churned) ?? double.NaN,
        LogLoss.Of(probabilities, churned),
        BrierScore.Of(probabilities, churned),
        Reliability.Of(probabilities, churned, Bins).ExpectedCalibrationError);

    // Median mean gap; where nobody has ordered on two days, the median silence stands in.
    private static double PopulationGap(ChurnSample sample)
    {
        var gaps = new List<double>();
        var silences = new List<double>();
        for (var row = 0; row < sample.Customers; row++)
        {
            var gap = sample.Row(row)[FeatureTable.GapMeanDays.Column];
            if (!double.IsNaN(gap))
                gaps.Add(gap);
            silences.Add(sample.Row(row)[FeatureTable.RecencyDays.Column]);
        }

        var values = gaps.Count > 0 ? gaps : silences;
        values.Sort();
        return Math.Max(1, (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2);
    }

    private static string Day(DateTime origin) => origin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Figure(double value) => Wording.Number(value, 4).En;

    private static string FigureFr(double value) => Wording.Number(value, 4).Fr;

    private static string Percent(double level) => Wording.Percent(level).En;

    private static string PercentFr(double level) => Wording.Percent(level).Fr;

    private sealed record CalibratedBaseline(ChurnBaseline Baseline, PlattScaling Map, double[] Probabilities, ChurnFigures Figures);
}
