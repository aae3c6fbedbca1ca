namespace SegFunctions.Learning.Evaluation;

/// <summary>A figure and its interval.</summary>
public readonly record struct Estimate(double Value, double Lower, double Upper);
