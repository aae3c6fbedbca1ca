using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// The silhouettes of chosen rows against all rows. Rows lie in panels of eight, lane by lane, cluster after cluster (a cluster's
/// last panel is filled up with rows that are masked out), so that one row meets eight others per instruction and no distance is kept.
/// </summary>
internal sealed class SilhouetteWork : IChunkWork
{
    private const int Lanes = 8;

    /// <summary>Rows measured side by side: a panel is loaded once for all of them.</summary>
    private const int Group = 4;

    private readonly LabelledRows _clusters;
    private readonly int[] _chosen;
    private readonly double[] _scores;
    private readonly double[] _panels;
    private readonly int[] _panelStarts;
    private readonly int[] _clusterOf;
    private readonly FixedChunks _chunks;

    /// <param name="chosen">Positions in the sorted order whose silhouette is wanted.</param>
    /// <param name="scores">OUT one for each of them.</param>
    public SilhouetteWork(LabelledRows clusters, int[] chosen, double[] scores)
    {
        _clusters = clusters;
        _chosen = chosen;
        _scores = scores;
        _chunks = FixedChunks.Of(chosen.Length, most: 256, smallest: 16);
        _panelStarts = new int[clusters.Clusters + 1];
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
            _panelStarts[cluster + 1] = _panelStarts[cluster] + ((clusters.Size(cluster) + Lanes - 1) / Lanes);
        _panels = new double[(long)_panelStarts[^1] * Lanes * clusters.Rows.Columns];
        _clusterOf = new int[clusters.Count];
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
            Pack(cluster);
    }

    public void Run(ChunkTeam team) => team.Run(this, _chunks.Count);

    public void Run(int chunk)
    {
        var columns = _clusters.Rows.Columns;
        var sums = new double[Group * _clusters.Clusters];
        var queries = new double[Group * columns];
        for (var at = _chunks.Start(chunk); at < _chunks.End(chunk); at += Group)
        {
            var count = Math.Min(Group, _chunks.End(chunk) - at);
            for (var query = 0; query < Group; query++)
            {
                // A short group repeats its first row rather than taking another path through the kernel.
                var row = _clusters.Order[_chosen[at + (query < count ? query : 0)]];
                _clusters.Rows.Row(row).CopyTo(queries.AsSpan(query * columns));
            }

            for (var cluster = 0; cluster < _clusters.Clusters; cluster++)
            {
                if (_clusters.Size(cluster) > 0)
                    SumDistances(queries, cluster, columns, sums.AsSpan(cluster * Group, Group));
            }

            for (var query = 0; query < count; query++)
                _scores[at + query] = Score(_clusterOf[_chosen[at + query]], query, sums);
        }
    }

    private double Score(int own, int query, double[] sums)
    {
        var size = _clusters.Size(own);
        if (size == 1)
            return 0;
        var inside = sums[(own * Group) + query] / (size - 1);
        var outside = double.PositiveInfinity;
        for (var cluster = 0; cluster < _clusters.Clusters; cluster++)
        {
            if (cluster != own && _clusters.Size(cluster) > 0)
                outside = Math.Min(outside, sums[(cluster * Group) + query] / _clusters.Size(cluster));
        }

        var scale = Math.Max(inside, outside);
        return scale > 0 ? (outside - inside) / scale : 0;
    }

    private void Pack(int cluster)
    {
        var columns = _clusters.Rows.Columns;
        var start = _clusters.Start(cluster);
        for (var i = 0; i < _clusters.Size(cluster); i++)
        {
            _clusterOf[start + i] = cluster;
            var panel = (_panelStarts[cluster] + (i / Lanes)) * (long)Lanes * columns;
            var row = _clusters.Rows.Row(_clusters.Order[start + i]);
            for (var column = 0; column < columns; column++)
                _panels[panel + (column * Lanes) + (i % Lanes)] = row[column];
        }
    }

    /// <summary>OUT for each of the four queries the sum of its distances to every row of the cluster.</summary>
    private void SumDistances(ReadOnlySpan<double> queries, int cluster, int columns, Span<double> sums)
    {
        ref var q = ref MemoryMarshal.GetReference(queries);
        var total0 = Vector512<double>.Zero;
        var total1 = Vector512<double>.Zero;
        var total2 = Vector512<double>.Zero;
        var total3 = Vector512<double>.Zero;
        var last = _panelStarts[cluster + 1] - 1;
        var tail = _clusters.Size(cluster) - ((last - _panelStarts[cluster]) * Lanes);
        var mask = Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)tail));
        for (var panel = _panelStarts[cluster]; panel <= last; panel++)
        {
            ref var rows = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_panels), (nint)panel * Lanes * columns);
            var sum0 = Vector512<double>.Zero;
            var sum1 = Vector512<double>.Zero;
            var sum2 = Vector512<double>.Zero;
            var sum3 = Vector512<double>.Zero;
            for (nint column = 0; column < columns; column++)
            {
                var x = Vector512.LoadUnsafe(ref rows, (nuint)(column * Lanes));
                var d0 = x - Vector512.Create(Unsafe.Add(ref q, column));
                sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
                var d1 = x - Vector512.Create(Unsafe.Add(ref q, column + columns));
                sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
                var d2 = x - Vector512.Create(Unsafe.Add(ref q, column + (2 * (nint)columns)));
                sum2 = Vector512.FusedMultiplyAdd(d2, d2, sum2);
                var d3 = x - Vector512.Create(Unsafe.Add(ref q, column + (3 * (nint)columns)));
                sum3 = Vector512.FusedMultiplyAdd(d3, d3, sum3);
            }

            if (panel == last)
            {
                sum0 &= mask;
                sum1 &= mask;
                sum2 &= mask;
                sum3 &= mask;
            }

            total0 += Vector512.Sqrt(sum0);
            total1 += Vector512.Sqrt(sum1);
            total2 += Vector512.Sqrt(sum2);
            total3 += Vector512.Sqrt(sum3);
        }

        sums[0] = Distance.Sum(total0);
        sums[1] = Distance.Sum(total1);
        sums[2] = Distance.Sum(total2);
        sums[3] = Distance.Sum(total3);
    }
}
