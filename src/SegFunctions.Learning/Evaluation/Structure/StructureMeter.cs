using System.Numerics.Tensors;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>Measures one table; holds the room for one at a time.</summary>
/// <param name="rows">Rows of every table measured.</param>
/// <param name="columns">Columns of every table measured.</param>
/// <param name="maxClusters">The silhouette is the best of 2 to this many clusters.</param>
internal sealed class StructureMeter(int rows, int columns, int maxClusters)
{
    private const int Starts = 2;

    private readonly double[] _distances = new double[rows * rows];
    private readonly double[] _columns = new double[rows * columns];
    private readonly double[] _sums = new double[rows * maxClusters];
    private readonly DensityGap _gap = new(rows);

    public StructureFigures Of(Matrix table, long seed)
    {
        FillDistances(table);
        var best = double.NegativeInfinity;
        KMeansModel? clusters = null;
        for (var k = 2; k <= maxClusters; k++)
        {
            var model = KMeans.Fit(table, new KMeansOptions { Clusters = k, Starts = Starts, MaxIterations = 30, Seed = seed, Threads = 1 });
            var silhouette = Silhouette(model.Labels, model.Sizes);
            if (silhouette > best)
                (best, clusters) = (silhouette, model);
        }

        var places = LeadingDiscriminant.Project(table, clusters!.Labels, clusters.Clusters);
        Array.Sort(places);
        return new StructureFigures(best, clusters.Clusters, _gap.Of(_distances), DipTest.OfSorted(places).Dip, ColumnDip(table, places));
    }

    private static double ColumnDip(Matrix table, double[] values)
    {
        var greatest = 0.0;
        for (var column = 0; column < table.Columns; column++)
        {
            for (var row = 0; row < values.Length; row++)
                values[row] = table.Values[(row * table.Columns) + column];
            Array.Sort(values);
            greatest = Math.Max(greatest, DipTest.OfSorted(values).Dip);
        }

        return greatest;
    }

    /// <summary>A row against all others at once, column by column: eight distances an instruction.</summary>
    private void FillDistances(Matrix table)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < table.Columns; column++)
                _columns[(column * rows) + row] = table.Values[(row * table.Columns) + column];
        }

        for (var row = 0; row < rows; row++)
        {
            var distances = _distances.AsSpan(row * rows, rows);
            distances.Clear();
            for (var column = 0; column < table.Columns; column++)
            {
                TensorPrimitives.Subtract(_columns.AsSpan(column * rows, rows), _columns[(column * rows) + row], _sums.AsSpan(0, rows));
                TensorPrimitives.MultiplyAdd(_sums.AsSpan(0, rows), _sums.AsSpan(0, rows), distances, distances);
            }

            TensorPrimitives.Sqrt(distances, distances);
        }
    }

    /// <summary>The mean silhouette from the distances at hand.</summary>
    private double Silhouette(IReadOnlyList<int> labels, IReadOnlyList<int> sizes)
    {
        if (sizes.Count < 2)
            return -1;
        // The distances of all rows to a cluster are the sum of its members' rows of the matrix.
        _sums.AsSpan(0, sizes.Count * rows).Clear();
        for (var row = 0; row < rows; row++)
            Distance.AddTo(_sums.AsSpan(labels[row] * rows, rows), _distances.AsSpan(row * rows, rows));
        var total = 0.0;
        for (var row = 0; row < rows; row++)
        {
            var own = labels[row];
            if (sizes[own] == 1)
                continue;
            var inside = _sums[(own * rows) + row] / (sizes[own] - 1);
            var outside = double.PositiveInfinity;
            for (var cluster = 0; cluster < sizes.Count; cluster++)
            {
                if (cluster != own)
                    outside = Math.Min(outside, _sums[(cluster * rows) + row] / sizes[cluster]);
            }

            var scale = Math.Max(inside, outside);
            total += scale > 0 ? (outside - inside) / scale : 0;
        }

        return total / rows;
    }
}
