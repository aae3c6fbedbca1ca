namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Makes the condensed tree of a single-linkage tree, in arrays: see <see cref="CondensedTree"/>.</summary>
/// <remarks>
/// λ is 1 / distance and would be infinite at distance 0. There it is taken as that of the shortest distance above 0 in the tree, so that a pile of
/// equal rows is dense, but stabilities stay finite and comparable.
/// </remarks>
internal sealed class Condensation
{
    private readonly List<int> _parents = [];
    private readonly List<double> _births = [];
    private readonly List<int> _sizes = [];
    private readonly double _greatest;

    private Condensation(SingleLinkage linkage, double[] core, int[] counts, int minimum)
    {
        var n = counts.Length;
        RowCluster = new int[n];
        RowLambda = new double[n];
        _greatest = Greatest(linkage, core);
        Add(-1, 0, linkage.Sizes[^1]);
        // For nodes that still hold a cluster its number, for nodes whose rows have left one ~number.
        var state = new int[linkage.Sizes.Length];
        var left = new double[linkage.Sizes.Length];
        for (var node = state.Length - 1; node >= 0; node--)
        {
            var cluster = state[node];
            if (node < n)
            {
                RowCluster[node] = cluster < 0 ? ~cluster : cluster;
                // Equal rows enough for a cluster of their own: they part at their core distance.
                RowLambda[node] = cluster < 0 ? left[node] : Lambda(core[node]);
                continue;
            }

            var (a, b) = (linkage.Left[node - n], linkage.Right[node - n]);
            if (cluster < 0)
            {
                (state[a], left[a], state[b], left[b]) = (cluster, left[node], cluster, left[node]);
                continue;
            }

            var lambda = Lambda(linkage.Heights[node - n]);
            var split = linkage.Sizes[a] >= minimum && linkage.Sizes[b] >= minimum;
            state[a] = Follow(a);
            state[b] = Follow(b);

            int Follow(int child)
            {
                left[child] = lambda;
                if (linkage.Sizes[child] < minimum)
                    return ~cluster;
                return split ? Add(cluster, lambda, linkage.Sizes[child]) : cluster;
            }
        }

        Parents = [.. _parents];
        Births = [.. _births];
        Sizes = [.. _sizes];
        (Deaths, Stabilities) = Measure(counts);
    }

    public int Clusters => Parents.Length;

    public int[] Parents { get; }

    public double[] Births { get; }

    public int[] Sizes { get; }

    public double[] Deaths { get; }

    public double[] Stabilities { get; }

    public int[] RowCluster { get; }

    public double[] RowLambda { get; }

    /// <param name="core">Core distance of every row.</param>
    /// <param name="counts">How often every row occurs.</param>
    /// <param name="minimum">The least rows that make a cluster, 2 or more.</param>
    public static Condensation Of(SingleLinkage linkage, double[] core, int[] counts, int minimum) => new(linkage, core, counts, minimum);

    /// <summary>For every cluster the greatest λ at which a row leaves it or one below it.</summary>
    public double[] DeepestDeaths()
    {
        var deepest = Deaths.ToArray();
        for (var cluster = Clusters - 1; cluster > 0; cluster--)
            deepest[Parents[cluster]] = Math.Max(deepest[Parents[cluster]], deepest[cluster]);
        return deepest;
    }

    private static double Greatest(SingleLinkage linkage, double[] core)
    {
        var shortest = double.PositiveInfinity;
        foreach (var height in linkage.Heights)
        {
            if (height > 0)
                shortest = Math.Min(shortest, height);
        }

        foreach (var distance in core)
        {
            if (distance > 0)
                shortest = Math.Min(shortest, distance);
        }

        return double.IsFinite(shortest) ? Math.Min(1 / shortest, double.MaxValue) : 1;
    }

    private double Lambda(double distance) => Math.Min(1 / distance, _greatest);

    private int Add(int parent, double birth, int size)
    {
        _parents.Add(parent);
        _births.Add(birth);
        _sizes.Add(size);
        return _parents.Count - 1;
    }

    private (double[] Deaths, double[] Stabilities) Measure(int[] counts)
    {
        var (deaths, stabilities) = (new double[Clusters], new double[Clusters]);
        for (var row = 0; row < RowCluster.Length; row++)
        {
            var cluster = RowCluster[row];
            deaths[cluster] = Math.Max(deaths[cluster], RowLambda[row]);
            stabilities[cluster] += counts[row] * (RowLambda[row] - Births[cluster]);
        }

        for (var cluster = 1; cluster < Clusters; cluster++)
        {
            var parent = Parents[cluster];
            deaths[parent] = Math.Max(deaths[parent], Births[cluster]);
            stabilities[parent] += Sizes[cluster] * (Births[cluster] - Births[parent]);
        }

        return (deaths, stabilities);
    }
}
