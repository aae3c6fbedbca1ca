using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>A fitted DBSCAN clustering. Immutable; it keeps the distinct core points, because new rows are labelled by the nearest of them.</summary>
public sealed class DbscanModel : IClusterModel
{
    internal const int Version = 1;

    private readonly CorePoints _cores;

    internal DbscanModel(CorePoints cores, int[] sizes, int[] labels, bool[] corePoints)
    {
        _cores = cores;
        Sizes = sizes;
        Labels = labels;
        CorePoints = corePoints;
    }

    /// <inheritdoc/>
    public string Algorithm => DbscanOptions.Name;

    /// <inheritdoc/>
    public int Columns => _cores.Columns;

    /// <inheritdoc/>
    public int Clusters => Sizes.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Whether each training row is a core point. Empty for a loaded model.</summary>
    public IReadOnlyList<bool> CorePoints { get; }

    /// <summary>The greatest distance between neighbours, as given or as proposed.</summary>
    public double Epsilon => _cores.Epsilon;

    /// <summary>The cluster of each row's nearest core point within <see cref="Epsilon"/>, else noise. Training rows get their <see cref="Labels"/>.</summary>
    /// <inheritdoc/>
    public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Columns, nameof(rows));
        rows.RequireFinite(nameof(rows));
        var labels = new int[rows.Rows];
        var nearest = new NearestCore(rows, _cores, labels);
        using var team = new ChunkTeam(nearest.Chunks.Count < 2 ? 1 : threads, cancellationToken);
        team.Run(nearest, nearest.Chunks.Count);
        return labels;
    }

    /// <summary>Writes the core points and their clusters. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["columns"] = Columns,
            ["corePoints"] = _cores.Labels.Length,
            ["sizes"] = new JsonArray([.. Sizes.Select(size => (JsonNode)size)]),
        };
        ModelFile.Write(
            stream,
            Algorithm,
            Version,
            fields,
            ("epsilon", [Epsilon]),
            ("values", _cores.Values),
            ("labels", StoredIntegers.ToDoubles(_cores.Labels)));
    }

    /// <summary>The same clusters under other numbers, as a loaded model would be: without training rows.</summary>
    internal DbscanModel Renumbered(ClusterOrder order)
    {
        var labels = _cores.Labels.ToArray();
        order.Renumber(labels);
        return new DbscanModel(_cores.With(labels), order.Taken(Sizes), [], []);
    }

    /// <exception cref="InvalidDataException">The stream holds no DBSCAN model, a newer version, or a damaged one.</exception>
    public static DbscanModel Load(Stream stream) => Load(ModelFile.Read(stream, DbscanOptions.Name, Version));

    internal static DbscanModel Load(ModelFile file)
    {
        var (columns, cores, sizes) = (file.Field<int>("columns"), file.Field<int>("corePoints"), file.Integers("sizes"));
        if (columns < 1 || cores < 0 || (long)cores * columns > int.MaxValue)
            throw new InvalidDataException($"The stored DBSCAN model claims {cores} core points of {columns} columns; it is damaged.");
        var labels = StoredIntegers.Of(file, "labels", cores, 0, sizes.Length - 1);
        var points = new CorePoints(file.Array("values", cores * columns), columns, labels, sizes.Length, file.Array("epsilon", 1)[0]);
        return new DbscanModel(points, sizes, [], []);
    }
}
