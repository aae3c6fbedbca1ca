using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>How orders and value to come are told, how good that is, and what is used.</summary>
public sealed record ValueReport
{
    /// <summary><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, <c>nbd</c> (a rate between the own one and everybody's, <see cref="Rate"/>) or <c>none</c>.</summary>
    public required string Model { get; init; }

    /// <summary>True when a model of who drops out is surely better than <see cref="Rate"/>, and so is the one used.</summary>
    public required bool Published { get; init; }

    /// <summary>Why this is used, in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Days over which orders are expected and value is summed.</summary>
    public required int ValueDays { get; init; }

    /// <summary>What money loses in value in a year.</summary>
    public required double AnnualDiscount { get; init; }

    /// <summary>Probability that a customer's interval of value is meant to hold.</summary>
    public required double IntervalLevel { get; init; }

    /// <summary>Whether it can be seen that customers drop out for good; where not, nobody has a probability of being active.</summary>
    public bool Identifiable { get; init; }

    /// <summary>How the model was chosen, in words.</summary>
    public Bilingual? Choice { get; init; }

    /// <summary>Of the model that was tried, by the names of the papers; times in weeks.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; init; } = [];

    /// <summary>Of the Gamma-Gamma model of amounts: p, q, gamma; empty without.</summary>
    public IReadOnlyList<ModelParameter> Spend { get; init; } = [];

    /// <summary>What to beware of, in words.</summary>
    public IReadOnlyList<Bilingual> Warnings { get; init; } = [];

    /// <summary>Customers with a purchase, who were learned from.</summary>
    public int Customers { get; init; }

    /// <summary>The rate that the model is measured against, and that is used where none is surely better; null where the history is too short.</summary>
    public ShrunkenRate? Rate { get; init; }

    /// <summary>The check on a time not learned from; null where the history is too short.</summary>
    public ValueCheck? Check { get; init; }

    /// <summary>How well the day of the next order is told.</summary>
    public NextOrderCheck? NextOrder { get; init; }

    /// <summary>Half of the customers with a purchase are worth no more; null without values.</summary>
    public double? MediumValue { get; init; }

    /// <summary>Four fifths of the customers with a purchase are worth no more.</summary>
    public double? HighValue { get; init; }

    /// <summary>Sum of the value of all customers.</summary>
    public double? TotalValue { get; init; }
}

/// <param name="Name">As the papers have it.</param>
public sealed record ModelParameter(string Name, double Value);

/// <summary>Orders of the last horizon as they were expected before it, and as they came.</summary>
/// <param name="Origin">UTC; learned before, measured from here on.</param>
/// <param name="Customers">Customers with a purchase before it.</param>
/// <param name="ExpectedOrders">Order days expected of all of them.</param>
/// <param name="RateOrders">Order days expected of all of them by the rate drawn towards everybody's.</param>
/// <param name="ActualOrders">Order days that came.</param>
/// <param name="AbsoluteError">Mean absolute error of a customer's order days.</param>
/// <param name="NaiveAbsoluteError">The same when everybody goes on at the own rate.</param>
/// <param name="SquaredError">Mean squared error, which an expectation is to make least.</param>
/// <param name="RateSquaredError">The same by the rate drawn towards everybody's.</param>
/// <param name="NaiveSquaredError">The same when everybody goes on at the own rate.</param>
/// <param name="Correlation">Of expected and actual order days; null where either does not vary.</param>
/// <param name="Gain">Squared error of the rate less that of the model.</param>
public sealed record ValueCheck(
    DateTime Origin, int HorizonDays, int Customers, double ExpectedOrders, double RateOrders, double ActualOrders,
    double AbsoluteError, double NaiveAbsoluteError, double SquaredError, double RateSquaredError, double NaiveSquaredError, double? Correlation, GainInterval Gain);

/// <summary>Days by which the next order came earlier or later than told, over the customers who ordered within the horizon.</summary>
/// <param name="Published">True when the model is surely better than last order + usual gap; else that is used.</param>
/// <param name="HorizonDays">A day is told where an order within so many days is likelier than not.</param>
/// <param name="AbsoluteError">Mean, in days.</param>
/// <param name="NaiveAbsoluteError">The same of last order + usual gap.</param>
public sealed record NextOrderCheck(
    bool Published, Bilingual Reason, int HorizonDays, int Customers, double? AbsoluteError, double? NaiveAbsoluteError, GainInterval? Gain, double UsualGapDays);
