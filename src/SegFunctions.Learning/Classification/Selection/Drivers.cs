using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>What each column moves.</summary>
internal static class Drivers
{
    private const int MostRows = 2000;

    public static IReadOnlyList<ClassificationDriver> Of(ClassificationModel model, Table table, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var count = Math.Min(MostRows, table.Rows);
        int[] rows = [.. Enumerable.Range(0, count).Select(at => (int)((long)at * table.Rows / count))];
        var contributions = model.Contributions(count == table.Rows ? table : table.Take(rows), options.Threads, cancellationToken);
        var strengths = new double[contributions.Columns];
        for (var row = 0; row < contributions.Rows; row++)
        {
            for (var column = 0; column < strengths.Length; column++)
                strengths[column] += Math.Abs(contributions[row, column]) / contributions.Rows;
        }

        return [.. model.Columns.Zip(strengths, (column, strength) => new ClassificationDriver(column, strength)).OrderByDescending(driver => driver.Strength)];
    }
}
