using SegFunctions.Customers.Features;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>What training ended with; no predictor is a result, and the report says why.</summary>
public sealed record LifetimeResult(LifetimePredictor? Predictor, LifetimeReport Report);

/// <summary>
/// Learns when customers order, drop out and what they spend, from purchases before the as-of date. The end of the history, a third of
/// it and at most the horizon, is held out once to choose the model and to measure it against every customer's own rate; what is
/// served is fitted anew on all.
/// </summary>
/// <remarks>
/// Published when the lower end of the interval of the gain in squared error over the naive forecast is above 0, paired over customers.
/// The same ledger, options and seed give the same bytes on any number of threads.
/// </remarks>
public static class LifetimeTraining
{
    internal const string None = "none";

    /// <param name="asOf">UTC; nothing at or past it is read.</param>
    /// <exception cref="ArgumentException">Options are out of range; all are listed.</exception>
    public static LifetimeResult Fit(OrderLedger ledger, DateTime asOf, LifetimeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var report = new LifetimeReport { Model = None, Published = false, Reason = LifetimeWords.NoOrders, AsOf = asOf, HorizonDays = options.HorizonDays, Discount = options.AnnualDiscount };
        if (LedgerPurchases.Of(ledger, asOf, asOf) is not { } observed)
            return new LifetimeResult(null, report);

        var fitting = new PurchaseFitOptions { Threads = options.Threads };
        var (checkedReport, kind) = Check(report, ledger, observed, options, fitting, cancellationToken);
        var purchases = kind is { } chosen
            ? PurchaseFitting.Fit(observed.Histories, fitting with { Model = chosen }, cancellationToken)
            : PurchaseChoice.Of(observed.Histories, fitting, cancellationToken: cancellationToken).Chosen;
        var spend = observed.Histories.Spend.IsEmpty ? null : SpendFitting.Fit(observed.Histories, fitting, cancellationToken);
        if (spend is not null && double.IsNaN(spend.MeanAmount))
            spend = spend with { MeanAmount = observed.MeanDay };
        var predictor = new LifetimePredictor(new LifetimeModel(purchases, spend), asOf, options);
        return new LifetimeResult(predictor, Told(checkedReport, predictor.Model, observed, options, cancellationToken));
    }

    /// <summary>Chooses on the time before the holdout, measures in it.</summary>
    private static (LifetimeReport Report, PurchaseModelKind? Kind) Check(
        LifetimeReport report, OrderLedger ledger, ObservedPurchases observed, LifetimeOptions options, PurchaseFitOptions fitting, CancellationToken cancellationToken)
    {
        var days = observed.EndDay - observed.FirstDay + 1;
        var heldOut = Math.Min(options.HorizonDays, days / 3);
        var end = report.AsOf.AddDays(-heldOut);
        if (days < options.MinimumHistoryDays || LedgerPurchases.Of(ledger, end, report.AsOf) is not { } before || before.Histories.Count < options.MinimumCustomers)
            return (report with { Reason = LifetimeWords.Unmeasured(options.MinimumHistoryDays, options.MinimumCustomers) }, null);

        var weeks = before.LaterDays / (double)ObservedPurchases.DaysPerWeek;
        var choice = PurchaseChoice.Of(before.Histories, fitting, before.Later, weeks, cancellationToken);
        var model = choice.Chosen.Model;
        var check = HoldoutCheck.Of(model, before.Histories, before.Later, weeks);
        var (modelLosses, naiveLosses) = (new double[before.Later.Length], new double[before.Later.Length]);
        var naiveTotal = 0.0;
        for (var i = 0; i < modelLosses.Length; i++)
        {
            var history = before.Histories[i];
            var naive = history.Age > 0 ? history.Repeats / history.Age * weeks : 0;
            naiveTotal += naive;
            modelLosses[i] = Square(model.ExpectedOrders(history, weeks) - before.Later[i]);
            naiveLosses[i] = Square(naive - before.Later[i]);
        }

        var gain = PairedInterval.OfGain(naiveLosses, modelLosses, options.Seed, options.GainLevel, cancellationToken);
        var published = gain.Lower > 0;
        report = report with
        {
            Published = published,
            Reason = published ? LifetimeWords.Better(gain) : LifetimeWords.NotBetter(gain),
            ChoiceReason = choice.Reason,
            HoldoutDays = before.LaterDays,
            Figures = new LifetimeFigures(check.MeanAbsoluteError, check.RootMeanSquaredError, check.ExpectedTotal),
            Naive = new LifetimeFigures(check.NaiveMeanAbsoluteError, check.NaiveRootMeanSquaredError, naiveTotal),
            Gain = new GainInterval(gain.Mean, gain.Lower, gain.Upper, gain.Level),
        };
        return (report, choice.Chosen.Asked);

        static double Square(double error) => error * error;
    }

    private static LifetimeReport Told(LifetimeReport report, LifetimeModel model, ObservedPurchases observed, LifetimeOptions options, CancellationToken cancellationToken)
    {
        var forecasting = LifetimePredictor.Forecasting(options);
        var (purchases, spend) = (model.Purchases, model.Spend);
        var forecasts = new LifetimeForecast(purchases.Model, spend, forecasting).All(observed.Histories, cancellationToken);
        var (orders, value) = TotalForecasting.Of(purchases, spend, observed.Histories, forecasting, forecasts);
        var suits = RepeatCountFit.Of(purchases.Model, observed.Histories);
        return report with
        {
            Model = PurchaseModelNames.Name(purchases.Model.Kind),
            Identifiable = purchases.Identifiable,
            Customers = observed.Histories.Count,
            Parameters = new Dictionary<string, double>(purchases.Model.Parameters, StringComparer.Ordinal),
            LogLikelihood = purchases.LogLikelihood,
            Spend = spend?.Model is { } gammas ? new LifetimeSpend(gammas.P, gammas.Q, gammas.Gamma, Known(spend.Correlation)) : null,
            Misplaced = suits.Distance,
            Orders = new LifetimeTotal(orders.Expected, Known(orders.Low), Known(orders.High)),
            Value = double.IsNaN(value.Expected) ? null : new LifetimeTotal(value.Expected, Known(value.Low), Known(value.High)),
            Warnings =
            [
                .. purchases.Identifiable && purchases.Converged ? [] : (Learning.Explanation.Bilingual[])[purchases.Outcome],
                .. model.Warnings,
                .. suits.Warning is { } poor ? (Learning.Explanation.Bilingual[])[poor] : [],
            ],
        };

        static double? Known(double figure) => double.IsFinite(figure) ? figure : null;
    }
}
