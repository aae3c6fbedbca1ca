using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering;

/// <summary>What every clustering asks of the rows it is fitted to.</summary>
internal static class FitInput
{
    /// <exception cref="ArgumentException">No rows, or a value that is not finite (row and column named).</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it began.</exception>
    public static void Require(Matrix rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>For algorithms that compare squared distances as they are.</summary>
    /// <exception cref="ArgumentException">The squared distance between two rows could exceed the range of a double.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RequireMeasurable(Matrix rows)
    {
        var squares = 0.0;
        for (var column = 0; column < rows.Columns; column++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = column; at < rows.Values.Length; at += rows.Columns)
                (least, greatest) = (Math.Min(least, rows.Values[at]), Math.Max(greatest, rows.Values[at]));
            squares += (greatest - least) * (greatest - least);
            if (!double.IsFinite(squares))
                throw new ArgumentException($"Column {column} (counted from 0) spans {least} to {greatest}; squared distances between the rows exceed what a double holds. Scale the columns first.", nameof(rows));
        }
    }
}
