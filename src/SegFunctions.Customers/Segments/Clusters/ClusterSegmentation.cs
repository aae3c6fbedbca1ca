using System.Numerics.Tensors;
using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Where a customer stands among the clusters.</summary>
/// <param name="Number">Of the customer's cluster.</param>
/// <param name="Distance">To its centre, on the scale the clustering saw.</param>
/// <param name="Typicality">
/// 1 at the centre, 0 half-way to the centre of another cluster and beyond: 1 − own distance ÷ least other distance, the simplified
/// silhouette of Hruschka, de Castro &amp; Campello (2004). 1 where there is only one cluster.
/// </param>
/// <param name="Micro">Number of the customer's finer group inside the cluster.</param>
public readonly record struct ClusterAssignment(int Number, double Distance, double Typicality, int Micro);

/// <summary>Clusters of customers: what prepares their features, the model, and how people see them.</summary>
/// <remarks>Immutable, safe for many threads. An assignment depends on the one customer alone.</remarks>
public sealed class ClusterSegmentation
{
    private readonly IClusterModel _model;
    private readonly MicroSegmentModel _micro;
    private readonly double[][] _centres;
    private readonly Dictionary<int, ClusterProfile> _profiles;
    private readonly Dictionary<int, ClusterProfile> _microProfiles;

    internal ClusterSegmentation(ClusterReport report, PreparationModel preparation, IClusterModel model, MicroSegmentModel micro)
    {
        Report = report;
        Preparation = preparation;
        _model = model;
        _micro = micro;
        _microProfiles = report.Micro.Segments.ToDictionary(group => group.Number);
        _profiles = report.Clusters.ToDictionary(cluster => cluster.Number);
        var centres = report.Published.Clusters.ToDictionary(cluster => cluster.Id, cluster => cluster.Centroid!);
        _centres = [.. report.Clusters.Select(cluster => centres[cluster.Number])];
    }

    /// <summary>The clusters and how they came about.</summary>
    public ClusterReport Report { get; }

    internal PreparationModel Preparation { get; }

    /// <summary>The profile of a cluster.</summary>
    public ClusterProfile this[int number] => _profiles[number];

    /// <summary>The profile of a finer group.</summary>
    public ClusterProfile Micro(int number) => _microProfiles[number];

    /// <summary>The cluster of one customer; null without order, and for a customer who is like no cluster.</summary>
    public ClusterAssignment? Assign(CustomerFeatures features)
    {
        if (features.Orders == 0)
            return null;
        Span<double> columns = stackalloc double[ClusterColumns.Names.Length];
        ClusterColumns.Fill(features.Values.Span, columns);
        var prepared = new double[Preparation.OutputNames.Count];
        Preparation.PrepareForFitting(columns, prepared);
        var row = new Matrix(1, prepared.Length, prepared);
        var label = _model.Predict(row, threads: 1)[0];
        if (label == IClusterModel.Noise)
            return null;

        var own = TensorPrimitives.Distance(prepared, _centres[label]);
        var other = double.PositiveInfinity;
        for (var cluster = 0; cluster < _centres.Length; cluster++)
        {
            if (cluster != label)
                other = Math.Min(other, TensorPrimitives.Distance(prepared, _centres[cluster]));
        }

        return new ClusterAssignment(Report.Clusters[label].Number, own, other > own ? 1 - (own / other) : 0, Report.Micro.Segments[_micro.Predict(row, [label], threads: 1)[0]].Number);
    }

    /// <summary>Writes the segmentation: its report as JSON, its numbers as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.ClusterReport);
        Preparation.Save(numbers);
        _model.Save(numbers);
        _micro.Save(numbers);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The streams hold no segmentation, a newer version, or a damaged one.</exception>
    public static ClusterSegmentation Load(Stream report, Stream numbers)
    {
        ClusterReport read;
        try
        {
            read = JsonSerializer.Deserialize(report, CustomersJson.Default.ClusterReport) ?? throw new InvalidDataException("The stored cluster report is empty. Cluster again by a refresh.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored cluster report is damaged: {exception.Message} Cluster again by a refresh.", exception);
        }

        var preparation = PreparationModel.Load(numbers);
        var model = ClusterModel.Load(numbers);
        var micro = MicroSegmentModel.Load(numbers);
        var columns = preparation.Report.Select(decision => decision.Column);
        if (!columns.SequenceEqual(ClusterColumns.Names) || model.Clusters != read.Clusters.Count || model.Columns != preparation.OutputNames.Count)
            throw new InvalidDataException($"The stored segmentation has {read.Clusters.Count} profiles and {model.Clusters} clusters of the features {string.Join(", ", columns)}; this version clusters by {string.Join(", ", ClusterColumns.Names)}. Cluster again by a refresh.");
        if (!read.Clusters.All(cluster => read.Published.Clusters.Any(one => one.Id == cluster.Number && one.Centroid?.Length == model.Columns)))
            throw new InvalidDataException("The stored cluster report lacks the centre of a cluster; it is damaged. Cluster again by a refresh.");
        if (micro.Count != read.Micro.Segments.Count || micro.Columns != model.Columns || micro.MainSegments != model.Clusters)
            throw new InvalidDataException($"The stored segmentation has {read.Micro.Segments.Count} profiles of finer groups for {micro.Count} groups in {micro.MainSegments} clusters; it is damaged. Cluster again by a refresh.");
        return new ClusterSegmentation(read, preparation, model, micro);
    }
}
