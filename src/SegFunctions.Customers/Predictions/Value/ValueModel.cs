using System.Text.Json;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>What is expected of one customer.</summary>
/// <param name="Alive">Probability of still being a customer; null where it cannot be seen that customers drop out.</param>
/// <param name="Orders">Expected order days in <see cref="ValueReport.ValueDays"/>.</param>
/// <param name="Value">Their expected amount, discounted; null where no amounts are known.</param>
/// <param name="Low">Lower end of the interval of what this customer will bring; null where no amounts are known.</param>
/// <param name="High">Upper end.</param>
/// <param name="NextOrder">UTC day of the next order; null where none is expected soon.</param>
/// <param name="Reasons">In words; never empty. With a next order, the last one tells of it.</param>
public sealed record ValueScore(
    double? Alive, double Orders, double? Value, double? Low, double? High, ValueBand? Band, DateTime? NextOrder, IReadOnlyList<Bilingual> Reasons)
{
    /// <summary>The same without a word on the day of the next order, where something else that is known speaks against one.</summary>
    public ValueScore WithoutNextOrder() => NextOrder is null ? this : this with { NextOrder = null, Reasons = [.. Reasons.SkipLast(1)] };
}

/// <summary>Tells orders and value to come.</summary>
/// <remarks>Immutable, safe for many threads. A score depends on the one customer alone.</remarks>
public sealed class ValueModel
{
    private const int Significant = 3;
    private const double LikelierThanNot = 0.5;

    private readonly LifetimeModel _lifetime;
    private readonly LifetimeForecast _forecast;

    internal ValueModel(ValueReport report, LifetimeModel lifetime)
    {
        Report = report;
        _lifetime = lifetime;
        _forecast = Forecast(threads: 1);
    }

    /// <summary>How good it is, and why it is used.</summary>
    public ValueReport Report { get; }

    /// <summary>What is expected of a customer; null for one who has not bought anything.</summary>
    public ValueScore? Score(OrderDays customers, int row)
    {
        ArgumentNullException.ThrowIfNull(customers);
        if (customers.Repeats(row) == OrderDays.None)
            return null;
        var history = customers.History(row);
        var next = NextOrder(history);
        var nextDay = next is { } days ? customers.AsOf.Date.AddDays(Math.Max(0, Math.Round(days))) : (DateTime?)null;
        var amount = _lifetime.Spend?.ExpectedAmount(history.Repeats, customers.Spend(row)) ?? double.NaN;
        List<Bilingual> reasons = [ValueWords.Habit(history)];
        if (double.IsFinite(amount))
            reasons.Add(ValueWords.Amount(Rounded(amount)));
        if (next is { } wait && Report.NextOrder is { } check)
            reasons.Add(check.Published ? ValueWords.Wait(check.HorizonDays, wait) : ValueWords.UsualWait);
        var forecast = _forecast.Of(history, customers.Spend(row));
        var range = _forecast.RangeOf(history, customers.Spend(row));
        var value = Shown(forecast.Value);
        return new ValueScore(
            Report.Identifiable ? forecast.Alive : null, forecast.Orders, value, Shown(range.ValueLow), Shown(range.ValueHigh), BandOf(value), nextDay, reasons);
    }

    /// <summary>Writes the model: its report as JSON, its numbers as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.ValueReport);
        _lifetime.Save(numbers);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The streams hold no such model, a newer version, or a damaged one.</exception>
    public static ValueModel Load(Stream report, Stream numbers)
    {
        try
        {
            var read = JsonSerializer.Deserialize(report, CustomersJson.Default.ValueReport) ?? throw new InvalidDataException("The stored report of customer value is empty. Train the model again by a refresh.");
            if (read is { Published: false, Rate: null })
                throw new InvalidDataException("The stored report of customer value is of an earlier version, whose forecast is no longer used. Train the model again by a refresh.");
            return new ValueModel(read, LifetimeModel.Load(numbers));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored report of customer value is damaged: {exception.Message} Train the model again by a refresh.", exception);
        }
    }

    /// <summary>To so many digits as mean something: what a forecast differs by from run to run is mostly less.</summary>
    internal static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var digits = Significant - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits >= 0)
            return Math.Round(value, Math.Min(digits, 15), MidpointRounding.AwayFromZero);
        var unit = Math.Pow(10, -digits);
        return Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    /// <summary>The value of each customer, NaN where no amounts are known.</summary>
    internal double[] Values(PurchaseHistories histories, int? threads, CancellationToken cancellationToken) =>
        Array.ConvertAll(Forecast(threads).All(histories, cancellationToken), forecast => forecast.Value);

    private double Weeks => Report.ValueDays / OrderDays.DaysPerWeek;

    private LifetimeForecast Forecast(int? threads)
    {
        var options = new ForecastOptions { Horizon = Weeks, AnnualDiscount = Report.AnnualDiscount, Level = Report.IntervalLevel, Threads = threads };
        return Report is { Published: false, Rate: { } rate }
            ? rate.Forecast(_lifetime.Spend, options)
            : new LifetimeForecast(_lifetime.Purchases.Model, _lifetime.Spend, options);
    }

    /// <summary>Days to the next order, where one within the horizon is likelier than not.</summary>
    private double? NextOrder(PurchaseHistory history)
    {
        if (Report.NextOrder is not { } check || NextOrderDay.Within(_lifetime.Purchases.Model, history, check.HorizonDays) < LikelierThanNot)
            return null;
        return check.Published
            ? NextOrderDay.Median(_lifetime.Purchases.Model, history, check.HorizonDays)
            : NaiveForecast.DaysToNext(history, check.UsualGapDays, check.HorizonDays);
    }

    private ValueBand? BandOf(double? value)
    {
        if (value is not { } known || Report.HighValue is not { } high || Report.MediumValue is not { } medium)
            return null;
        return known > high ? ValueBand.High : known > medium ? ValueBand.Medium : ValueBand.Low;
    }

    private static double? Shown(double value) => double.IsFinite(value) ? Rounded(value) : null;
}
