using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>A fitted HDBSCAN* clustering. Immutable; it keeps the distinct training rows, because new rows are placed among them.</summary>
public sealed class HdbscanModel : IClusterModel
{
    internal const int Version = 1;

    private readonly KnownRows _known;
    private readonly int _neighbours;
    private readonly double _epsilon;

    internal HdbscanModel(KnownRows known, int neighbours, double epsilon, CondensedCluster[] clusters, int[] sizes, int[] labels)
    {
        _known = known;
        _neighbours = neighbours;
        _epsilon = epsilon;
        Tree = new CondensedTree(clusters, [], []);
        Sizes = sizes;
        Labels = labels;
    }

    /// <inheritdoc/>
    public string Algorithm => HdbscanOptions.Name;

    /// <inheritdoc/>
    public int Columns => _known.Columns;

    /// <inheritdoc/>
    public int Clusters => Sizes.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>How firmly each training row belongs to its cluster, 0 to 1: the λ at which it leaves as a share of the cluster's greatest; 0 for noise. Empty for a loaded model.</summary>
    public IReadOnlyList<double> Probabilities { get; internal init; } = [];

    /// <summary>
    /// GLOSH (Campello et al. 2015) of each training row, 0 to 1: how much sparser its surroundings are than the densest place of the
    /// cluster it hangs on. Empty for a loaded model.
    /// </summary>
    public IReadOnlyList<double> OutlierScores { get; internal init; } = [];

    /// <summary>Distance of each training row to its k-th nearest other one: see <see cref="HdbscanOptions.MinimumSamples"/>. Empty for a loaded model.</summary>
    public IReadOnlyList<double> CoreDistances { get; internal init; } = [];

    /// <summary>The condensed tree; a loaded model's lists no training rows.</summary>
    public CondensedTree Tree { get; internal init; }

    /// <summary>Total weight of the minimum spanning tree of mutual reachability over all training rows; NaN for a loaded model.</summary>
    public double SpanningTreeWeight { get; internal init; } = double.NaN;

