using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Matching;

/// <summary>A new cluster and who it is.</summary>
/// <param name="Label">In the new clustering.</param>
/// <param name="Id">That of the cluster it continues, else one that no cluster ever had.</param>
/// <param name="IsNew">Whether it continues none.</param>
/// <param name="KeptName">The name it keeps; null for a new one.</param>
/// <param name="Overlap">Jaccard overlap with the cluster it continues; null where members could not tell.</param>
/// <param name="Distance">From the centroid of that cluster, root mean square in standard deviations; null without centroids.</param>
public sealed record ClusterPair(int Label, int Id, bool IsNew, Bilingual? KeptName, double? Overlap, double? Distance);

/// <summary>Which clusters continue which. To publish: name the clusters with <see cref="KeptNames"/> and <see cref="RetiredNames"/> in the options of the explanation, then <see cref="Publish"/>.</summary>
public sealed class ClusterMatch
{
    private readonly PublishedClusters _previous;
    private readonly IReadOnlyList<int> _sizes;
    private readonly Matrix? _centroids;

    internal ClusterMatch(PublishedClusters previous, IReadOnlyList<ClusterPair> pairs, IReadOnlyList<int> sizes, Matrix? centroids, int nextId, IReadOnlyList<ClusterChange> changes)
    {
        _previous = previous;
        _sizes = sizes;
        _centroids = centroids;
        Pairs = pairs;
        NextId = nextId;
        Changes = changes;
        KeptNames = pairs.Where(pair => pair.KeptName is not null).ToDictionary(pair => pair.Label, pair => pair.KeptName!);
        var kept = pairs.Select(pair => pair.Id).ToHashSet();
        RetiredNames = [.. previous.Clusters.Where(cluster => !kept.Contains(cluster.Id)).Select(cluster => cluster.Name)];
    }

    /// <summary>One a new cluster, by label.</summary>
    public IReadOnlyList<ClusterPair> Pairs { get; }

    /// <summary>The first id not given yet.</summary>
    public int NextId { get; }

    /// <summary>Splits, merges, births and kept clusters, deaths; without texts.</summary>
    public IReadOnlyList<ClusterChange> Changes { get; }

    /// <summary>By label: the names that stay.</summary>
    public IReadOnlyDictionary<int, Bilingual> KeptNames { get; }

    /// <summary>Names of clusters that are gone: better not given to others at once.</summary>
    public IReadOnlyList<Bilingual> RetiredNames { get; }

    /// <summary>Labels become ids; noise stays −1.</summary>
    public int[] IdsOf(IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var ids = new int[labels.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (labels[i] >= Pairs.Count)
                throw new ArgumentException($"Member {i} (counted from 0) has the label {labels[i]}; there are clusters 0 to {Pairs.Count - 1}.", nameof(labels));
            ids[i] = labels[i] < 0 ? -1 : Pairs[labels[i]].Id;
        }

        return ids;
    }

    /// <summary>The clusters as the next run will find them, and every change in words.</summary>
    /// <param name="names">One a cluster, by label, all different in both languages. Those of <see cref="KeptNames"/> must be kept.</param>
    /// <exception cref="ArgumentException">Too many or few names, one given twice, or a kept one changed.</exception>
    public ClusterPublication Publish(IReadOnlyList<Bilingual> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != Pairs.Count)
            throw new ArgumentException($"{Pairs.Count} clusters need as many names, found {names.Count}.", nameof(names));
        var english = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var french = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (pair, name) in Pairs.Zip(names))
        {
            if (!english.Add(name.En) || !french.Add(name.Fr))
                throw new ArgumentException($"Two clusters are called '{name.En}' or '{name.Fr}'; give each its own name.", nameof(names));
            if (pair.KeptName is { } kept && kept != name)
                throw new ArgumentException($"Cluster {pair.Label} continues '{kept.En}' and cannot be called '{name.En}'; pass KeptNames when naming.", nameof(names));
        }

        var clusters = Pairs.Select(pair => new PublishedCluster(pair.Id, names[pair.Label], _sizes[pair.Label], _centroids?.Row(pair.Label).ToArray()));
        var byId = _previous.Clusters.ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        foreach (var pair in Pairs)
            byId[pair.Id] = names[pair.Label];
        var wording = new ChangeWording(byId, Pairs, _sizes);
        return new ClusterPublication(new PublishedClusters(NextId, [.. clusters]), [.. Changes.Select(change => change with { Text = wording.Write(change) })]);
    }
}

/// <summary>What a run publishes.</summary>
/// <param name="Clusters">For the next run to match against.</param>
/// <param name="Changes">Since the last run, each with its sentence.</param>
public sealed record ClusterPublication(PublishedClusters Clusters, IReadOnlyList<ClusterChange> Changes);
