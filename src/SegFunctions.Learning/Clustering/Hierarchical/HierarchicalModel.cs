using System.Text.Json.Nodes;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// A tree of merges and one cut through it. Immutable; clusters are numbered from 0 by falling size, ties by their first member.
/// Cutting the same tree elsewhere costs O(n): <see cref="WithCount"/>, <see cref="WithHeight"/>.
/// </summary>
public sealed class HierarchicalModel : IClusterModel
{
    internal const int Version = 1;

    private readonly Leaves _leaves;
    private readonly int[] _leafLabels;

    /// <param name="groups">The cluster of every leaf, from 0, in any numbering.</param>
    internal HierarchicalModel(Leaves leaves, Linkage linkage, Dendrogram dendrogram, int[] groups)
    {
        _leaves = leaves;
        Linkage = linkage;
        Dendrogram = dendrogram;
        (_leafLabels, Sizes) = leaves.Number(groups);
        Labels = leaves.OfRows is { } rows ? Spread(_leafLabels, rows) : [];
    }

    /// <summary>As a loaded model is: numbered as it was stored, without training rows.</summary>
    private HierarchicalModel(Leaves leaves, Linkage linkage, Dendrogram dendrogram, int[] leafLabels, int[] sizes)
    {
        (_leaves, Linkage, Dendrogram, _leafLabels, Sizes) = (leaves with { OfRows = null }, linkage, dendrogram, leafLabels, sizes);
        Labels = [];
    }

    /// <inheritdoc/>
    public string Algorithm => HierarchicalOptions.NameOf(Linkage);

    /// <summary>By what the tree was built.</summary>
    public Linkage Linkage { get; }

    /// <inheritdoc/>
    public int Columns => _leaves.Rows.Columns;

    /// <summary>How many clusters there are: those asked for, or fewer when the data has fewer distinct rows.</summary>
    public int Clusters => Sizes.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The whole tree, over the training rows, or over micro-clusters when <see cref="MicroClusters"/> says so.</summary>
    public Dendrogram Dendrogram { get; }

    /// <summary>What stands for the rows as leaves of the tree; null when the rows themselves do and the result is exact.</summary>
    public MicroClustering? MicroClusters => _leaves.Micro;

    /// <summary>In a sentence why the result is not exact; null when it is.</summary>
    public Bilingual? Approximation => MicroClusters?.Reason;

    /// <summary>The same tree cut into so many clusters; fewer when there are fewer distinct rows.</summary>
    /// <param name="clusters">At least 1. Where merges at one height compete to be the last, the order of the dendrogram decides.</param>
    public HierarchicalModel WithCount(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        return new HierarchicalModel(_leaves, Linkage, Dendrogram, Dendrogram.GroupsByCount(clusters));
    }

    /// <summary>The same tree with every merge up to and including a height.</summary>
    /// <param name="height">0 or more, in the units of the data.</param>
    public HierarchicalModel WithHeight(double height)
    {
        if (!(height >= 0))
            throw new ArgumentOutOfRangeException(nameof(height), height, "A tree is cut at a height of 0 or more.");
        return new HierarchicalModel(_leaves, Linkage, Dendrogram, Dendrogram.GroupsByHeight(height));
    }

    /// <summary>The <see cref="Labels"/> of the training rows for another number of clusters; see <see cref="WithCount"/>.</summary>
    /// <exception cref="InvalidOperationException">A loaded model, which carries no labels.</exception>
    public IReadOnlyList<int> CutByCount(int clusters) => WithCount(clusters).TrainingLabels();

    /// <summary>The <see cref="Labels"/> of the training rows for a cut at a height; see <see cref="WithHeight"/>.</summary>
    /// <exception cref="InvalidOperationException">A loaded model, which carries no labels.</exception>
    public IReadOnlyList<int> CutByHeight(double height) => WithHeight(height).TrainingLabels();

