using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>Measures one table; holds the room for one at a time.</summary>
/// <param name="rows">Rows of every table measured.</param>
/// <param name="maxClusters">The silhouette is the best of 2 to this many clusters.</param>
internal sealed class StructureMeter(int rows, int maxClusters)
{
    private const int Starts = 2;

    private readonly double[] _distances = new double[rows * rows];
    private readonly double[] _sums = new double[maxClusters];
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
        return new StructureFigures(best, clusters.Clusters, _gap.Of(_distances), DipTest.OfSorted(places).Dip);
    }

    private void FillDistances(Matrix table)
    {
        for (var row = 0; row < rows; row++)
        {
            var own = table.Row(row);
            for (var other = row + 1; other < rows; other++)
            {
                var distance = Math.Sqrt(Distance.Squared(own, table.Row(other)));
                _distances[(row * rows) + other] = distance;
                _distances[(other * rows) + row] = distance;
            }
        }
    }

    /// <summary>The mean silhouette from the distances at hand.</summary>
    private double Silhouette(IReadOnlyList<int> labels, IReadOnlyList<int> sizes)
    {
        if (sizes.Count < 2)
            return -1;
        var own = new int[rows];
        for (var row = 0; row < rows; row++)
            own[row] = labels[row];
        var sums = _sums.AsSpan(0, sizes.Count);
        var total = 0.0;
        for (var row = 0; row < rows; row++)
        {
            sums.Clear();
            var distances = _distances.AsSpan(row * rows, rows);
            for (var other = 0; other < distances.Length; other++)
                sums[own[other]] += distances[other];
            var size = sizes[own[row]];
            if (size == 1)
                continue;
            var inside = sums[own[row]] / (size - 1);
            var outside = double.PositiveInfinity;
            for (var cluster = 0; cluster < sums.Length; cluster++)
            {
                if (cluster != own[row])
                    outside = Math.Min(outside, sums[cluster] / sizes[cluster]);
            }

            var scale = Math.Max(inside, outside);
            total += scale > 0 ? (outside - inside) / scale : 0;
        }

        return total / rows;
    }
}
