using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Lifetime;

/// <summary>What <c>clv --json</c> prints.</summary>
/// <param name="Model"><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, or <c>nbd</c> where no drop-out is identifiable.</param>
/// <param name="Unit">Of times in the parameters: weeks.</param>
/// <param name="Params">By the names of the papers.</param>
/// <param name="GammaGamma">Null when no repeat order has an amount.</param>
/// <param name="Customers">With a first order on or before the end of the calibration.</param>
/// <param name="Identifiable">The data tell when customers drop out.</param>
/// <param name="Warnings">What a person should know before using the figures.</param>
internal sealed record ClvResult(
    string Model,
    string Unit,
    IReadOnlyDictionary<string, double> Params,
    double LogLikelihood,
    ClvSpend? GammaGamma,
    int Customers,
    bool Identifiable,
    IReadOnlyList<Bilingual> Warnings);

/// <summary>The model of spend.</summary>
/// <param name="Correlation">Of the number of repeat orders and their mean amount; null when either does not vary.</param>
internal sealed record ClvSpend(double P, double Q, double Gamma, double LogLikelihood, double? Correlation);
