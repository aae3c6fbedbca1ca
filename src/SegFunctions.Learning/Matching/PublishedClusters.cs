using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Matching;

/// <summary>A cluster as it was published.</summary>
/// <param name="Id">Belongs to this cluster for ever: no other ever gets it.</param>
/// <param name="Size">Members at the time.</param>
/// <param name="Centroid">Its centre, in the columns that clusters are compared in; null when unknown.</param>
public sealed record PublishedCluster(int Id, Bilingual Name, int Size, double[]? Centroid = null);

/// <summary>All clusters of one run, as the next run finds them. Kept as JSON between runs.</summary>
/// <param name="NextId">The first id never given to a cluster.</param>
/// <param name="Clusters">Ids all different and below <paramref name="NextId"/>.</param>
public sealed record PublishedClusters(int NextId, IReadOnlyList<PublishedCluster> Clusters)
{
    /// <summary>Before the first run. Ids begin at 1.</summary>
    public static PublishedClusters None { get; } = new(1, []);

    internal void Validate()
    {
        var faults = new List<string>();
        var ids = new HashSet<int>();
        foreach (var cluster in Clusters)
        {
            if (!ids.Add(cluster.Id))
                faults.Add($"Id {cluster.Id} belongs to two clusters; give each its own.");
            if (cluster.Id < 0 || cluster.Id >= NextId)
                faults.Add($"Id {cluster.Id} is out of range; ids run from 0 to below NextId, which is {NextId}.");
            if (cluster.Centroid is { } centroid && !Array.TrueForAll(centroid, double.IsFinite))
                faults.Add($"The centroid of cluster {cluster.Id} holds a value that is not finite.");
            if (cluster.Centroid?.Length != Clusters[0].Centroid?.Length)
                faults.Add($"The centroid of cluster {cluster.Id} has {Length(cluster)} columns, that of cluster {Clusters[0].Id} has {Length(Clusters[0])}; give all clusters centroids of one length, or none.");
        }

        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "previous");
    }

    private static string Length(PublishedCluster cluster) => cluster.Centroid is { } centroid ? $"{centroid.Length}" : "no";
}
