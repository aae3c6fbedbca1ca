using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Learning.Choice;

namespace SegFunctions.App.Refresh;

/// <summary>Everything a run has learned, and from which every customer is scored.</summary>
internal sealed record TrainedModels(StageModel Stage, RfmModel? Rfm, ClusterResult Clusters, ChurnResult Churn)
{
    public static TrainedModels Fit(
        FeatureSet features, ChurnPlan plan, IReadOnlyList<ChurnSample> samples, EarlierClusters previous, int seed, CancellationToken cancellationToken)
    {
        var clusterOptions = new ClusterOptions { Choice = new AutoClusteringOptions { Seed = seed } };
        return new TrainedModels(
            StageModel.Fit(features),
            RfmModel.Fit(features),
            Clustering.Fit(features, clusterOptions, previous, cancellationToken),
            ChurnTraining.Fit(plan, samples, new ChurnOptions { Seed = seed }, cancellationToken));
    }

    public CustomerScorer Scorer() => new(Stage, Rfm, Clusters.Segmentation, Churn.Model);

    /// <summary>Version of each model that is in use.</summary>
    public IReadOnlyDictionary<string, string> Versions(string run)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["stage"] = run };
        if (Rfm is not null)
            versions["rfm"] = run;
        if (Clusters.Segmentation is not null)
            versions["clusters"] = run;
        if (Churn.Model is not null)
            versions["churn"] = run;
        return versions;
    }
}
