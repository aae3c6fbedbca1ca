using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Customers.Predictions;

/// <summary>A gain over the baseline with its interval, paired over customers; above 0 the model is better.</summary>
/// <param name="Level">Coverage, 0.95 for 95 %.</param>
public sealed record GainInterval(double Mean, double Lower, double Upper, double Level)
{
    public static GainInterval Of(PairedInterval gain) => new(gain.Mean, gain.Lower, gain.Upper, gain.Level);
}
