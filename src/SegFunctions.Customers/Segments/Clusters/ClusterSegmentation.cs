using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Where a customer stands among the clusters.</summary>
/// <param name="Number">Of the nearest cluster, from 1.</param>
/// <param name="Distance">To its centre, on the scale the clustering saw.</param>
/// <param name="Typicality">
/// 1 at the centre, 0 half-way to the next one: 1 − nearest distance ÷ second distance, the simplified silhouette of Hruschka,
/// de Castro &amp; Campello (2004). 1 where there is only one centre.
/// </param>
public readonly record struct ClusterAssignment(int Number, double Distance, double Typicality);

/// <summary>Clusters of customers: what prepares their features, the centres, and how people see them.</summary>
/// <remarks>Immutable, safe for many threads. An assignment depends on the one customer alone.</remarks>
public sealed class ClusterSegmentation
{
    private readonly PreparationModel _scaler;
    private readonly KMeansModel _model;

    internal ClusterSegmentation(ClusterReport report, PreparationModel scaler, KMeansModel model)
    {
        Report = report;
        _scaler = scaler;
        _model = model;
    }

    /// <summary>The clusters and how they came about.</summary>
    public ClusterReport Report { get; }

    /// <summary>The profile of a cluster.</summary>
    public ClusterProfile this[int number] => Report.Clusters[number - 1];

    /// <summary>The cluster of one customer; null without order.</summary>
    public ClusterAssignment? Assign(CustomerFeatures features)
    {
        if (features.Orders == 0)
            return null;
        Span<double> columns = stackalloc double[ClusterColumns.Names.Length];
        ClusterColumns.Fill(features.Values.Span, columns);
        Span<double> prepared = stackalloc double[_scaler.OutputNames.Count];
        _scaler.PrepareForFitting(columns, prepared);

        var nearest = -1;
        var first = double.PositiveInfinity;
        var second = double.PositiveInfinity;
        for (var cluster = 0; cluster < _model.Clusters; cluster++)
        {
            var distance = System.Numerics.Tensors.TensorPrimitives.Distance(prepared, _model.Centroids.Row(cluster));
            if (distance < first)
                (nearest, first, second) = (cluster, distance, first);
            else if (distance < second)
                second = distance;
        }

        return new ClusterAssignment(nearest + 1, first, second > 0 ? 1 - first / second : 0);
    }

    /// <summary>Writes the segmentation: its report as JSON, its numbers as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.ClusterReport);
        _scaler.Save(numbers);
        _model.Save(numbers);
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

        var scaler = PreparationModel.Load(numbers);
        var model = KMeansModel.Load(numbers);
        if (!scaler.Report.Select(decision => decision.Column).SequenceEqual(ClusterColumns.Names) || model.Clusters != read.Clusters.Count || model.Centroids.Columns != scaler.OutputNames.Count)
            throw new InvalidDataException($"The stored segmentation has {read.Clusters.Count} profiles and {model.Clusters} centres of the features {string.Join(", ", scaler.Report.Select(decision => decision.Column))}; this version clusters by {string.Join(", ", ClusterColumns.Names)}. Cluster again by a refresh.");
        return new ClusterSegmentation(read, scaler, model);
    }
}
