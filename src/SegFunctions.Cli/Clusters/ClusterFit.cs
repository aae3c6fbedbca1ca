using SegFunctions.Learning;
using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Structure;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Clusters;

/// <summary>The clustering that was asked for, with what was tried on the way and how far to trust it.</summary>
/// <param name="Model">Null where nothing is worth choosing.</param>
/// <param name="Stability">Mean Jaccard similarity under resampling; null where it was not measured.</param>
internal sealed record ClusterFit(
    IClusterModel? Model, ChoiceConfidence Confidence, Bilingual Reason, IReadOnlyList<TriedClustering> Candidates, double? Stability, double? StructureP)
{
    private const int SilhouetteRows = 5_000;
    private const int Replicates = 20;

    /// <summary>Hennig's (2007) bounds: below 0.75 a cluster is a pattern of doubtful existence, from 0.85 on it is highly stable.</summary>
    private const double Stable = 0.75;
    private const double HighlyStable = 0.85;

    /// <summary>Rows that a segment should have, as where all are tried: 10 or 1 %, whichever is more.</summary>
    public static int LeastSize(int rows) => Math.Max(10, (rows + 99) / 100);

    public static ClusterFit Run(Matrix rows, ClusterRequest request, IProgress<ClusteringProgress> progress, CancellationToken cancellationToken)
    {
        if (request.Algorithm == ClusterAlgorithm.Auto)
            return Chosen(rows, request, progress, cancellationToken);
        var (clustering, model, tried) = Named(rows, request, progress, cancellationToken);
        return Judged(rows, clustering, model, tried, request.Seed, cancellationToken);
    }

    private static ClusterFit Chosen(Matrix rows, ClusterRequest request, IProgress<ClusteringProgress> progress, CancellationToken cancellationToken)
    {
        var usual = new AutoClusteringOptions();
        var result = AutoClustering.Choose(
            rows,
            usual with { MaxSegments = request.MaximumSegments ?? usual.MaxSegments, MinimumSize = request.MinimumSize, Seed = request.Seed },
            progress,
            cancellationToken);
        var candidates = result.Candidates.Select(one => new TriedClustering(
            one.Algorithm, one.Description, one.Segments, one.SmallestSize, one.NoiseShare, one.Separation, one.Support, one.Silhouette, one.Stability,
            one.Verdict == CandidateVerdict.Chosen, one.Reason));
        return new ClusterFit(result.Model, result.Confidence, Joined(result.Sentences), [.. candidates], result.Winner?.Stability, result.Structure?.PValue);
    }

    private static (IClustering Clustering, IClusterModel Model, IReadOnlyList<TriedClustering> Tried) Named(
        Matrix rows, ClusterRequest request, IProgress<ClusteringProgress> progress, CancellationToken cancellationToken)
    {
        var most = Math.Min(request.MaximumSegments ?? new AutoClusteringOptions().MaxSegments, rows.Rows);
        switch (request.Algorithm)
        {
            case ClusterAlgorithm.KMeans:
                var centres = new KMeansOptions { Seed = request.Seed };
                return ByCount(request.Clusters, k => centres with { Clusters = k, Starts = request.Starts ?? centres.Starts });
            case ClusterAlgorithm.MiniBatch:
                var batches = new MiniBatchKMeansOptions { Seed = request.Seed };
                return ByCount(request.Clusters, k => batches with { Clusters = k, Starts = request.Starts ?? batches.Starts });
            case ClusterAlgorithm.Ward or ClusterAlgorithm.Hierarchical:
                var tree = new HierarchicalOptions { Linkage = request.Algorithm == ClusterAlgorithm.Ward ? Linkage.Ward : request.Linkage ?? Linkage.Average, Seed = request.Seed };
                if (request.Height is { } height)
                    return One(tree with { Height = height });
                if (request.Clusters is { } wanted)
                    return One(tree with { Clusters = wanted });
                var grown = Agglomerative.Fit(rows, tree with { Clusters = Math.Min(2, rows.Rows) }, progress, cancellationToken);
                return Best(k => (tree with { Clusters = k }, grown.WithCount(k)));
            case ClusterAlgorithm.Dbscan:
                var reach = new DbscanOptions { Epsilon = request.Epsilon };
                return One(reach with { MinimumPoints = request.MinimumPoints ?? reach.MinimumPoints });
            default:
                var density = new HdbscanOptions { MinimumSamples = request.MinimumSamples };
                return One(density with { MinimumClusterSize = request.MinimumClusterSize ?? density.MinimumClusterSize });
        }

        (IClustering, IClusterModel, IReadOnlyList<TriedClustering>) One(IClustering clustering) =>
            (clustering, clustering.Fit(rows, progress, cancellationToken), []);

        (IClustering, IClusterModel, IReadOnlyList<TriedClustering>) ByCount(int? wanted, Func<int, IClustering> by) =>
            wanted is { } k ? One(by(k)) : Best(count => (by(count), by(count).Fit(rows, progress: null, cancellationToken)));

        // Without a number of clusters, the one of the greatest silhouette.
        (IClustering, IClusterModel, IReadOnlyList<TriedClustering>) Best(Func<int, (IClustering Clustering, IClusterModel Model)> by)
        {
            var tried = new List<(IClustering Clustering, IClusterModel Model, double? Silhouette)>();
            for (var k = 2; k <= most; k++)
            {
                progress.Report(new ClusteringProgress($"{k} clusters", (double)(k - 2) / most));
                var (clustering, model) = by(k);
                tried.Add((clustering, model, Silhouette.Sampled(rows, model.Labels, SilhouetteRows, request.Seed, threads: null, cancellationToken)?.Value));
            }

            if (tried.Count == 0)
                return One(by(1).Clustering);
            var best = tried.OrderByDescending(one => one.Silhouette ?? double.NegativeInfinity).First();
            return (best.Clustering, best.Model, [.. tried.OrderByDescending(one => one.Silhouette).Select(one => Tried(one.Model, one.Silhouette, one.Model == best.Model, best.Silhouette))]);
        }

        TriedClustering Tried(IClusterModel model, double? silhouette, bool chosen, double? best)
        {
            var own = Wording.Number(silhouette ?? double.NaN, 3);
            var winners = Wording.Number(best ?? double.NaN, 3);
            return new TriedClustering(
                model.Algorithm,
                new Bilingual($"{model.Algorithm}, {model.Clusters} clusters", $"{model.Algorithm}, {model.Clusters} groupes"),
                model.Clusters, model.Sizes.Count == 0 ? 0 : model.Sizes[^1], (double)(rows.Rows - model.Sizes.Sum()) / rows.Rows,
                Separation: null, Support: null, silhouette, Stability: null, chosen,
                chosen
                    ? new Bilingual($"the greatest silhouette: {own.En}", $"la plus grande silhouette : {own.Fr}")
                    : new Bilingual($"its silhouette is {own.En}, the winner's {winners.En}", $"sa silhouette est {own.Fr}, celle du retenu {winners.Fr}"));
        }
    }

    /// <summary>How far to trust a clustering that a person chose: is there structure at all, and does this one come back when rows are drawn again?</summary>
    private static ClusterFit Judged(
        Matrix rows, IClustering clustering, IClusterModel model, IReadOnlyList<TriedClustering> tried, long seed, CancellationToken cancellationToken)
    {
        var structure = StructureTest.Run(rows, new StructureTestOptions { Seed = seed }, cancellationToken);
        var stability = model.Clusters < 2
            ? (double?)null
            : ClusterStability.Bootstrap(rows, model.Labels, clustering, new StabilityOptions { Replicates = Replicates, Seed = seed }, cancellationToken).Mean;
        // Stragglers come back whenever they are drawn, so stability alone would praise a cut that sheds nothing but them.
        var mostlySmall = model.Sizes.Count(size => size < LeastSize(rows.Rows)) * 2 > model.Clusters;
        var confidence = (structure.Structured, stability) switch
        {
            (false, _) or (_, null) => ChoiceConfidence.None,
            _ when mostlySmall => ChoiceConfidence.Weak,
            (_, >= HighlyStable) => ChoiceConfidence.Strong,
            (_, >= Stable) => ChoiceConfidence.Moderate,
            _ => ChoiceConfidence.Weak,
        };
        var figure = Wording.Number(stability ?? double.NaN, 2);
        var reason = stability is null
            ? new Bilingual($"{ClusterWords.Counted(model.Clusters).En}: nothing is told apart. {structure.Sentence.En}", $"{ClusterWords.Counted(model.Clusters).Fr} : rien n'est distingué. {structure.Sentence.Fr}")
            : new Bilingual(
                $"{model.Clusters} clusters by {model.Algorithm}, as asked; drawn again they come back with a Jaccard similarity of {figure.En}. {structure.Sentence.En}",
                $"{model.Clusters} groupes par {model.Algorithm}, comme demandé ; sur d'autres tirages ils reviennent avec une similarité de Jaccard de {figure.Fr}. {structure.Sentence.Fr}");
        return new ClusterFit(model, confidence, reason, tried, stability, structure.PValue);
    }

    private static Bilingual Joined(IReadOnlyList<Bilingual> sentences) =>
        new(string.Join(' ', sentences.Select(sentence => sentence.En)), string.Join(' ', sentences.Select(sentence => sentence.Fr)));
}
