namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// Where a table stands among draws by several figures at once: its greatest score, held against the greatest scores of the draws
/// (Westfall &amp; Young 1993, maximum of statistics). Exact where table and draws are exchangeable, ties counted against the table.
/// </summary>
/// <remarks>
/// A score is how far a figure lies above the median of table and draws, in units of the upper half's root mean square. Table and draws share one unit, so no
/// assumption on tails is made: a figure that now and then leaps on tables without groups has a wide unit and says less. Ranks would do for the
/// level too, but a table on top by one of five figures stands no better than fifth, and the draws needed are five times as many.
/// </remarks>
internal readonly ref struct JointStanding
{
    public JointStanding(StructureFigures found, ReadOnlySpan<StructureFigures> draws)
    {
        var count = draws.Length + 1;
        var greatest = new double[count];
        Array.Fill(greatest, double.NegativeInfinity);
        var values = new double[count];
        var sorted = new double[count];
        for (var figure = 0; figure < StructureFigures.Count; figure++)
        {
            values[0] = found[figure];
            for (var draw = 0; draw < draws.Length; draw++)
                values[draw + 1] = draws[draw][figure];
            values.CopyTo(sorted, 0);
            Array.Sort(sorted);
            Margin = Math.Max(Margin, MarginOf(found[figure], draws, figure, sorted));
            var (median, unit) = UpperHalf(sorted);
            for (var one = 0; one < count; one++)
                greatest[one] = Math.Max(greatest[one], unit > 0 ? (values[one] - median) / unit : 0);
            if (figure == StructureFigures.DipIndex)
                DipPValue = (double)AtLeast(values) / count;
        }

        Above = AtLeast(greatest) - 1;
    }

    /// <summary>Draws that stand as high as the table or higher.</summary>
    public int Above { get; }

    /// <summary>
    /// How far the table lies beyond the greatest draw, in units of that draw's distance from the median, by the figure that is farthest; 0 at least. Were tails as long as an
    /// exponential's, a margin of c beyond n draws would come by chance once in about n · nᶜ tables: the greatest of n lies about ln n beyond the rest. (The tail approximation of
    /// Knijnenburg, Wessels, Reinders &amp; Shmulevich, Bioinformatics 25, 2009, with the shape held at 0.)
    /// </summary>
    public double Margin { get; }

    /// <summary>(1 + draws whose dip is as great as the table's) / (1 + draws).</summary>
    public double DipPValue { get; }

    /// <param name="found">The table's.</param>
    /// <param name="draws">All.</param>
    /// <param name="figure">Which.</param>
    /// <param name="sorted">Table and draws, ascending.</param>
    /// <returns>0 where a draw has no figure to speak of (many columns leave no gap in density at all): their spread means nothing.</returns>
    private static double MarginOf(double found, ReadOnlySpan<StructureFigures> draws, int figure, double[] sorted)
    {
        if (found < sorted[^1] || !(sorted[0] > 0))
            return 0;
        var greatest = double.NegativeInfinity;
        foreach (var draw in draws)
            greatest = Math.Max(greatest, draw[figure]);
        var length = greatest - Quantile.OfSorted(sorted.AsSpan(0, draws.Length), 0.5);
        return length > 0 ? Math.Max(0, (found - greatest) / length) : 0;
    }

    private static int AtLeast(double[] values)
    {
        var count = 0;
        foreach (var value in values)
            count += value >= values[0] ? 1 : 0;
        return count;
    }

    private static (double Median, double Unit) UpperHalf(double[] sorted)
    {
        var median = Quantile.OfSorted(sorted, 0.5);
        var from = sorted.Length / 2;
        var squares = 0.0;
        for (var i = from; i < sorted.Length; i++)
            squares += (sorted[i] - median) * (sorted[i] - median);
        return (median, Math.Sqrt(squares / (sorted.Length - from)));
    }
}
