using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Clustering.Hierarchical;

namespace SegFunctions.Learning.Clustering;

/// <summary>Stored clusterings of any algorithm: a model's kind is the name of its algorithm.</summary>
public static class ClusterModel
{
    /// <summary>A line for each kind of stored model.</summary>
    private static readonly StoredKind[] Kinds =
    [
        new(KMeansOptions.Name, KMeansModel.Version, KMeansModel.Load),
        new(MiniBatchKMeansOptions.Name, KMeansModel.Version, KMeansModel.Load),
        new(HierarchicalOptions.WardName, HierarchicalModel.Version, HierarchicalModel.Load),
        new(HierarchicalOptions.Name, HierarchicalModel.Version, HierarchicalModel.Load),
        new(DbscanOptions.Name, DbscanModel.Version, DbscanModel.Load),
        new(HdbscanOptions.Name, HdbscanModel.Version, HdbscanModel.Load),
    ];

    /// <summary>Reads what <see cref="IClusterModel.Save"/> wrote, whichever algorithm it was. The stream stays open, just behind the model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no clustering, one of a newer version, or a damaged one.</exception>
    public static IClusterModel Load(Stream stream)
    {
        var file = ModelFile.Read(stream, [.. Kinds.Select(kind => (kind.Name, kind.NewestVersion))]);
        return Kinds.First(kind => kind.Name == file.Kind).Load(file);
    }

    private sealed record StoredKind(string Name, int NewestVersion, Func<ModelFile, IClusterModel> Load);
}