    /// <summary>
    /// The cluster of every row, placed among the training rows as they are; noise where it would hang on no cluster. A row equal to a training row gets its label.
    /// </summary>
    /// <inheritdoc/>
    public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default) =>
        Place(rows, threads, cancellationToken).Labels;

    /// <summary>As <see cref="Predict"/>, and how firmly each row belongs to its cluster: see <see cref="Probabilities"/>.</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    public (int[] Labels, double[] Probabilities) PredictWithProbabilities(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        var prediction = Place(rows, threads, cancellationToken);
        return (prediction.Labels, prediction.Probabilities);
    }

    /// <summary>Writes the model with the distinct training rows, their labels by row aside. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["columns"] = Columns,
            ["rows"] = _known.Counts.Length,
            ["neighbours"] = _neighbours,
            ["clusters"] = Tree.Clusters.Count,
            ["sizes"] = new JsonArray([.. Sizes.Select(size => (JsonNode)size)]),
        };
        ModelFile.Write(
            stream,
            Algorithm,
            Version,
            fields,
            ("epsilon", [_epsilon]),
            ("values", _known.Values),
            ("counts", StoredIntegers.ToDoubles(_known.Counts)),
            ("core", _known.Core),
            ("rowClusters", StoredIntegers.ToDoubles(_known.Clusters)),
            ("rowLambdas", _known.Lambdas),
            ("rowLabels", StoredIntegers.ToDoubles(_known.Labels)),
            ("parents", [.. Tree.Clusters.Select(cluster => (double)cluster.Parent)]),
            ("births", [.. Tree.Clusters.Select(cluster => cluster.Birth)]),
            ("deaths", [.. Tree.Clusters.Select(cluster => cluster.Death)]),
            ("clusterSizes", [.. Tree.Clusters.Select(cluster => (double)cluster.Size)]),
            ("stabilities", [.. Tree.Clusters.Select(cluster => cluster.Stability)]),
            ("clusterLabels", [.. Tree.Clusters.Select(cluster => (double)cluster.Label)]),
            ("chosen", [.. Tree.Clusters.Select(cluster => cluster.IsChosen ? 1.0 : 0)]));
    }

    /// <summary>The same clusters under other numbers, as a loaded model would be: without training rows.</summary>
    internal HdbscanModel Renumbered(ClusterOrder order)
    {
        var labels = _known.Labels.ToArray();
        order.Renumber(labels);
        int[] clusterLabels = [.. Tree.Clusters.Select(cluster => cluster.Label)];
        order.Renumber(clusterLabels);
        CondensedCluster[] clusters = [.. Tree.Clusters.Select((cluster, i) => cluster with { Label = clusterLabels[i] })];
        return new HdbscanModel(_known.With(labels), _neighbours, _epsilon, clusters, order.Taken(Sizes), []);
    }

    /// <exception cref="InvalidDataException">The stream holds no HDBSCAN* model, a newer version, or a damaged one.</exception>
    public static HdbscanModel Load(Stream stream) => Load(ModelFile.Read(stream, HdbscanOptions.Name, Version));

    internal static HdbscanModel Load(ModelFile file)
    {
        var (columns, rows, neighbours, clusters) = (file.Field<int>("columns"), file.Field<int>("rows"), file.Field<int>("neighbours"), file.Field<int>("clusters"));
        var sizes = file.Integers("sizes");
        if (columns < 1 || rows < 1 || neighbours < 1 || clusters < 1 || (long)rows * columns > int.MaxValue)
            throw new InvalidDataException($"The stored HDBSCAN* model claims {rows} rows of {columns} columns, {neighbours} neighbours and {clusters} clusters; it is damaged.");
        var (parents, births, deaths) = (StoredIntegers.Of(file, "parents", clusters, -1, clusters - 1), file.Array("births", clusters), file.Array("deaths", clusters));
        var (clusterSizes, stabilities) = (StoredIntegers.Of(file, "clusterSizes", clusters, 0, int.MaxValue), file.Array("stabilities", clusters));
        var (labels, chosen) = (StoredIntegers.Of(file, "clusterLabels", clusters, -1, sizes.Length - 1), StoredIntegers.Of(file, "chosen", clusters, 0, 1));
        var tree = new CondensedCluster[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            if (parents[cluster] >= cluster || (cluster > 0 && parents[cluster] < 0))
                throw new InvalidDataException($"Cluster {cluster} of the stored HDBSCAN* model has the parent {parents[cluster]}; it is damaged.");
            tree[cluster] = new CondensedCluster(parents[cluster], births[cluster], deaths[cluster], clusterSizes[cluster], stabilities[cluster], labels[cluster], chosen[cluster] == 1);
        }

        if (Enumerable.Range(0, sizes.Length).Any(label => !tree.Any(cluster => cluster.IsChosen && cluster.Label == label)))
            throw new InvalidDataException($"The stored HDBSCAN* model has {sizes.Length} labels and lacks the cluster of one; it is damaged.");
        var values = file.Array("values", rows * columns);
        var known = new KnownRows(
            values,
            columns,
            StoredIntegers.Of(file, "counts", rows, 1, int.MaxValue),
            KdTree.Over(values, columns),
            file.Array("core", rows),
            StoredIntegers.Of(file, "rowClusters", rows, 0, clusters - 1),
            file.Array("rowLambdas", rows),
            StoredIntegers.Of(file, "rowLabels", rows, -1, sizes.Length - 1));
        return new HdbscanModel(known, neighbours, file.Array("epsilon", 1)[0], tree, sizes, []);
    }

    private HdbscanPrediction Place(Matrix rows, int? threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Columns, nameof(rows));
        rows.RequireFinite(nameof(rows));
        var prediction = new HdbscanPrediction(rows, _known, Tree.Clusters, _neighbours, _epsilon);
        var chunks = HdbscanPrediction.Chunks(rows.Rows).Count;
        using var team = new ChunkTeam(chunks < 2 ? 1 : threads, cancellationToken);
        team.Run(prediction, chunks);
        return prediction;
    }
}
