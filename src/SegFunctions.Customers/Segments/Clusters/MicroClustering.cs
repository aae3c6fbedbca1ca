using SegFunctions.Customers.Features;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Matching;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The finer groups inside the clusters, and the number of the group of every clustered customer, −1 for none.</summary>
internal sealed record MicroResult(MicroSegmentModel Model, MicroReport Report, IReadOnlyList<int> Ids);

/// <summary>Cuts clusters into finer groups, named and numbered as clusters are: what the last run had already keeps its number and its name.</summary>
internal static class MicroClustering
{
    /// <param name="rows">The clustered customers' rows of <paramref name="features"/>.</param>
    /// <param name="columns">Their values, one row each.</param>
    /// <param name="prepared">The same as the clusters were fitted on.</param>
    /// <param name="explained">The same as people know them.</param>
    /// <param name="clusters">The report on the clusters that the groups lie in.</param>
    public static MicroResult Fit(
        FeatureSet features, int[] rows, Matrix columns, Matrix prepared, Table explained, IClusterModel model, ClusterReport clusters,
        EarlierClusters previous, ClusterOptions options, CancellationToken cancellationToken)
    {
        var threads = options.Choice.Threads;
        var micro = MicroSegments.Fit(prepared, model.Labels, options.Micro with { Seed = options.Choice.Seed, Threads = threads }, progress: null, cancellationToken);
        var match = ClusterMatching.Match(
            previous.Micro,
            SharedMembers.Of(previous.Members.MicroOf, [.. rows.Select(row => features.Customers[row])], micro.Labels),
            micro.Sizes,
            previous.CentresOf(columns, micro.Labels, micro.Count));
        var explanation = ClusterExplanation.Explain(
            explained,
            micro.Labels,
            new ExplanationOptions
            {
                Vocabulary = ClusterVocabulary.Words,
                KeptNames = match.KeptNames,
                TakenNames = [.. match.RetiredNames, .. clusters.Clusters.Select(cluster => cluster.Name)],
                Prepared = prepared,
                Threads = threads,
            },
            cancellationToken);
        var ids = Array.ConvertAll([.. match.Pairs], pair => pair.Id);
        var published = match.Publish([.. explanation.Clusters.Select(group => group.Name)]).Clusters;
        var centres = ClusterCentres.Of(prepared, micro.Labels, micro.Count);
        var report = new MicroReport
        {
            Segments = ClusterProfiles.Of(features, rows, micro.Labels, explanation, ids, [.. micro.MainOf.Select(label => clusters.Clusters[label].Number)]),
            Note = micro.Note,
            Published = published with
            {
                Clusters = [.. published.Clusters.Select(group => group with { Centroid = centres.Row(Array.IndexOf(ids, group.Id)).ToArray() })],
            },
        };
        return new MicroResult(micro, report, match.IdsOf(micro.Labels));
    }
}
