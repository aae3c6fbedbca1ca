using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Clustering;

/// <summary>A clustering by k-means, mini-batch k-means included. Immutable; clusters are numbered from 0 by falling size, ties by their first member.</summary>
public sealed class KMeansModel : IClusterModel
{
    internal const int Version = 1;

    internal KMeansModel(Matrix centroids, double inertia, int iterations, bool converged, int[] labels, int[] sizes)
        : this(KMeansOptions.Name, centroids, inertia, iterations, converged, labels, sizes)
    {
    }

    private KMeansModel(string algorithm, Matrix centroids, double inertia, int iterations, bool converged, IReadOnlyList<int> labels, IReadOnlyList<int> sizes)
    {
        Algorithm = algorithm;
        Centroids = centroids;
        Inertia = inertia;
        Iterations = iterations;
        Converged = converged;
        Labels = labels;
        Sizes = sizes;
    }

    /// <inheritdoc/>
    public string Algorithm { get; }

    /// <inheritdoc/>
    public int Columns => Centroids.Columns;

    /// <summary>Shape (clusters × columns), in the units of the training data.</summary>
    public Matrix Centroids { get; }

    /// <summary>How many clusters there are: those asked for, or fewer when the data has fewer distinct rows.</summary>
    public int Clusters => Centroids.Rows;

    /// <summary>Sum over the training rows of the squared Euclidean distance to their centre.</summary>
    public double Inertia { get; }

    /// <summary>Lloyd passes of the start that won; steps for mini-batch k-means.</summary>
    public int Iterations { get; }

    /// <summary>False when iterations ran out before the rule that ends them was met.</summary>
    public bool Converged { get; }

    /// <summary>The cluster of every training row, in row order. Empty for a loaded model: a stored model carries no rows.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Training rows of every cluster.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>
    /// The nearest centre of every row, shape (rows × columns) in, rows labels out; the lower number among equally near ones.
    /// Training rows get their <see cref="Labels"/>. Cost O(rows · clusters · columns).
    /// </summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Columns, nameof(rows));
        rows.RequireFinite(nameof(rows));
        // Below this, waking threads costs more than the work.
        var small = (long)rows.Rows * Clusters * rows.Columns < 1 << 18;
        using var team = new ChunkTeam(small ? 1 : threads, cancellationToken);
        var labels = new int[rows.Rows];
        new FinalAssignment(rows, Centroids, labels).Run(team);
        return labels;
    }

    /// <summary>The same clustering under another algorithm's name.</summary>
    internal KMeansModel As(string algorithm) => new(algorithm, Centroids, Inertia, Iterations, Converged, Labels, Sizes);

    /// <summary>Writes the model, its training labels aside. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["clusters"] = Clusters,
            ["columns"] = Columns,
            ["iterations"] = Iterations,
            ["converged"] = Converged,
            ["sizes"] = new JsonArray([.. Sizes.Select(size => (JsonNode)size)]),
        };
        ModelFile.Write(stream, Algorithm, Version, fields, ("centroids", Centroids.Array), ("inertia", [Inertia]));
    }

    /// <exception cref="InvalidDataException">The stream holds no k-means model, a newer version, or a damaged one.</exception>
    public static KMeansModel Load(Stream stream) => Load(ModelFile.Read(stream, [KMeansOptions.Name, MiniBatchKMeansOptions.Name], Version));

    internal static KMeansModel Load(ModelFile file)
    {
        var clusters = file.Field<int>("clusters");
        var columns = file.Field<int>("columns");
        var sizes = file.Integers("sizes");
        if (clusters < 1 || columns < 1 || sizes.Length != clusters || (long)clusters * columns > int.MaxValue)
            throw new InvalidDataException($"The stored k-means model claims {clusters} clusters, {columns} columns and {sizes.Length} sizes; it is damaged.");
        return new KMeansModel(
            file.Kind,
            new Matrix(clusters, columns, file.Array("centroids", clusters * columns)),
            file.Array("inertia", 1)[0],
            file.Field<int>("iterations"),
            file.Field<bool>("converged"),
            [],
            sizes);
    }
}
