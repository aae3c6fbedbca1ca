using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// The direction along which clusters lie farthest apart in units of their own spread (Fisher 1936): the first eigenvector of W⁻¹·B. W is
/// drawn towards its mean variance by <see cref="Shrinkage"/>, so that many columns and few rows do not make a direction up.
/// </summary>
internal static class LeadingDiscriminant
{
    private const double Shrinkage = 0.1;
    private const int Rounds = 30;

    /// <param name="labels">0 … clusters − 1.</param>
    /// <returns>The rows' places along it.</returns>
    public static double[] Project(Matrix rows, IReadOnlyList<int> labels, int clusters)
    {
        var columns = rows.Columns;
        var mean = LowerFactor.Means(rows);
        var centres = new double[clusters * columns];
        var sizes = new int[clusters];
        for (var row = 0; row < rows.Rows; row++)
        {
            Distance.AddTo(centres.AsSpan(labels[row] * columns, columns), rows.Row(row));
            sizes[labels[row]]++;
        }

        for (var i = 0; i < centres.Length; i++)
            centres[i] /= Math.Max(1, sizes[i / columns]);
        var within = Within(rows, labels, centres);
        var factor = Cholesky.Of(within, columns);
        for (var cluster = 0; cluster < clusters; cluster++)
            Dot.AddScaled(centres.AsSpan(cluster * columns, columns), mean, -1);

        // Power iteration, begun at the largest offset, which no draw of a start could beat.
        var direction = centres.AsSpan(Largest(centres, sizes, columns) * columns, columns).ToArray();
        for (var round = 0; round < Rounds && factor is not null; round++)
        {
            var image = new double[columns];
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                var centre = centres.AsSpan(cluster * columns, columns);
                Dot.AddScaled(image, centre, sizes[cluster] * Dot.Of(centre, direction));
            }

            direction = factor.Solve(image);
            var length = Math.Sqrt(Dot.Of(direction, direction));
            if (!(length > 0))
                break;
            foreach (ref var value in direction.AsSpan())
                value /= length;
            if (clusters == 2)
                break;
        }

        var places = new double[rows.Rows];
        for (var row = 0; row < places.Length; row++)
            places[row] = Dot.Of(rows.Row(row), direction);
        return places;
    }

    private static double[] Within(Matrix rows, IReadOnlyList<int> labels, double[] centres)
    {
        var columns = rows.Columns;
        var within = new double[columns * columns];
        var offset = new double[columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.Row(row).CopyTo(offset);
            Dot.AddScaled(offset, centres.AsSpan(labels[row] * columns, columns), -1);
            for (var column = 0; column < columns; column++)
                Dot.AddScaled(within.AsSpan(column * columns, column + 1), offset.AsSpan(0, column + 1), offset[column]);
        }

        var trace = 0.0;
        for (var column = 0; column < columns; column++)
            trace += within[(column * columns) + column];
        for (var column = 0; column < columns; column++)
        {
            for (var other = 0; other <= column; other++)
            {
                var value = (1 - Shrinkage) * within[(column * columns) + other];
                within[(column * columns) + other] = value;
                within[(other * columns) + column] = value;
            }

            within[(column * columns) + column] += Shrinkage * trace / columns;
        }

        return within;
    }

    private static int Largest(double[] centres, int[] sizes, int columns)
    {
        var best = 0;
        var greatest = -1.0;
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            var centre = centres.AsSpan(cluster * columns, columns);
            var scatter = sizes[cluster] * Dot.Of(centre, centre);
            if (scatter > greatest)
                (greatest, best) = (scatter, cluster);
        }

        return best;
    }
}
