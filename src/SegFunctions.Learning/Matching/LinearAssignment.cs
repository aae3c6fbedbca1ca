namespace SegFunctions.Learning.Matching;

/// <summary>
/// Pairs rows with columns so that the sum of the costs is least: the Hungarian method (Kuhn 1955) by shortest augmenting paths
/// with dual prices (Jonker &amp; Volgenant 1987, without their initialisation).
/// </summary>
public static class LinearAssignment
{
    /// <param name="costs">Row after row, rows · columns finite numbers.</param>
    /// <returns>For each row its column; −1 where there are more rows than columns and the row is left over. Ties go to the lower column.</returns>
    /// <remarks>O(min² · max) time, O(rows + columns) memory beside the costs.</remarks>
    /// <exception cref="ArgumentException">The number of costs is not rows · columns, or a cost is not finite (row and column named).</exception>
    public static int[] Minimise(ReadOnlySpan<double> costs, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (costs.Length != (long)rows * columns)
            throw new ArgumentException($"{rows} rows × {columns} columns need {(long)rows * columns} costs, found {costs.Length}.", nameof(costs));
        for (var i = 0; i < costs.Length; i++)
        {
            if (!double.IsFinite(costs[i]))
                throw new ArgumentException($"Row {i / columns}, column {i % columns} (both counted from 0) costs {costs[i]}; every cost must be a finite number.", nameof(costs));
        }

        if (rows <= columns)
            return Solve(costs, rows, columns);
        // The shorter side looks for partners.
        var turned = new double[costs.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[(column * rows) + row] = costs[(row * columns) + column];
        }

        var rowOf = Solve(turned, columns, rows);
        var columnOf = new int[rows];
        Array.Fill(columnOf, -1);
        for (var column = 0; column < columns; column++)
            columnOf[rowOf[column]] = column;
        return columnOf;
    }

    private static int[] Solve(ReadOnlySpan<double> costs, int rows, int columns)
    {
        var columnOf = new int[rows];
        var rowOf = new int[columns];
        var rowPrice = new double[rows];
        var columnPrice = new double[columns];
        var shortest = new double[columns];
        var before = new int[columns];
        var done = new bool[columns];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        for (var free = 0; free < rows; free++)
        {
            // Dijkstra over reduced costs, from the free row to the nearest free column.
            Array.Fill(shortest, double.PositiveInfinity);
            Array.Clear(done);
            var row = free;
            var distance = 0.0;
            int end;
            while (true)
            {
                var own = costs.Slice(row * columns, columns);
                end = -1;
                for (var column = 0; column < columns; column++)
                {
                    if (done[column])
                        continue;
                    var through = distance + (own[column] - rowPrice[row] - columnPrice[column]);
                    if (through < shortest[column])
                        (shortest[column], before[column]) = (through, row);
                    if (end < 0 || shortest[column] < shortest[end])
                        end = column;
                }

                distance = shortest[end];
                done[end] = true;
                if (rowOf[end] < 0)
                    break;
                row = rowOf[end];
            }

            // Prices keep every reduced cost at 0 or more, and those of the pairs at 0.
            rowPrice[free] += distance;
            for (var column = 0; column < columns; column++)
            {
                if (!done[column] || column == end)
                    continue;
                rowPrice[rowOf[column]] += distance - shortest[column];
                columnPrice[column] -= distance - shortest[column];
            }

            // Back along the path, every column changes to the row it was reached from.
            for (var column = end; ;)
            {
                row = before[column];
                rowOf[column] = row;
                (column, columnOf[row]) = (columnOf[row], column);
                if (row == free)
                    break;
            }
        }

        return columnOf;
    }
}
