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
    private const int CountriesTold = 3;
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
        var explanation = ClusterExplanation.Explain(
            ExplainedTable(features, rows),
            model.Labels,
            new ExplanationOptions
            {
                Vocabulary = ClusterVocabulary.Words,
                KeptNames = match.KeptNames,
                TakenNames = match.RetiredNames,
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
            Clusters = Profiles(features, rows, model.Labels, explanation, ids),
            Changes = ChangesSince(previous, publication),
            Published = publication.Clusters with
            {
                Clusters = [.. publication.Clusters.Clusters.Select(cluster => cluster with { Centroid = centres.Row(Array.IndexOf(ids, cluster.Id)).ToArray() })],
            },
        };
        var members = ClusterMembers.Of(rows.Select(row => features.Customers[row]), match.IdsOf(model.Labels));
        return new ClusterResult(new ClusterSegmentation(report, preparation, model), report, members);
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

    private static ClusterProfile[] Profiles(FeatureSet features, int[] rows, IReadOnlyList<int> labels, ClusterExplanation explanation, int[] ids)
    {
        var members = new List<int>[ids.Length];
        for (var label = 0; label < members.Length; label++)
            members[label] = [];
        var total = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += features.Row(rows[i])[FeatureTable.Revenue.Column];
            if (labels[i] >= 0)
                members[labels[i]].Add(rows[i]);
        }

        return [.. explanation.Clusters.Select(cluster => Profile(features, members[cluster.Label], cluster, ids[cluster.Label], rows.Length, total))];
    }

    private static ClusterProfile Profile(FeatureSet features, List<int> members, ExplainedCluster cluster, int number, int customers, double revenueOfAll)
    {
        var revenue = members.Sum(row => features.Row(row)[FeatureTable.Revenue.Column]);
        var share = (double)members.Count / customers;
        var revenueShare = revenueOfAll > 0 ? revenue / revenueOfAll : 0;
        ClusterTrait[] traits = [.. cluster.Features.Select(trait => new ClusterTrait(trait.Column, trait.Difference, trait.Low, trait.High, trait.Typical, trait.TypicalOfAll))];
        return new ClusterProfile
        {
            Number = number,
            Name = cluster.Name,
            Description = ClusterDescription.Of(traits, share, revenueShare),
            Customers = members.Count,
            Share = share,
            RevenueShare = revenueShare,
            Traits = traits,
            Rule = cluster.Rule is { } rule ? new ClusterRuleText(rule.Text, rule.Precision, rule.Recall) : null,
            Countries = Countries(features, members),
        };
    }

    private static CountryShare[] Countries(FeatureSet features, List<int> members)
    {
        var known = members.Select(row => features.Countries[row]).OfType<string>().ToList();
        return
        [
            .. known.GroupBy(country => country, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(CountriesTold)
                .Select(group => new CountryShare(group.Key, (double)group.Count() / known.Count)),
        ];
    }
}
