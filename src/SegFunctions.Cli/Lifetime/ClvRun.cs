using System.Globalization;
using SegFunctions.Customers.Predictions.Lifetime;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Cli.Lifetime;

/// <summary>One run of <c>clv</c>: a file of orders read, models fitted, checked and used.</summary>
internal sealed class ClvRun
{
    private const double DaysPerYear = 365.25;

    private ClvRun(ClvResult result) => Result = result;

    public ClvResult Result { get; }

    public required string File { get; init; }

    public required PurchaseFile Orders { get; init; }

    public required ObservedPurchases Observed { get; init; }

    public required PurchaseFit Purchases { get; init; }

    /// <summary>Every model that was tried, when one was to be chosen.</summary>
    public required IReadOnlyList<PurchaseFit> Tried { get; init; }

    /// <summary>Why this model.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Null without amounts.</summary>
    public required SpendFit? Spend { get; init; }

    /// <summary>Of the customers in <see cref="Observed"/>, in order.</summary>
    public required CustomerForecast[] Forecasts { get; init; }

    public required TotalForecast TotalOrders { get; init; }

    public required TotalForecast TotalValue { get; init; }

    public required RepeatCountFit Suits { get; init; }

    /// <summary>Null when nothing lies after the end of the calibration.</summary>
    public required HoldoutCheck? Holdout { get; init; }

    public required IReadOnlyList<TrackingStep> Tracking { get; init; }

    public required ClvRequest Request { get; init; }

    /// <exception cref="CommandFailedException">The file holds no orders that can be used; the message says why.</exception>
    public static async Task<ClvRun> RunAsync(ClvRequest request, Action<string> note, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(request.File);
        var orders = await ReadAsync(request, cancellationToken);
        note(string.Create(CultureInfo.InvariantCulture, $"{orders.Log.Orders} orders of {orders.Log.Customers} customers read"));
        return await Task.Run(() => Of(request, name, orders, note, cancellationToken), cancellationToken);
    }

