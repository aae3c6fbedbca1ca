using System.Globalization;
using SegFunctions.Customers.Features;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Publication;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What training ended with; no model is a result, and the report says why.</summary>
public sealed record ChurnResult(ChurnModel? Model, ChurnReport Report);

/// <summary>
/// Learns churn on the first origin (<see cref="BinaryClassification"/>), chooses among what was learned and turns scores into probabilities on
/// the second, and measures on the third, against baselines that are calibrated on the second origin too: recency, recency ÷ own
/// usual gap, a purchase model, and the share of those who left.
/// </summary>
/// <remarks>
/// The learned model is published when the lower end of the interval of its gain in log-loss over the best baseline is above 0
/// and its AUC is not lower (<see cref="PublicationRule"/>); else that baseline is used. Nothing of the test origin enters the model. The same
/// samples, options and seed give the same bytes.
/// </remarks>
public static class ChurnTraining
{
    internal const string Baseline = "baseline";
    internal const string None = "none";

    private const int Bins = 10;

    // Shares of all value at risk that the customers of the high band hold, and those of the high and the medium one.
    private const double HighShare = 0.5;
    private const double MediumShare = 0.8;

    private static readonly Bilingual Learned = new("the learned model", "le modèle appris");

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
            Contractual = plan.Contractual,
            Origins = [.. samples.Select((sample, i) => new ChurnOrigin(Roles[i], sample.Origin, sample.Customers, sample.Churners))],
        };
        if (plan.HorizonDays is null)
            return new ChurnResult(null, report);
        if (WhyNothingCanBeLearned(samples, plan.Contractual, options) is { } fault)
            return new ChurnResult(null, report with { Reason = fault });
        return Compare(report, samples[0], samples[1], samples[2], options, cancellationToken);
    }

    private static ChurnResult Compare(ChurnReport report, ChurnSample train, ChurnSample calibration, ChurnSample test, ChurnOptions options, CancellationToken cancellationToken)
    {
        var scorer = new ChurnBaselineScorer(PopulationGap(train), train.HorizonDays, ChurnBaselineScorer.FitPurchases(train, cancellationToken));
        var baselines = Enum.GetValues<ChurnBaseline>().Where(one => one != ChurnBaseline.PurchaseModel || scorer.Purchases is not null).Select(one => Calibrated(one, scorer, calibration, test)).ToList();
        report = report with
        {
            PopulationGapDays = scorer.PopulationGapDays,
            RecencyBaseline = FiguresOf(ChurnBaseline.Recency),
            GapBaseline = FiguresOf(ChurnBaseline.RecencyOverGap),
            PurchaseBaseline = FiguresOf(ChurnBaseline.PurchaseModel),
            PriorBaseline = FiguresOf(ChurnBaseline.Prior),
            Purchases = scorer.Purchases is { } purchases ? new ChurnPurchases(purchases.Kind.ToString().ToLowerInvariant(), [.. purchases.Parameters.Select(one => one.Value)]) : null,
        };

        var columns = ChurnColumns.Of(train, scorer.PopulationGapDays);
        var learning = new ClassificationOptions { Kinds = ChurnColumns.Kinds, Level = options.Level, Seed = options.Seed, Threads = options.Threads };
        var fit = BinaryClassification.Fit(columns, train.Churned, ChurnColumns.Of(calibration, scorer.PopulationGapDays), calibration.Churned, learning, cancellationToken);
        var probabilities = fit.Model.Predict(ChurnColumns.Of(test, scorer.PopulationGapDays), options.Threads, cancellationToken);
        var verdict = PublicationRule.Decide(
            new ScoredModel(Learned, probabilities), [.. baselines.Select(one => new ScoredModel(ChurnBaselineNames.Of(one.Baseline), one.Probabilities))], test.Churned, options.Seed, options.Level, cancellationToken);
        var better = baselines[verdict.BestBaseline];
        report = report with
        {
            BetterBaseline = better.Baseline,
            Logistic = Measure(probabilities, test.Churned),
            Gain = GainInterval.Of(verdict.Gain),
            Weights = [.. fit.Findings.Drivers.Select(driver => new ChurnWeight(driver.Column, driver.Strength))],
            Candidates = [.. fit.Findings.Candidates.Select(one => new ChurnCandidate(one.Learner, one.Description, one.LogLoss, one.Auc, one.Chosen, one.Reason))],
            Leakage = [.. fit.Findings.Leaks.Select(leak => leak.Reason)],
            Lift = Lifts(probabilities, test.Churned, cancellationToken),
        };
        if (fit.Findings.Candidates.Count == 0)
        {
            report = report with { Logistic = null, Gain = null, Lift = [] };
            return UseBaseline(report, better, calibration, scorer, new Bilingual(
                $"{ChurnBaselineNames.Of(better.Baseline).En} is used: no feature differs between customers",
                $"retenu : {ChurnBaselineNames.Of(better.Baseline).Fr} ; aucune variable ne distingue les clients"));
        }

        if (!fit.Findings.Published)
        {
            // Chosen on the calibration origin: there is nothing to compare on the test origin but one share with another.
            return UseBaseline(report, better, calibration, scorer, new Bilingual(
                $"{ChurnBaselineNames.Of(better.Baseline).En} is used: what was learned is not surely better than the share of those who left",
                $"retenu : {ChurnBaselineNames.Of(better.Baseline).Fr} ; ce qui a été appris n'est pas sûrement meilleur que la part des départs"));
        }

        if (!verdict.Published)
            return UseBaseline(report, better, calibration, scorer, verdict.Reason);
        var calibrated = fit.Model.Predict(ChurnColumns.Of(calibration, scorer.PopulationGapDays), options.Threads, cancellationToken);
        report = report with
        {
            Model = fit.Model.Learner,
            Published = true,
            Reason = verdict.Reason,
            Typical = Medians(columns),
            ValueBands = BandsOfValue(calibrated, calibration),
        };
        return new ChurnResult(ChurnModel.Learned(report, fit.Model), report);

        ChurnFigures? FiguresOf(ChurnBaseline baseline) => baselines.Find(one => one.Baseline == baseline)?.Figures;
    }

    private static ChurnResult UseBaseline(ChurnReport report, CalibratedBaseline better, ChurnSample calibration, ChurnBaselineScorer scorer, Bilingual reason)
    {
        report = report with
        {
            Model = Baseline,
            Published = false,
            Reason = reason,
            ValueBands = BandsOfValue(better.Map.Apply(scorer.Of(better.Baseline, calibration)), calibration),
        };
        return new ChurnResult(ChurnModel.Baseline(report, better.Map), report);
    }

    /// <summary>Where the customers begin who hold half of all value at risk, and where those who hold eight tenths.</summary>
    private static ChurnValueBands BandsOfValue(double[] probabilities, ChurnSample sample)
    {
        var values = new double[probabilities.Length];
        for (var row = 0; row < values.Length; row++)
            values[row] = probabilities[row] * ChurnModel.ExpectedValue(sample.Row(row), sample.HorizonDays);
        Array.Sort(values);
        var total = values.Sum();
        return new ChurnValueBands(From(MediumShare), From(HighShare));

        double From(double share)
        {
            var held = 0.0;
            for (var row = values.Length - 1; row >= 0; row--)
            {
                held += values[row];
                if (held >= share * total)
                    return values[row];
            }

            return values[0];
        }
    }

    private static ChurnTypical[] Medians(Table columns)
    {
        return [.. columns.Columns.Cast<NumericColumn>().Select(column => new ChurnTypical(column.Name, ReasonFeature.Of(column).Typical)).Where(one => double.IsFinite(one.Value))];
    }

    private static ChurnLift[] Lifts(double[] probabilities, bool[] churned, CancellationToken cancellationToken) =>
        [.. ClassificationReport.Of(probabilities, churned, default, new ClassificationReportOptions { Resamples = 0 }, cancellationToken).Lift.Select(one => new ChurnLift(one.Share, one.Lift.Value, one.Gain.Value))];

    private static Bilingual? WhyNothingCanBeLearned(IReadOnlyList<ChurnSample> samples, bool contractual, ChurnOptions options)
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
                var stay = contractual ? new Bilingual("kept their contract", "ont tous gardé leur contrat") : new Bilingual("bought again", "ont tous racheté");
                return new Bilingual(
                    $"nothing to predict: all {customers} customers at risk of {where.En} {stay.En}",
                    $"rien à prédire : les {customers} clients à risque de {where.Fr} {stay.Fr}");
            }

            if (churners == customers)
            {
                var stay = contractual ? new Bilingual("kept their contract", "n'a gardé son contrat") : new Bilingual("bought again", "n'a racheté");
                return new Bilingual(
                    $"nothing to predict: none of the {customers} customers at risk of {where.En} {stay.En}",
                    $"rien à prédire : aucun des {customers} clients à risque de {where.Fr} {stay.Fr}");
            }
        }

        return null;
    }

    private static CalibratedBaseline Calibrated(ChurnBaseline baseline, ChurnBaselineScorer scorer, ChurnSample calibration, ChurnSample test)
    {
        var map = PlattScaling.Fit(scorer.Of(baseline, calibration), calibration.Churned);
        var probabilities = map.Apply(scorer.Of(baseline, test));
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

    private sealed record CalibratedBaseline(ChurnBaseline Baseline, PlattScaling Map, double[] Probabilities, ChurnFigures Figures);
}
