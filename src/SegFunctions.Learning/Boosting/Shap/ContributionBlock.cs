namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Takes the contributions of some rows that follow each other.</summary>
/// <param name="firstRow">The first of them, counted from 0.</param>
/// <param name="contributions">Row after row as <see cref="TreeExplainer"/> lays them out; another block overwrites them.</param>
public delegate void ContributionBlock(int firstRow, ReadOnlySpan<double> contributions);
