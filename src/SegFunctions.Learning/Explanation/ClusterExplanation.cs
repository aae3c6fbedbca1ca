using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>What sets each cluster of a table apart, in numbers and in words of two languages.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Noise">Rows that belong to no cluster. They count among the others that a cluster is compared with.</param>
/// <param name="Confidence">Of every interval.</param>
/// <param name="NumericColumns">Names of the columns of numbers, in the order of <see cref="ExplainedCluster.Differences"/>.</param>
/// <param name="Labels">What people call those columns.</param>
/// <param name="Clusters">By label.</param>
public sealed record ClusterExplanation(
    int Rows, int Noise, double Confidence, IReadOnlyList<string> NumericColumns, IReadOnlyList<Bilingual> Labels, IReadOnlyList<ExplainedCluster> Clusters)
{
    /// <summary>
    /// Explains clusters by the columns of the table they were found in. The same input gives the same result on any number of
    /// threads. Cost: a sort of every numeric column, and for every cluster two shallow trees on binned columns.
    /// </summary>
    /// <remarks>Leave out columns that only name the rows: each of their values would be one more look at the data, and looks make every finding harder.</remarks>
    /// <param name="table">The table as it came, before any preparation; numbers from −10¹⁰⁰ to 10¹⁰⁰, NaN for missing.</param>
    /// <param name="labels">One a row: 0, 1, 2 … without a gap, −1 for noise.</param>
    /// <exception cref="ArgumentException">Labels that do not fit the table, a number beyond the range (column, row and value named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between pieces of work.</exception>
    public static ClusterExplanation Explain(
        Table table, IReadOnlyList<int> labels, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new ExplanationOptions();
        options.Validate(table.Rows);
        foreach (var column in table.Columns.OfType<NumericColumn>())
            RequireNumbers(column);
        var members = ClusterMembers.Of(labels, table.Rows);
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        return new ExplanationWork(table, members, options, cancellationToken).Run(team);
    }

    private static void RequireNumbers(NumericColumn column)
    {
        // Third powers of sums of these are still numbers.
        const double Largest = 1e100;
        var row = Array.FindIndex(column.Values, value => Math.Abs(value) > Largest);
        if (row >= 0)
            throw new ArgumentException($"Column \"{column.Name}\" holds {column.Values[row]} in row {row} (counted from 0); every value must be a number from -1e100 to 1e100, or NaN for missing.", "table");
    }
}
