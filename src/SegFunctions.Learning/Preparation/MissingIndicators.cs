namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Decides where it tells something that a value is missing: it is missing in 5 % to 95 % of the rows, and whether it is goes with
/// a column of the result from another source — Pearson's correlation of at least 0.1 either way that chance would not bring
/// once in a thousand tables (Fisher's z, divided among all columns asked, after Bonferroni). Where it says nothing that another
/// column does not say already (0.95 or more), no column is added.
/// </summary>
internal static class MissingIndicators
{
    public const double FewestMissing = 0.05;
    public const double MostMissing = 0.95;
    private const double WeakestCorrelation = 0.1;
    private const double Chance = 0.001;
    private const double SaysTheSame = 0.95;

    public static bool IsCandidate(ColumnDraft column)
    {
        var share = (double)column.Missing / column.Rows;
        return column.Kept && share is >= FewestMissing and <= MostMissing;
    }

    /// <param name="outputs">The columns of <paramref name="covariance"/>: of kept and left-out columns, and the candidates themselves.</param>
    public static void Choose(IReadOnlyList<ColumnDraft> columns, IReadOnlyList<DraftOutput> outputs, Covariance covariance)
    {
        var candidates = new List<int>();
        var askable = new List<int>();
        for (var i = 0; i < outputs.Count; i++)
        {
            if (!columns[outputs[i].Column.Source].Kept)
                continue;
            (outputs[i].Column.Part == OutputPart.Missing ? candidates : askable).Add(i);
        }

        if (candidates.Count == 0 || askable.Count == 0)
            return;
        var surprising = NormalDistribution.Quantile(1 - (Chance / 2 / ((double)candidates.Count * askable.Count)));
        var chosen = new List<int>();
        foreach (var candidate in candidates.OrderBy(i => outputs[i].Column.Name.Length).ThenBy(i => outputs[i].Column.Name, StringComparer.Ordinal))
        {
            var column = columns[outputs[candidate].Column.Source];
            var strongest = askable
                .Where(i => outputs[i].Column.Source != column.Index)
                .OrderByDescending(i => Math.Round(Math.Abs(covariance.Correlation(candidate, i)), 12))
                .ThenBy(i => outputs[i].Column.Name, StringComparer.Ordinal)
                .FirstOrDefault(-1);
            if (strongest < 0)
                continue;
            var correlation = covariance.Correlation(candidate, strongest);
            var z = Math.Atanh(Math.Min(Math.Abs(correlation), 1 - 1e-15)) * Math.Sqrt(Math.Max(0, column.Rows - 3));
            if (Math.Abs(correlation) < WeakestCorrelation || z < surprising)
                continue;
            column.AbsenceGoesWith = outputs[strongest].Column.Name;
            column.AbsenceCorrelation = correlation;
            if (Math.Abs(correlation) >= SaysTheSame || chosen.Exists(i => Math.Abs(covariance.Correlation(candidate, i)) >= SaysTheSame))
                continue;
            chosen.Add(candidate);
            column.Absence = outputs[candidate];
        }
    }
}
