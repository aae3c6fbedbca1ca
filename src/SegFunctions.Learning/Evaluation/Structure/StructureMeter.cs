using System.Numerics.Tensors;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>Measures one table; holds the room for one at a time.</summary>
/// <param name="rows">Rows of every table measured.</param>
/// <param name="columns">Columns of every table measured.</param>
/// <param name="maxClusters">The silhouette is the best of 2 to this many clusters.</param>
internal sealed class StructureMeter(int rows, int columns, int maxClusters)
{
    /// <summary>Greedy seeding rarely errs, and the best of several numbers of clusters is taken; a second start would only cost as much again.</summary>
    private const int Starts = 1;

    private readonly double[] _distances = new double[rows * rows];
    private readonly double[] _columns = new double[rows * columns];
    private readonly double[] _sums = new double[rows * maxClusters];
    private readonly double[] _prefix = new double[rows + 1];
    private readonly DensityGap _gap = new(rows);

    private int SmallestPart => _gap.SmallestPart;

    public StructureFigures Of(Matrix table, long seed)
    {
        FillDistances(table);
        var (silhouette, clusters) = BestClusters(table, seed);
        var gap = _gap.Of(_distances);
        var places = LeadingDiscriminant.Project(table, clusters.Labels, clusters.Clusters);
        Array.Sort(places);
        var dip = DipTest.OfSorted(places).Dip;
        var (columnDip, first, second) = Columns(table);
        var plane = silhouette;
        if (table.Columns > 2)
        {
            var split = Pick(table, first, second);
            FillDistances(split);
            plane = BestClusters(split, seed).Silhouette;
        }

        return new StructureFigures(silhouette, clusters.Clusters, gap, dip, columnDip, plane);
    }

    /// <summary>
    /// The best silhouette among partitions of which at least two parts are more than stragglers: a handful of far rows against all others has a
    /// great silhouette, and every cloud with long tails has such a handful. 0 where no partition has two.
    /// </summary>
    private (double Silhouette, KMeansModel Clusters) BestClusters(Matrix table, long seed)
    {
        var best = (Silhouette: double.NegativeInfinity, Clusters: (KMeansModel?)null);
        KMeansModel? last = null;
        for (var k = 2; k <= maxClusters; k++)
        {
            last = KMeans.Fit(table, new KMeansOptions { Clusters = k, Starts = Starts, MaxIterations = 30, Seed = seed, Threads = 1 });
            // Sizes fall.
            if (last.Sizes.Count < 2 || last.Sizes[1] < SmallestPart)
                continue;
            var silhouette = Silhouette(last.Labels, last.Sizes);
            if (silhouette > best.Silhouette)
                best = (silhouette, last);
        }

        return best.Clusters is null ? (0, last!) : (best.Silhouette, best.Clusters);
    }

    /// <summary>The greatest dip of a column, and the two columns that fall in two parts most clearly, each by itself.</summary>
    private (double Dip, int First, int Second) Columns(Matrix table)
    {
        var dip = 0.0;
        var first = (Silhouette: double.NegativeInfinity, Column: 0);
        var second = first;
        var values = new double[rows];
        for (var column = 0; column < table.Columns; column++)
        {
            for (var row = 0; row < rows; row++)
                values[row] = table.Values[(row * table.Columns) + column];
            Array.Sort(values);
            dip = Math.Max(dip, DipTest.OfSorted(values).Dip);
            var found = (Silhouette: ColumnSplit.Silhouette(values, _prefix), Column: column);
            if (found.Silhouette > first.Silhouette)
                (first, second) = (found, first);
            else if (found.Silhouette > second.Silhouette)
                second = found;
        }

        return (dip, first.Column, second.Column);
    }

    private static Matrix Pick(Matrix table, int first, int second)
    {
        var values = new double[table.Rows * 2];
        for (var row = 0; row < table.Rows; row++)
        {
            values[2 * row] = table[row, first];
            values[(2 * row) + 1] = table[row, second];
        }

        return new Matrix(table.Rows, 2, values);
    }

    /// <summary>A row against all after it at once, column by column: eight distances an instruction. The other half is its mirror.</summary>
    private void FillDistances(Matrix table)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < table.Columns; column++)
                _columns[(column * rows) + row] = table.Values[(row * table.Columns) + column];
        }

        for (var row = 0; row < rows; row++)
        {
            var others = rows - row;
            var distances = _distances.AsSpan((row * rows) + row, others);
            var differences = _sums.AsSpan(0, others);
            distances.Clear();
            for (var column = 0; column < table.Columns; column++)
            {
                TensorPrimitives.Subtract(_columns.AsSpan((column * rows) + row, others), _columns[(column * rows) + row], differences);
                TensorPrimitives.MultiplyAdd(differences, differences, distances, distances);
            }

            TensorPrimitives.Sqrt(distances, distances);
            for (var other = 0; other < row; other++)
                _distances[(row * rows) + other] = _distances[(other * rows) + row];
        }
    }

    /// <summary>The mean silhouette from the distances at hand.</summary>
    private double Silhouette(IReadOnlyList<int> labels, IReadOnlyList<int> sizes)
    {
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
