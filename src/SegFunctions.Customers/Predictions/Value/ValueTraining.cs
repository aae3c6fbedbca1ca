using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>What training ended with; no model is a result, and the report says why.</summary>
public sealed record ValueResult(ValueModel? Model, ValueReport Report);

/// <summary>
/// Chooses a model of orders by what came before the last origin, checks on the horizon after it what it expected of each customer, and
/// fits it anew on everything, with a model of amounts.
/// </summary>
/// <remarks>
/// The model is used when the lower end of the interval of its gain in squared error over the <see cref="ShrunkenRate"/> is above 0, else
/// that rate is: an expectation is what makes the squared error least. That everybody goes on at the own rate is no forecast to serve,
/// as orders ÷ a short time promise the earth and one-time buyers nothing; its errors are reported beside. The same order days, options
/// and seed give the same bytes on any number of threads.
/// </remarks>
public static class ValueTraining
{
    internal const string None = "none";

    private const double MediumShare = 0.5;
    private const double HighShare = 0.8;

    /// <param name="today">Of all customers.</param>
    /// <param name="origin">The same one horizon ago, with what came after; null where the history is too short.</param>
    /// <param name="horizonDays">Days between the two.</param>
    /// <exception cref="ArgumentException">Options are out of range; all are listed.</exception>
    public static ValueResult Fit(OrderDays today, OrderDays? origin, int? horizonDays, ValueOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(today);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var report = new ValueReport
        {
            Model = None,
            Published = false,
            Reason = ValueWords.TooShort,
            ValueDays = options.ValueDays,
            AnnualDiscount = options.AnnualDiscount,
            IntervalLevel = options.IntervalLevel,
            Customers = today.Customers,
        };
        if (origin is null || horizonDays is not { } days)
            return new ValueResult(null, report);
        var (then, rows) = origin.Histories();
        if (then is null || then.Count < options.MinimumCustomers)
            return new ValueResult(null, report with { Reason = ValueWords.TooFew(rows.Length, options.MinimumCustomers) });

        var fitOptions = new PurchaseFitOptions { Threads = options.Threads };
        var choice = PurchaseChoice.Of(then, fitOptions, cancellationToken: cancellationToken);
        var rateOptions = fitOptions with { Model = PurchaseModelKind.Nbd };
        var check = Check(choice.Chosen.Model, PurchaseFitting.Fit(then, rateOptions, cancellationToken).Model, then, origin, rows, days, options, cancellationToken);
        var now = today.Histories().Histories!;
        var fit = PurchaseFitting.Fit(now, fitOptions with { Model = choice.Chosen.Asked }, cancellationToken);
        var rate = PurchaseFitting.Fit(now, rateOptions, cancellationToken).Model;
        var lifetime = new LifetimeModel(fit, SpendFitting.Fit(now, fitOptions, cancellationToken));
        var published = check.Gain.Lower > 0;
        report = report with
        {
            Model = PurchaseModelNames.Name(published ? fit.Model.Kind : PurchaseModelKind.Nbd),
            Published = published,
            Reason = ValueWords.Outcome(published, choice.Chosen.Model.Kind, check),
            Identifiable = published && fit.Identifiable,
            Choice = choice.Reason,
            Parameters = [.. fit.Model.Parameters.Select(one => new ModelParameter(one.Key, one.Value))],
            Spend = lifetime.Spend?.Model is { } spend ? [new("p", spend.P), new("q", spend.Q), new("gamma", spend.Gamma)] : [],
            Warnings = [.. fit.Converged ? [] : new[] { fit.Outcome }, .. lifetime.Warnings],
            Rate = ShrunkenRate.Of(rate, fit.Model, now, options.ValueDays / OrderDays.DaysPerWeek),
            Check = check,
            NextOrder = CheckNextOrder(choice.Chosen.Model, then, now, origin, rows, days, options, cancellationToken),
        };
        return WithBands(report, lifetime, now, options, cancellationToken);
    }

