namespace SegFunctions.Customers.Predictions;

/// <summary>A gain over the baseline with its interval, paired over customers; above 0 the model is better.</summary>
/// <param name="Level">Coverage, 0.95 for 95 %.</param>
public sealed record GainInterval(double Mean, double Lower, double Upper, double Level);
