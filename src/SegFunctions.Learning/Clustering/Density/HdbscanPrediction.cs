namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// Places new rows in the tree as it is (approximate_predict of McInnes, Healy &amp; Astels 2017): each joins the training row it reaches most
/// lightly, at that distance; the cluster that row was in at that density is the new row's.
/// </summary>
internal sealed class HdbscanPrediction(Matrix rows, KnownRows known, IReadOnlyList<CondensedCluster> tree, int neighbours, double epsilon) : IChunkWork
{
    private readonly Scratch<Neighbours> _scratch = new(() => new Neighbours(known.Tree, Math.Min(neighbours, known.Tree.Count)));

    private readonly double[] _deathOfLabel = [.. tree.Where(cluster => cluster.IsChosen).OrderBy(cluster => cluster.Label).Select(cluster => cluster.Death)];

    public static FixedChunks Chunks(int rows) => FixedChunks.Of(rows, most: 256, smallest: 64);

    public int[] Labels { get; } = new int[rows.Rows];

    public double[] Probabilities { get; } = new double[rows.Rows];

    public void Run(int chunk)
    {
        var chunks = Chunks(rows.Rows);
        var near = _scratch.Borrow();
        for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
        {
            near.Find(rows.Row(row));
            Place(row, near);
        }

        _scratch.Return(near);
    }

    private void Place(int row, Neighbours near)
    {
        var (nearest, lambda) = (known.Tree.Rows[near.Slots[0]], 0.0);
        if (near.Distances[0] == 0)
        {
            (Labels[row], lambda) = (known.Labels[nearest], known.Lambdas[nearest]);
        }
        else
        {
            var (slot, squared) = Lightest(rows.Row(row), near);
            lambda = 1 / Math.Sqrt(squared);
            Labels[row] = LabelAt(known.Tree.Rows[slot], lambda);
        }

        if (Labels[row] < 0)
            return;
        Probabilities[row] = Math.Min(1, lambda / _deathOfLabel[Labels[row]]);
    }

    /// <summary>The nearest of the neighbours whose core distance is no greater than the new row's; failing that the lightest edge to any row.</summary>
    private (int Slot, double Squared) Lightest(ReadOnlySpan<double> point, Neighbours near)
    {
        var own = CoreDistances.KthDistance(near.Distances, near.Slots, 0, neighbours, known.Tree, known.Counts);
        var limit = double.PositiveInfinity;
        for (var i = 0; i < near.Slots.Length && near.Distances[i] <= own; i++)
        {
            var core = known.Edges.Core[near.Slots[i]];
            if (core <= own)
                return (near.Slots[i], own);
            limit = Math.Min(limit, core);
        }

        var lightest = known.Edges.From(point, own, limit);
        return (lightest.To, lightest.Weight);
    }

    private int LabelAt(int row, double lambda)
    {
        var cluster = known.Clusters[row];
        while (cluster > 0 && tree[cluster].Birth >= lambda)
            cluster = tree[cluster].Parent;
        return cluster == 0 && HdbscanResult.IsTooSparse(lambda, epsilon) ? IClusterModel.Noise : tree[cluster].Label;
    }
}