    /// <summary>
    /// The label of the nearest training row (or centre of a micro-cluster), shape (rows × columns) in, rows labels out; of equally
    /// near ones that of the first in the order of their content. Training rows get their <see cref="Labels"/> under every linkage.
    /// Cost O(rows · n · columns).
    /// </summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Columns, nameof(rows));
        rows.RequireFinite(nameof(rows));
        return rows.Rows == 0 ? [] : Spread(_leafLabels, _leaves.Nearest.Of(rows, threads, cancellationToken));
    }

    /// <summary>Writes the leaves, the tree and the cut: n · (columns + 6) numbers. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["linkage"] = Linkage.ToString(),
            ["leaves"] = _leaves.Rows.Rows,
            ["columns"] = Columns,
            ["gathered"] = MicroClusters is not null,
        };
        if (MicroClusters is { } micro)
            (fields["rows"], fields["reasonEn"], fields["reasonFr"]) = (micro.Rows, micro.Reason.En, micro.Reason.Fr);
        var merges = Dendrogram.Merges;
        ModelFile.Write(
            stream,
            Algorithm,
            Version,
            fields,
            ("rows", _leaves.Rows.Array),
            ("weights", WholeNumbers.ToDoubles(_leaves.Weights)),
            ("first", WholeNumbers.ToDoubles(_leaves.First)),
            ("left", [.. merges.Select(merge => (double)merge.Left)]),
            ("right", [.. merges.Select(merge => (double)merge.Right)]),
            ("height", [.. merges.Select(merge => merge.Height)]),
            ("labels", WholeNumbers.ToDoubles(_leafLabels)));
    }

    /// <exception cref="InvalidDataException">The stream holds no hierarchical model, a newer version, or a damaged one.</exception>
    public static HierarchicalModel Load(Stream stream) => Load(ModelFile.Read(stream, [HierarchicalOptions.WardName, HierarchicalOptions.Name], Version));

    internal static HierarchicalModel Load(ModelFile file)
    {
        if (!Enum.TryParse<Linkage>(file.Field<string>("linkage"), out var linkage) || !Enum.IsDefined(linkage) || HierarchicalOptions.NameOf(linkage) != file.Kind)
            throw new InvalidDataException($"The stored {file.Kind} model has the linkage \"{file.Field<string>("linkage")}\"; it is damaged.");
        var leaves = Leaves.Load(file);
        var labels = WholeNumbers.Read(file, "labels", leaves.Rows.Rows, leaves.Rows.Rows - 1);
        var sizes = new int[labels.Max() + 1];
        for (var leaf = 0; leaf < labels.Length; leaf++)
            sizes[labels[leaf]] += leaves.Weights[leaf];
        if (sizes.Contains(0))
            throw new InvalidDataException($"The stored tree has clusters up to {sizes.Length - 1}, and none of its leaves is in cluster {Array.IndexOf(sizes, 0)}; it is damaged.");
        return new HierarchicalModel(leaves, linkage, Dendrogram.Load(file, leaves.Weights), labels, sizes);
    }

    /// <summary>The same clusters under other numbers, as a loaded model would be: without training rows.</summary>
    internal HierarchicalModel Renumbered(ClusterOrder order)
    {
        var labels = _leafLabels.ToArray();
        order.Renumber(labels);
        return new HierarchicalModel(_leaves, Linkage, Dendrogram, labels, order.Taken(Sizes));
    }

    private IReadOnlyList<int> TrainingLabels() =>
        _leaves.OfRows is null ? throw new InvalidOperationException("A stored model carries no labels of training rows. Cut it with WithCount or WithHeight and predict the rows.") : Labels;

    private static int[] Spread(int[] leafLabels, int[] leaves)
    {
        var labels = new int[leaves.Length];
        for (var row = 0; row < labels.Length; row++)
            labels[row] = leafLabels[leaves[row]];
        return labels;
    }
}
