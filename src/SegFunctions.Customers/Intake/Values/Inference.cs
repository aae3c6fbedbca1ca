namespace SegFunctions.Customers.Intake.Values;

/// <summary>An answer about a column, how certain it is, and why.</summary>
/// <param name="Value">The answer; what most values demand when it is impossible, undecided when it is ambiguous.</param>
/// <param name="Evidence">Counts and examples, in words, for the report.</param>
public readonly record struct Inference<T>(Certainty Certainty, T Value, string Evidence);
