namespace SegFunctions.Learning.Evaluation.Splits;

/// <summary>Rows to learn from and rows to measure on, both ascending, none in both.</summary>
public sealed record Split(int[] Train, int[] Test);
