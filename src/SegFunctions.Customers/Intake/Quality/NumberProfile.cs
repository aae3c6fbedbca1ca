namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How the numbers of a column are spread, in few figures.</summary>
/// <param name="Count">Numbers read.</param>
/// <param name="Quartile1">A quarter of them are not larger; as exact as the bins (9 %).</param>
/// <param name="Median">Half of them are not larger.</param>
/// <param name="Quartile3">Three quarters of them are not larger.</param>
/// <param name="Bins">
/// Pairs of bin and count, rising. A bin holds the numbers of one sign that agree in their binary exponent and in the three binary digits that
/// follow: eight to each doubling.
/// </param>
public sealed record NumberProfile(long Count, decimal Quartile1, decimal Median, decimal Quartile3, IReadOnlyList<IReadOnlyList<long>> Bins);

/// <summary>A word of a column of few words.</summary>
public sealed record CategoryCount(string Value, long Count);

/// <summary>Numbers of a column that lie far from the others.</summary>
/// <param name="Column">Header.</param>
/// <param name="Low">Smaller numbers are outliers; null: none would be too small.</param>
/// <param name="High">Larger numbers are outliers; null: none would be too large.</param>
/// <param name="Median">Where the middle lies.</param>
/// <param name="Count">How many outliers there are.</param>
/// <param name="Share">Of all numbers of the column, 0 to 1.</param>
/// <param name="Examples">The most extreme ones.</param>
public sealed record OutlierCount(string Column, string Field, decimal? Low, decimal? High, decimal Median, long Count, double Share, IReadOnlyList<OutlierExample> Examples);

/// <summary>One outlier.</summary>
/// <param name="Line">1-based line of its row.</param>
public sealed record OutlierExample(long Line, decimal Value);
