namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Of columns that move together one is kept: weight and weight in pounds would otherwise count twice. It stays in its own unit
/// and needs the others in no later row, which their mean or first component would.
/// </summary>
/// <remarks>
/// The column with most others at or above the limit goes first (fewer missing values, then the name decide among equals); it
/// stays, those others go; and so on with what remains. So every column left out has the limit with the one named as its
/// reason, no two kept ones have it, and the order of the columns in the table does not matter.
/// </remarks>
internal static class CorrelatedColumns
{
    /// <param name="outputs">The columns of <paramref name="covariance"/>.</param>
    public static void Merge(IReadOnlyList<ColumnDraft> columns, IReadOnlyList<DraftOutput> outputs, Covariance covariance, double limit)
    {
        var open = new List<int>();
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Column.Part == OutputPart.Value)
                open.Add(i);
        }

        while (open.Count > 0)
        {
            var kept = open
                .OrderByDescending(i => open.Count(j => j != i && Together(i, j)))
                .ThenBy(i => Draft(i).Missing)
                .ThenBy(i => Draft(i).Name, StringComparer.Ordinal)
                .First();
            var others = open.Where(j => j != kept && Together(kept, j)).ToList();
            if (others.Count == 0)
                return;
            foreach (var other in others)
            {
                Draft(other).Use = ColumnUse.Correlated;
                Draft(other).Instead = Draft(kept).Name;
                Draft(other).Correlation = covariance.Correlation(kept, other);
            }

            open.RemoveAll(i => i == kept || others.Contains(i));
        }

        ColumnDraft Draft(int output) => columns[outputs[output].Column.Source];

        // Rounded, so that a correlation of 1 but for the last bit reaches a limit of 1.
        bool Together(int i, int j) => Math.Round(Math.Abs(covariance.Correlation(i, j)), 12) >= limit;
    }
}
