namespace SegFunctions.Learning.Explanation;

/// <summary>How far a cluster stands from all other rows in a column of numbers.</summary>
/// <remarks>
/// Rows without the value are left out. A skewed column is compared as asinh((x − median) / (IQR / 1.349)): linear about the
/// middle, logarithmic in the tails, and defined for every sign; so one enormous order moves nothing.
/// </remarks>
/// <param name="Column">Name of the column.</param>
/// <param name="Difference">
/// Mean of the cluster less mean of the others, in standard deviations of the whole column: one yardstick for every cluster.
/// (Cohen's d, 1988, divides by the deviation within; it would grow without end as clusters tighten.)
/// </param>
/// <param name="Low">Lower end of the interval: Welch's (1947) for the difference of two means with unequal variances; the yardstick counts as known.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Typical">Median of the cluster, in the column's own unit.</param>
/// <param name="TypicalOfAll">Median of all rows.</param>
/// <param name="LogScale">Whether the difference was taken on the scale for skewed columns.</param>
/// <param name="Text">The two medians in words: <c>orders 12 (all: 3)</c>.</param>
public sealed record NumericTrait(
    string Column, double Difference, double Low, double High, double Typical, double TypicalOfAll, bool LogScale, Bilingual Text);