    private static async Task<PurchaseFile> ReadAsync(ClvRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await PurchaseFile.ReadAsync(request.File, new PurchaseFileOptions { Customer = request.Customer, Date = request.Date, Amount = request.Amount }, cancellationToken);
        }
        catch (PurchaseColumnsException unclear)
        {
            throw new CommandFailedException(unclear.Message, unclear);
        }
    }

    private static ClvRun Of(ClvRequest request, string name, PurchaseFile orders, Action<string> note, CancellationToken cancellationToken)
    {
        if (orders.Log.LastDay is not { } lastDay)
            throw new CommandFailedException($"{name} holds no order that can be used: {string.Join("; ", orders.Refused.Select(refused => ClvWarnings.Refused(refused, orders.Columns).En))}");
        var end = request.CalibrationEnd is { } asked ? asked.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : lastDay;
        ObservedPurchases observed;
        try
        {
            observed = orders.Log.UpTo(end, lastDay);
        }
        catch (InvalidOperationException empty)
        {
            throw new CommandFailedException($"{name} holds no order on or before --calibration-end {ClvWords.Day(end)}; its orders lie up to {ClvWords.Day(lastDay)}. Name a later day.", empty);
        }

        var histories = observed.Histories;
        // Nobody had a day to come back: any figure would be made up.
        if (observed.FirstDay == observed.EndDay)
            throw new CommandFailedException($"{name}: the first order of every customer is on {ClvWords.Day(observed.EndDay)}, where observation ends, so nobody had time to order again and nothing can be learned. {(lastDay > end ? "Name a later --calibration-end." : "Name a file of more days.")}");
        var laterWeeks = observed.LaterDays / (double)ObservedPurchases.DaysPerWeek;
        var (purchases, tried, reason) = FitOrders(request, observed, laterWeeks, cancellationToken);
        note($"{PurchaseModelNames.Title(purchases.Model.Kind)}: {purchases.Outcome.En}");
        var spend = histories.Spend.IsEmpty ? null : WithMean(SpendFitting.Fit(histories, new PurchaseFitOptions(), cancellationToken), observed.MeanDay);
        var options = new ForecastOptions
        {
            Horizon = request.HorizonDays / (double)ObservedPurchases.DaysPerWeek,
            AnnualDiscount = request.Discount,
            UnitsPerYear = DaysPerYear / ObservedPurchases.DaysPerWeek,
        };
        var forecasts = new LifetimeForecast(purchases.Model, spend, options).All(histories, cancellationToken);
        var (totalOrders, totalValue) = TotalForecasting.Of(purchases, spend, histories, options, forecasts);
        var suits = RepeatCountFit.Of(purchases.Model, histories);
        var holdout = observed.LaterDays > 0 ? HoldoutCheck.Of(purchases.Model, histories, observed.Later, laterWeeks) : null;
        var warnings = ClvWarnings.Of(orders, observed, purchases, spend, suits);
        return new ClvRun(new ClvResult(
            PurchaseModelNames.Name(purchases.Model.Kind),
            "weeks",
            new Dictionary<string, double>(purchases.Model.Parameters, StringComparer.Ordinal),
            purchases.LogLikelihood,
            spend?.Model is { } model ? new ClvSpend(model.P, model.Q, model.Gamma, spend.LogLikelihood, double.IsNaN(spend.Correlation) ? null : spend.Correlation) : null,
            histories.Count,
            purchases.Identifiable,
            new ClvExpected(request.HorizonDays, options.Level, SumOf(totalOrders)!, SumOf(totalValue)),
            holdout is null ? null : new ClvHoldout(observed.LaterDays, holdout.ActualTotal, holdout.ExpectedTotal, holdout.MeanAbsoluteError, holdout.NaiveMeanAbsoluteError, holdout.RootMeanSquaredError, holdout.NaiveRootMeanSquaredError, double.IsNaN(holdout.Correlation) ? null : holdout.Correlation, holdout.BeatsNaive),
            warnings))
        {
            File = name,
            Request = request,
            Orders = orders,
            Observed = observed,
            Purchases = purchases,
            Tried = tried,
            Reason = reason,
            Spend = spend,
            Forecasts = forecasts,
            TotalOrders = totalOrders,
            TotalValue = totalValue,
            Suits = suits,
            Holdout = holdout,
            Tracking = TrackingPlot.Of(purchases.Model, observed.FirstOrders, observed.RepeatOrders, observed.EndDay - observed.FirstDay + 1, ObservedPurchases.DaysPerWeek),
        };
    }

    /// <summary>Null where no amounts are known; without ends where the fit leaves none.</summary>
    private static ClvSum? SumOf(TotalForecast total) =>
        double.IsNaN(total.Expected) ? null : new ClvSum(total.Expected, double.IsFinite(total.Low) ? total.Low : null, double.IsFinite(total.High) ? total.High : null);

    private static (PurchaseFit Fit, IReadOnlyList<PurchaseFit> Tried, Bilingual Reason) FitOrders(ClvRequest request, ObservedPurchases observed, double laterWeeks, CancellationToken cancellationToken)
    {
        if (request.Kind is { } kind)
        {
            var fit = PurchaseFitting.Fit(observed.Histories, new PurchaseFitOptions { Model = kind }, cancellationToken);
            return (fit, [fit], fit.Identifiable ? ClvWords.AskedFor(kind) : fit.Outcome);
        }

        var choice = PurchaseChoice.Of(observed.Histories, new PurchaseFitOptions(), observed.LaterDays > 0 ? observed.Later : [], laterWeeks, cancellationToken);
        return (choice.Chosen, choice.Fits, choice.Reason);
    }

    /// <summary>Where no repeat order has an amount, the mean over all days with orders stands in.</summary>
    private static SpendFit WithMean(SpendFit spend, double meanDay) => double.IsNaN(spend.MeanAmount) ? spend with { MeanAmount = meanDay } : spend;
}
