using System.Runtime.InteropServices;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Evaluation;

/// <summary>How well density separates the clusters.</summary>
/// <param name="Value">−1 to 1: the validities of the clusters, weighted by their share of all rows, noise counted in the whole but worth nothing.</param>
/// <param name="PerCluster">Validity of each cluster, −1 to 1: above 0 when it is sparser around it than within; NaN for a cluster without rows.</param>
public sealed record DbcvResult(double Value, IReadOnlyList<double> PerCluster);

/// <summary>
/// DBCV, density-based clustering validation (Moulavi, Jaskowiak, Campello, Zimek &amp; Sander 2014): the sparsest link inside a cluster
/// against the densest bridge to another, by mutual reachability of all-points core distances; right for clusters of any shape. Euclidean distances.
/// </summary>
/// <remarks>
/// Rows labelled below 0 are noise. Among equally light edges the spanning trees take the shorter; where that is a tie as well the content of
/// the rows decides, so the order of rows does not count. A cluster of one row has validity 0. Where a spanning tree has no inner edge or inner row
/// (definitions 5 and 6), all its edges or rows stand in. One right partition can have a low value when densities differ much: compare, do not decide by it alone.
/// Cost O(Σ nᵢ² · d) over the clusters' sizes, memory O(n · d) and no matrix of distances.
/// </remarks>
public static class Dbcv
{
    /// <param name="rows">Shape (n × d), finite.</param>
    /// <param name="labels">One a row, 0 … k − 1, below 0 for noise.</param>
    /// <returns>null when fewer than two clusters hold rows: there is nothing to set apart.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite (row and column named), or columns so wide that distances overflow.</exception>
    public static DbcvResult? Of(Matrix rows, IReadOnlyList<int> labels, int? threads = null, CancellationToken cancellationToken = default)
    {
        var clusters = LabelledRows.Of(rows, labels);
        if (clusters.Occupied < 2)
            return null;
        FitInput.RequireMeasurable(rows);
        using var team = new ChunkTeam(threads, cancellationToken);
        var sparseness = new double[clusters.Clusters];
        var inner = new InnerRows(rows.Columns);
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            if (clusters.Size(cluster) > 0)
                sparseness[cluster] = Sparseness(rows.Take(clusters.Order.AsSpan(clusters.Start(cluster), clusters.Size(cluster))), cluster, inner, team);
        }

        var separation = inner.Separations(clusters.Clusters, team);
        var validity = new double[clusters.Clusters];
        var value = 0.0;
        for (var cluster = 0; cluster < validity.Length; cluster++)
        {
            var size = clusters.Size(cluster);
            var greater = Math.Max(separation[cluster], sparseness[cluster]);
            validity[cluster] = size == 0 ? double.NaN : size == 1 || greater == 0 ? 0 : (separation[cluster] - sparseness[cluster]) / greater;
            if (size > 0)
                value += (double)size / labels.Count * validity[cluster];
        }

        return new DbcvResult(value, validity);
    }

    /// <summary>The longest inner edge of the cluster's spanning tree (definition 5), its inner rows put with those of the other clusters.</summary>
    private static double Sparseness(Matrix rows, int cluster, InnerRows inner, ChunkTeam team)
    {
        var distinct = DistinctRows.In(rows);
        var tree = KdTree.Over(distinct.Values, distinct.Columns);
        var core = AllPointsCore.Of(tree, distinct.Counts, team);
        var edges = MutualReachabilityTree.Of(tree, core, [], 0, team);
        // A double hangs on its twin by an edge of length 0, which never is the longest.
        var degrees = new int[tree.Count];
        for (var slot = 0; slot < tree.Count; slot++)
            degrees[slot] = distinct.Counts[tree.Rows[slot]] - 1;
        for (var edge = 0; edge < edges.Count; edge++)
        {
            degrees[edges.From[edge]]++;
            degrees[edges.To[edge]]++;
        }

        var (longest, longestInner, hasInner) = (0.0, -1.0, degrees.AsSpan().ContainsAnyInRange(2, int.MaxValue));
        for (var edge = 0; edge < edges.Count; edge++)
        {
            longest = Math.Max(longest, edges.Squared[edge]);
            if (degrees[edges.From[edge]] > 1 && degrees[edges.To[edge]] > 1)
                longestInner = Math.Max(longestInner, edges.Squared[edge]);
        }

        for (var slot = 0; slot < tree.Count; slot++)
        {
            if (degrees[slot] > 1 || !hasInner)
                inner.Add(distinct.Values.AsSpan(tree.Rows[slot] * rows.Columns, rows.Columns), core[slot], cluster);
        }

        return Math.Sqrt(longestInner < 0 ? longest : longestInner);
    }

    /// <summary>The inner rows of all clusters, with their core distances.</summary>
    private sealed class InnerRows(int columns)
    {
        private readonly List<double> _values = [];
        private readonly List<double> _core = [];
        private readonly List<int> _clusters = [];

        public void Add(ReadOnlySpan<double> row, double core, int cluster)
        {
            _values.AddRange(row);
            _core.Add(core);
            _clusters.Add(cluster);
        }

        /// <summary>For every cluster the least mutual reachability of one of its inner rows and one of another's (definition 6, the least over the others).</summary>
        public double[] Separations(int clusters, ChunkTeam team)
        {
            var tree = KdTree.Over(CollectionsMarshal.AsSpan(_values), columns);
            var core = new double[tree.Slots];
            var parts = new int[tree.Slots];
            var slotOfCluster = new int[clusters];
            Array.Fill(slotOfCluster, -1);
            Array.Fill(parts, -2);
            for (var slot = 0; slot < tree.Count; slot++)
            {
                core[slot] = _core[tree.Rows[slot]];
                ref var first = ref slotOfCluster[_clusters[tree.Rows[slot]]];
                if (first < 0)
                    first = slot;
                parts[slot] = first;
            }

            var leaving = MutualReachabilityTree.Leaving(tree, core, parts, team);
            var separations = new double[clusters];
            for (var cluster = 0; cluster < clusters; cluster++)
                separations[cluster] = slotOfCluster[cluster] < 0 ? double.NaN : Math.Sqrt(leaving[slotOfCluster[cluster]]);
            return separations;
        }
    }
}
