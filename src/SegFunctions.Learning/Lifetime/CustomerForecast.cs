namespace SegFunctions.Learning.Lifetime;

/// <summary>What is expected of one customer over the horizon.</summary>
/// <param name="Alive">Probability of not having dropped out.</param>
/// <param name="Orders">Expected orders.</param>
/// <param name="Amount">Expected amount of an order; NaN when no amounts are known.</param>
/// <param name="Value">Expected amount of those orders, each discounted from when it is expected; NaN when no amounts are known.</param>
public readonly record struct CustomerForecast(double Alive, double Orders, double Amount, double Value);

/// <summary>
/// Between what the customer's own orders and their discounted amount will fall with the level's probability, when the model and its
/// parameters are right: the chance in one customer's future, not the uncertainty of the fit.
/// </summary>
/// <param name="OrdersLow">Whole orders.</param>
/// <param name="ValueLow">NaN when no amounts are known.</param>
public readonly record struct CustomerRange(double OrdersLow, double OrdersHigh, double ValueLow, double ValueHigh);

/// <summary>
/// A sum over customers with the interval in which it would fall, at the level's probability, were the parameters others that the data
/// allow (delta method on the logarithms of the parameters): the uncertainty of the fit, not the chance in single futures, nor that
/// of a wrong model.
/// </summary>
public readonly record struct TotalForecast(double Expected, double Low, double High);
