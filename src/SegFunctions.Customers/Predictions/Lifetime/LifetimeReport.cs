using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>What was tried to tell future orders and value, how good it is, and what is used.</summary>
public sealed record LifetimeReport
{
    /// <summary><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, <c>nbd</c> (no drop-out identifiable), or <c>none</c> when there are no orders.</summary>
    public required string Model { get; init; }

    /// <summary>True when the model surely foretold orders better than each customer's own rate, on orders it had not seen.</summary>
    public required bool Published { get; init; }

    /// <summary>Why it is published or not, in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Why this model among those tried, in words; null without any.</summary>
    public Bilingual? ChoiceReason { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AsOf { get; init; }

    public required int HorizonDays { get; init; }

    /// <summary>A year.</summary>
    public required double Discount { get; init; }

    /// <summary>The data tell when customers drop out.</summary>
    public bool Identifiable { get; init; }

    public int Customers { get; init; }

    /// <summary>Of the model, by the names of the papers; times in weeks.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public double? LogLikelihood { get; init; }

    /// <summary>Of the Gamma-Gamma model of spend; null when no repeat order has an amount.</summary>
    public LifetimeSpend? Spend { get; init; }

    /// <summary>Days at the end of the history that the check kept from the fit; null when the history is too short.</summary>
    public int? HoldoutDays { get; init; }

    public LifetimeFigures? Figures { get; init; }

    /// <summary>The same of the naive forecast: every customer goes on at the own rate.</summary>
    public LifetimeFigures? Naive { get; init; }

    /// <summary>Squared error of the naive forecast less that of the model, a customer; above 0 the model is better.</summary>
    public GainInterval? Gain { get; init; }

    /// <summary>Share of the customers at another number of repeat orders than the model has them.</summary>
    public double? Misplaced { get; init; }

    /// <summary>Expected orders of all customers in the horizon, with the interval of the fit's uncertainty.</summary>
    public LifetimeTotal? Orders { get; init; }

    /// <summary>Their value; null when no amounts are known.</summary>
    public LifetimeTotal? Value { get; init; }

    public IReadOnlyList<Bilingual> Warnings { get; init; } = [];
}

/// <summary>Errors of expected orders on the held-out time.</summary>
/// <param name="Error">Mean absolute error a customer.</param>
/// <param name="SquaredError">Root of the mean squared error.</param>
/// <param name="Total">Orders expected in all.</param>
public sealed record LifetimeFigures(double Error, double SquaredError, double Total);

/// <summary>The model of spend.</summary>
/// <param name="Correlation">Of the number of repeat orders and their mean amount; null when either does not vary.</param>
public sealed record LifetimeSpend(double P, double Q, double Gamma, double? Correlation);

/// <summary>A total with its interval; null ends when the fit has no covariance.</summary>
public sealed record LifetimeTotal(double Expected, double? Lower, double? Upper);