    private static ValueResult WithBands(ValueReport report, LifetimeModel lifetime, PurchaseHistories now, ValueOptions options, CancellationToken cancellationToken)
    {
        var model = new ValueModel(report, lifetime);
        var values = model.Values(now, options.Threads, cancellationToken);
        if (values.Any(value => !double.IsFinite(value)))
            return new ValueResult(model, report);
        var sorted = values.Select(ValueModel.Rounded).Order().ToArray();
        report = report with
        {
            MediumValue = sorted[(int)(MediumShare * (sorted.Length - 1))],
            HighValue = sorted[(int)(HighShare * (sorted.Length - 1))],
            TotalValue = Math.Round(values.Sum(), 2),
        };
        return new ValueResult(new ValueModel(report, lifetime), report);
    }

    private static ValueCheck Check(
        PurchaseModel model, PurchaseModel rate, PurchaseHistories histories, OrderDays origin, int[] rows, int days, ValueOptions options, CancellationToken cancellationToken)
    {
        var weeks = days / OrderDays.DaysPerWeek;
        var later = Array.ConvertAll(rows, origin.Later);
        var figures = HoldoutCheck.Of(model, histories, later, weeks);
        var gains = new double[rows.Length];
        var (promised, square) = (0.0, 0.0);
        for (var i = 0; i < gains.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var orders = rate.ExpectedOrders(histories[i], weeks);
            gains[i] = Square(orders - later[i]) - Square(model.ExpectedOrders(histories[i], weeks) - later[i]);
            promised += orders;
            square += Square(orders - later[i]);
        }

        return new ValueCheck(
            origin.AsOf,
            days,
            rows.Length,
            figures.ExpectedTotal,
            promised,
            later.Sum(orders => (long)orders),
            figures.MeanAbsoluteError,
            figures.NaiveMeanAbsoluteError,
            Square(figures.RootMeanSquaredError),
            square / gains.Length,
            Square(figures.NaiveRootMeanSquaredError),
            double.IsFinite(figures.Correlation) ? figures.Correlation : null,
            Interval(gains, options, cancellationToken));
    }

    private static NextOrderCheck CheckNextOrder(
        PurchaseModel model, PurchaseHistories then, PurchaseHistories now, OrderDays origin, int[] rows, int days, ValueOptions options, CancellationToken cancellationToken)
    {
        var usual = NaiveForecast.UsualGapDays(then, days);
        var usualNow = NaiveForecast.UsualGapDays(now, days);
        var errors = new List<double>();
        var naive = new List<double>();
        for (var i = 0; i < rows.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (origin.Later(rows[i]) == 0)
                continue;
            var actual = origin.DaysToNext(rows[i]);
            errors.Add(Math.Abs(NextOrderDay.Median(model, then[i], days) - actual));
            naive.Add(Math.Abs(NaiveForecast.DaysToNext(then[i], usual, days) - actual));
        }

        if (errors.Count < options.MinimumCustomers)
            return new NextOrderCheck(false, ValueWords.TooFewOrdered(errors.Count, options.MinimumCustomers), days, errors.Count, null, null, null, usualNow);
        var gain = Interval([.. naive.Zip(errors, (baseline, error) => baseline - error)], options, cancellationToken);
        var (error, naiveError) = (errors.Average(), naive.Average());
        return new NextOrderCheck(gain.Lower > 0, ValueWords.NextOrder(gain, error, naiveError), days, errors.Count, error, naiveError, gain, usualNow);
    }

    private static GainInterval Interval(double[] gains, ValueOptions options, CancellationToken cancellationToken)
    {
        var gain = PairedInterval.Of(gains, options.Seed, options.Level, threads: options.Threads, cancellationToken: cancellationToken);
        return new GainInterval(gain.Mean, gain.Lower, gain.Upper, gain.Level);
    }

    private static double Square(double value) => value * value;
}
