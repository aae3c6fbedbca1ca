using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Lifetime;

/// <summary>What <c>clv --json</c> prints.</summary>
/// <param name="Model"><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, or <c>nbd</c> where no drop-out is identifiable.</param>
/// <param name="Unit">Of times in the parameters: weeks.</param>
/// <param name="Params">By the names of the papers.</param>
/// <param name="GammaGamma">Null when no repeat order has an amount.</param>
/// <param name="Customers">With a first order on or before the end of the calibration.</param>
/// <param name="Identifiable">The data tell when customers drop out.</param>
/// <param name="Expected">Over all customers.</param>
/// <param name="Holdout">Null when nothing lies after the end of the calibration.</param>
/// <param name="Warnings">What a person should know before using the figures.</param>
internal sealed record ClvResult(
    string Model,
    string Unit,
    IReadOnlyDictionary<string, double> Params,
    double LogLikelihood,
    ClvSpend? GammaGamma,
    int Customers,
    bool Identifiable,
    ClvExpected Expected,
    ClvHoldout? Holdout,
    IReadOnlyList<Bilingual> Warnings);

/// <summary>The model of spend.</summary>
/// <param name="Correlation">Of the number of repeat orders and their mean amount; null when either does not vary.</param>
internal sealed record ClvSpend(double P, double Q, double Gamma, double LogLikelihood, double? Correlation);

/// <summary>What all customers together are expected to order and to bring.</summary>
/// <param name="Level">With which the fit's uncertainty leaves the sums within their ends.</param>
/// <param name="Value">Discounted; null where no amounts are known.</param>
internal sealed record ClvExpected(int HorizonDays, double Level, ClvSum Orders, ClvSum? Value);

/// <summary>A sum and its interval; the ends are null where there is none.</summary>
internal sealed record ClvSum(double Value, double? Lower, double? Upper);

/// <summary>What came after the end of the calibration, and what the model and each customer's own rate had expected.</summary>
/// <param name="Days">After the end.</param>
/// <param name="Correlation">Null when either does not vary.</param>
/// <param name="BeatsNaive">The model is closer in both errors.</param>
internal sealed record ClvHoldout(
    int Days,
    double ActualOrders,
    double ExpectedOrders,
    double MeanAbsoluteError,
    double NaiveMeanAbsoluteError,
    double RootMeanSquaredError,
    double NaiveRootMeanSquaredError,
    double? Correlation,
    bool BeatsNaive);
