namespace SegFunctions.Learning.Evaluation.Splits;

/// <summary>A split by time.</summary>
/// <param name="Origin">Nothing known after this instant is used to learn.</param>
/// <param name="Rows">Train: instants up to the origin less the gap. Test: after the origin, up to the horizon beyond it.</param>
public sealed record TimeSplit(DateTime Origin, Split Rows);

/// <summary>
/// Splits along time (Tashman 2000): each learns from the past of an origin and is measured on what follows; origins move on by one horizon and the
/// last window ends with the last row.
/// </summary>
public static class RollingOrigins
{
    /// <summary>The origins: <paramref name="count"/> of them, one horizon apart, the last one horizon before <paramref name="end"/>.</summary>
    /// <param name="horizon">Above zero.</param>
    public static DateTime[] Of(DateTime end, TimeSpan horizon, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Enumerable.Range(0, count).Select(i => end - (horizon * (count - i)))];
    }

    /// <param name="instants">One a row, in any order.</param>
    /// <param name="horizon">How far beyond an origin is measured, above zero.</param>
    /// <param name="count">Origins, at least 1.</param>
    /// <param name="gap">
    /// Rows of the last stretch before an origin that are not learned from, zero or more: where an outcome is known only some time after
    /// the row's instant, that time, so that no outcome reaches beyond the origin.
    /// </param>
    /// <returns>Origins with rows on both sides, from early to late; empty when there is none.</returns>
    public static IReadOnlyList<TimeSplit> Split(ReadOnlySpan<DateTime> instants, TimeSpan horizon, int count, TimeSpan gap = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.Zero);
        if (instants.IsEmpty)
            return [];
        var end = instants[0];
        foreach (var instant in instants)
            end = instant > end ? instant : end;
        var splits = new List<TimeSplit>();
        foreach (var origin in Of(end, horizon, count))
        {
            var train = new List<int>();
            var test = new List<int>();
            for (var row = 0; row < instants.Length; row++)
            {
                if (instants[row] <= origin - gap)
                    train.Add(row);
                else if (instants[row] > origin && instants[row] <= origin + horizon)
                    test.Add(row);
            }

            if (train.Count > 0 && test.Count > 0)
                splits.Add(new TimeSplit(origin, new Split([.. train], [.. test])));
        }

        return splits;
    }
}
