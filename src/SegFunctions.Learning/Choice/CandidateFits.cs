using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Choice;

/// <summary>A clustering that was tried and what it found.</summary>
internal sealed record CandidateFit(IClustering Clustering, Bilingual Description, IClusterModel Model);

/// <summary>Which clusterings are tried, from the simplest to the most involved.</summary>
internal static class CandidateFits
{
    /// <summary>Least cluster sizes of HDBSCAN as shares of the rows.</summary>
    private static readonly double[] SizeShares = [0.01, 0.02, 0.035, 0.06, 0.1, 0.18];

    private const int FewestRowsOfCluster = 5;
    private const int SmallClusterSize = 10;

    /// <summary>Neighbours that smooth HDBSCAN's density; null for as many as the least cluster size.</summary>
    private static readonly int?[] Samples = [5, 10, null];

    /// <summary>Reaches of DBSCAN around the one at the knee.</summary>
    private static readonly double[] ReachFactors = [0.8, 1, 1.25];

    /// <summary>Enough starts that the best is rarely missed.</summary>
    public const int Starts = 5;

    public static List<CandidateFit> Of(Matrix rows, Incumbent? incumbent, AutoClusteringOptions options, Action<string, double> tell, CancellationToken cancellationToken)
    {
        var fits = new List<CandidateFit>();
        var most = Math.Min(options.MaxSegments, rows.Rows / 2);
        for (var k = 2; k <= most; k++)
        {
            tell($"k-means with {k} centres", 0.35 * (k - 2) / most);
            Add(new KMeansOptions { Clusters = k, Starts = Starts, Seed = options.Seed, Threads = options.Threads }, Centres(k));
        }

        if (incumbent is not null && incumbent.Segments <= most)
            Add(new KMeansOptions { Clusters = incumbent.Segments, InitialCentroids = incumbent.Centres(rows), Seed = options.Seed, Threads = options.Threads }, FromBefore(incumbent.Segments));

        foreach (var linkage in (Linkage[])[Linkage.Ward, Linkage.Average, Linkage.Complete, Linkage.Single])
        {
            tell($"{linkage} linkage".ToLowerInvariant(), 0.35 + (0.05 * (int)linkage));
            cancellationToken.ThrowIfCancellationRequested();
            var tree = Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Clusters = 2, ExactRows = Math.Max(rows.Rows, 2_000), Seed = options.Seed, Threads = options.Threads }, progress: null, cancellationToken);
            for (var k = 2; k <= most; k++)
            {
                var clustering = new HierarchicalOptions { Linkage = linkage, Clusters = k, ExactRows = Math.Max(rows.Rows, 2_000), Seed = options.Seed, Threads = options.Threads };
                fits.Add(new CandidateFit(clustering, Cut(linkage, k), tree.WithCount(k)));
            }
        }

        tell("dbscan", 0.55);
        AddDbscan();
        tell("hdbscan", 0.6);
        AddHdbscan();
        return fits;

        void Add(IClustering clustering, Bilingual description) =>
            fits.Add(new CandidateFit(clustering, description, clustering.Fit(rows, progress: null, cancellationToken)));

        void AddDbscan()
        {
            foreach (var points in (int[])[4, 8, rows.Columns > 4 ? 2 * rows.Columns : 15])
            {
                var proposed = EpsilonProposal.Of(rows, points + 1, options.Threads, cancellationToken).Epsilon;
                foreach (var factor in ReachFactors)
                    Add(new DbscanOptions { Epsilon = proposed * factor, MinimumPoints = points, Threads = options.Threads }, Reach(proposed * factor, points));
            }
        }

        void AddHdbscan()
        {
            var sizes = SizeShares.Select(share => Math.Max(FewestRowsOfCluster, (int)Math.Round(rows.Rows * share))).Append(SmallClusterSize).Distinct().Order().ToList();
            foreach (var samples in Samples)
            {
                foreach (var size in sizes)
                {
                    if (samples is null && Samples.Contains(size))
                        continue;
                    foreach (var selection in (ClusterSelection[])[ClusterSelection.ExcessOfMass, ClusterSelection.Leaf])
                    {
                        Add(
                            new HdbscanOptions { MinimumClusterSize = size, MinimumSamples = samples ?? size, Selection = selection, Threads = options.Threads },
                            Density(size, samples ?? size, selection));
                    }
                }
            }
        }
    }

    private static Bilingual Centres(int k) => new($"k-means, {k} centres", $"k-moyennes, {k} centres");

    private static Bilingual FromBefore(int k) => new($"k-means, from the {k} segments of before", $"k-moyennes, à partir des {k} segments précédents");

    private static Bilingual Cut(Linkage linkage, int k) => linkage switch
    {
        Linkage.Ward => new($"Ward's tree cut into {k}", $"arbre de Ward coupé en {k}"),
        Linkage.Average => new($"average-linkage tree cut into {k}", $"arbre au lien moyen coupé en {k}"),
        Linkage.Complete => new($"complete-linkage tree cut into {k}", $"arbre au lien complet coupé en {k}"),
        _ => new($"single-linkage tree cut into {k}", $"arbre au lien simple coupé en {k}"),
    };

    private static Bilingual Reach(double reach, int points)
    {
        var number = Wording.Number(reach, decimals: 3);
        return new($"DBSCAN, reach {number.En}, {points} points", $"DBSCAN, portée {number.Fr}, {points} points");
    }

    private static Bilingual Density(int size, int samples, ClusterSelection selection) => selection == ClusterSelection.Leaf
        ? new($"HDBSCAN, leaves of {size} rows or more, {samples} neighbours", $"HDBSCAN, feuilles d'au moins {size} lignes, {samples} voisins")
        : new($"HDBSCAN, clusters of {size} rows or more, {samples} neighbours", $"HDBSCAN, groupes d'au moins {size} lignes, {samples} voisins");
}
