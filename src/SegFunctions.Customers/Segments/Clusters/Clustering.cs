using SegFunctions.Customers.Features;
using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Matching;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>What clustering ended with; no segmentation is a result, and the report says why.</summary>
/// <param name="Members">Who is in which cluster, for the next run to recognise them by.</param>
public sealed record ClusterResult(ClusterSegmentation? Segmentation, ClusterReport Report, ClusterMembers Members);

/// <summary>
/// Groups customers by the likeness of their behaviour: features on one scale, the clustering that <see cref="AutoClustering"/> chooses,
/// a name and a profile for each group. A cluster that the last run had already keeps its number and its name.
/// </summary>
/// <remarks>Customers without order are left out. The same features, options and seed give the same bytes on any number of threads.</remarks>
public static class Clustering
{
    private const int SilhouetteRows = 5_000;

    /// <param name="previous">The last run; <see cref="EarlierClusters.None"/> before the first.</param>
    public static ClusterResult Fit(FeatureSet features, ClusterOptions options, EarlierClusters previous, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(previous);
        options.Validate();
        var rows = ClusterColumns.RowsOf(features);
        var report = new ClusterReport
        {
            Customers = rows.Length,
            Reason = Wording.Unknown,
            // Numbers once given are never given again, not even after a run without clusters.
            Published = new PublishedClusters(previous.Published.NextId, []),
            Micro = MicroReport.None with { Published = new PublishedClusters(previous.Micro.NextId, []) },
        };
        if (rows.Length < options.MinimumCustomers)
        {
            return None(report with
            {
                Reason = new Bilingual(
                    $"no clusters: {rows.Length} customers with an order are too few, {options.MinimumCustomers} are needed",
                    $"pas de groupes : {rows.Length} clients avec commande ne suffisent pas, il en faut {options.MinimumCustomers}"),
            });
        }

        var columns = ClusterColumns.Of(features, rows);
        var preparation = FeatureScaling.Fit(columns, ClusterColumns.Names, cancellationToken);
        report = report with { Preparation = [.. preparation.Report.Select(decision => decision.Reason)] };
        if (preparation.OutputNames.Count == 0)
        {
            return None(report with
            {
                Reason = new Bilingual("no clusters: no feature differs between customers", "pas de groupes : aucune variable ne distingue les clients"),
            });
        }

        var prepared = preparation.TransformForFitting(columns, options.Choice.Threads, cancellationToken);
        var earlier = previous.Members.NumbersOf([.. rows.Select(row => features.Customers[row])]);
        var choice = AutoClustering.Choose(prepared, options.Choice with { EarlierLabels = earlier }, progress: null, cancellationToken);
        report = report with
        {
            Confidence = choice.Confidence,
            Reason = Sentence(choice.Sentences),
            Candidates = [.. choice.Candidates.Select(one => ClusterCandidate.Of(one, choice.RowsJudged))],
        };
        if (choice.Model is not { } model)
            return None(report);

        var match = ClusterMatching.Match(
            previous.Published,
            SharedMembers.Of(previous.Members.ClusterOf, [.. rows.Select(row => features.Customers[row])], model.Labels),
            model.Sizes,
            previous.CentresOf(columns, model.Labels, model.Clusters));
        var table = ExplainedTable(features, rows);
        var explanation = ClusterExplanation.Explain(
            table,
            model.Labels,
            new ExplanationOptions
            {
                Vocabulary = ClusterVocabulary.Words,
                KeptNames = match.KeptNames,
                TakenNames = [.. match.RetiredNames, .. previous.Micro.Clusters.Select(group => group.Name)],
                Prepared = prepared,
                Threads = options.Choice.Threads,
            },
            cancellationToken);
        var publication = match.Publish([.. explanation.Clusters.Select(cluster => cluster.Name)]);
        var centres = ClusterCentres.Of(prepared, model.Labels, model.Clusters);
        var ids = Array.ConvertAll([.. match.Pairs], pair => pair.Id);
        report = report with
        {
            Algorithm = model.Algorithm,
            Silhouette = Silhouette.Sampled(prepared, model.Labels, SilhouetteRows, options.Choice.Seed, options.Choice.Threads, cancellationToken)?.Value,
            InNoCluster = rows.Length - model.Sizes.Sum(),
            Clusters = ClusterProfiles.Of(features, rows, model.Labels, explanation, ids),
            Changes = ChangesSince(previous, publication),
            Published = publication.Clusters with
            {
                Clusters = [.. publication.Clusters.Clusters.Select(cluster => cluster with { Centroid = centres.Row(Array.IndexOf(ids, cluster.Id)).ToArray() })],
            },
        };
        var micro = MicroClustering.Fit(features, rows, columns, prepared, table, model, report, previous, options, cancellationToken);
        report = report with { Micro = micro.Report };
        var members = ClusterMembers.Of([.. rows.Select(row => features.Customers[row])], match.IdsOf(model.Labels), micro.Ids);
        return new ClusterResult(new ClusterSegmentation(report, preparation, model, micro.Model), report, members);
    }

    private static ClusterResult None(ClusterReport report) => new(null, report, ClusterMembers.None);

    /// <summary>What is not as before; after a run without clusters everything is new, which nobody needs to be told one by one.</summary>
    private static Bilingual[] ChangesSince(EarlierClusters previous, ClusterPublication publication) => previous.Published.Clusters.Count == 0
        ? []
        : [.. publication.Changes.Where(change => change.Kind != ChangeKind.Kept).Select(change => change.Text).OfType<Bilingual>()];

    private static Bilingual Sentence(IReadOnlyList<Bilingual> sentences) =>
        new(string.Join(' ', sentences.Select(sentence => sentence.En)), string.Join(' ', sentences.Select(sentence => sentence.Fr)));

    /// <summary>The features that clusters are told apart by, as people know them.</summary>
    private static Table ExplainedTable(FeatureSet features, int[] rows) =>
        new([.. ClusterVocabulary.Features.Select(feature =>
        {
            var values = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                values[i] = features.Row(rows[i])[feature.Column];
            return new NumericColumn(feature.Name, values);
        })]);
}
