namespace SegFunctions.Learning.Linear;

/// <summary>A coefficient and how far it may be off.</summary>
/// <param name="Value">Change of the log-odds per unit of the column.</param>
/// <param name="Level">Coverage aimed at, 0.95 for 95 %.</param>
public readonly record struct CoefficientInterval(double Value, double Lower, double Upper, double Level);
