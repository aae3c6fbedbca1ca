using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// The rows that candidates are fitted to and judged on: all, or a uniform sample, in the order of their content and with counts
/// spread, so that nothing depends on the order in which the table came.
/// </summary>
/// <param name="Rows">Shape (rows judged × columns).</param>
/// <param name="Order">Every row of the table in the order of content.</param>
/// <param name="AreAll">Whether these are all rows of the table, and as they are.</param>
/// <param name="Incumbent">The segments these rows were in before; null for none.</param>
internal sealed record JudgedRows(Matrix Rows, int[] Order, bool AreAll, Incumbent? Incumbent)
{
    public static JudgedRows Of(Matrix table, AutoClusteringOptions options)
    {
        var order = ContentOrder.Of(table);
        int[] drawn = table.Rows <= options.ChoiceRows
            ? order
            : [.. RowSample.Without(table.Rows, options.ChoiceRows, new Xoshiro256(options.Seed, stream: -1)).Select(place => order[place])];
        var rows = table.Take(drawn);
        var spread = SpreadCounts.Of(rows, options.Seed);
        var incumbent = Incumbent.Of(options.EarlierLabels is { } earlier ? Array.ConvertAll(drawn, row => earlier[row]) : null);
        return new JudgedRows(spread, order, table.Rows == rows.Rows && ReferenceEquals(spread, rows), incumbent);
    }
}
