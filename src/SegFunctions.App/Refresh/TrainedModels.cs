using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;

namespace SegFunctions.App.Refresh;

/// <summary>Everything a run has learned, and from which every customer is scored.</summary>
internal sealed record TrainedModels(
    StageModel Stage, RfmModel? Rfm, ClusterResult Clusters, ChurnResult Churn, ValueResult Value,
    CrossSellResult Products, CrossSellResult Categories, MigrationReport Migration)
{
    public CustomerScorer Scorer()
    {
        var segments = SegmentScheme.All(Stage, Rfm, Clusters.Segmentation).SelectMany(scheme => scheme.Segments).ToArray();
        return new CustomerScorer(Stage, Rfm, Clusters.Segmentation, Churn.Model, new MigrationModel(Migration, segments), Value.Model?.Report);
    }

    /// <summary>Version of each model that is in use.</summary>
    public IReadOnlyDictionary<string, string> Versions(string run)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["stage"] = run };
        Add("rfm", Rfm is not null);
        Add("clusters", Clusters.Segmentation is not null);
        Add("churn", Churn.Model is not null);
        Add("lifetime", Value.Model is not null);
        Add("next-products", Products.Model is not null);
        Add("next-categories", Categories.Model is not null);
        Add("migration", Migration.Kinds.Any(kind => kind.Published));
        return versions;

        void Add(string model, bool isUsed)
        {
            if (isUsed)
                versions[model] = run;
        }
    }
}
