using SegFunctions.Customers.Features;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>What clustering ended with; no segmentation is a result, and the report says why.</summary>
public sealed record ClusterResult(ClusterSegmentation? Segmentation, ClusterReport Report);

/// <summary>
/// Groups customers by the likeness of their behaviour: robust-scaled features, k-means++, the number of clusters by silhouette
/// (<see cref="ClusterCount"/>), then a name and a profile for each.
/// </summary>
/// <remarks>Customers without order are left out. The same features, options and seed give the same bytes on any number of threads.</remarks>
public static class Clustering
{
    private const int CountriesTold = 3;

    public static ClusterResult Fit(FeatureSet features, ClusterOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var rows = ClusterColumns.RowsOf(features);
        if (rows.Length < options.MinimumCustomers)
        {
            return None(new ClusterReport
            {
                Customers = rows.Length,
                Reason = new Bilingual(
                    $"no clusters: {rows.Length} customers with an order are too few, {options.MinimumCustomers} are needed",
                    $"pas de groupes : {rows.Length} clients avec commande ne suffisent pas, il en faut {options.MinimumCustomers}"),
            });
        }

        var columns = ClusterColumns.Of(features, rows);
        var scaler = FeatureScaling.Fit(columns, ClusterColumns.Names, cancellationToken);
        var report = new ClusterReport { Customers = rows.Length, Preparation = [.. scaler.Report.Select(decision => decision.Reason.En)], Reason = Wording.Unknown };
        if (scaler.OutputNames.Count == 0)
        {
            return None(report with
            {
                Reason = new Bilingual("no clusters: no feature differs between customers", "pas de groupes : aucune variable ne distingue les clients"),
            });
        }

        var prepared = scaler.TransformForFitting(columns);
        var found = ClusterCount.Choose(prepared, options.Count, progress: null, cancellationToken);
        report = report with { Trials = [.. found.Candidates.Select(one => new ClusterTrial(one.Clusters, one.Silhouette, one.SmallestShare, one.Chosen, one.Reason))] };
        if (found.Model is not { } model || found.Silhouette is not { } silhouette)
        {
            var smallest = Wording.Percent(options.Count.SmallestShare);
            return None(report with
            {
                Reason = new Bilingual(
                    $"no clusters: no number from {options.Count.From} to {options.Count.To} leaves {smallest.En} of the customers in each",
                    $"pas de groupes : aucun nombre de {options.Count.From} à {options.Count.To} ne laisse {smallest.Fr} des clients dans chacun"),
            });
        }

        var quality = Wording.Number(silhouette, 2);
        if (silhouette < options.MinimumSilhouette)
        {
            var needed = Wording.Number(options.MinimumSilhouette, 2);
            return None(report with
            {
                Silhouette = silhouette,
                Reason = new Bilingual(
                    $"no structure found: the best silhouette is {quality.En}, groups need {needed.En}",
                    $"aucune structure trouvée : la meilleure silhouette est {quality.Fr}, des groupes demandent {needed.Fr}"),
            });
        }

        var clusters = Profile(features, rows, model, cancellationToken);
        report = report with
        {
            Silhouette = silhouette,
            Structure = StructureOf(silhouette),
            Clusters = clusters,
            Reason = new Bilingual(
                $"{clusters.Length} clusters, silhouette {quality.En}",
                $"{clusters.Length} groupes, silhouette {quality.Fr}"),
        };
        return new ClusterResult(new ClusterSegmentation(report, scaler, model), report);
    }

    private static ClusterResult None(ClusterReport report) => new(null, report);

    private static string StructureOf(double silhouette) => silhouette switch
    {
        > 0.7 => "strong",
        > 0.5 => "reasonable",
        > 0.25 => "weak",
        _ => "none",
    };

    private static ClusterProfile[] Profile(FeatureSet features, int[] rows, KMeansModel model, CancellationToken cancellationToken)
    {
        var members = new List<int>[model.Clusters];
        for (var cluster = 0; cluster < members.Length; cluster++)
            members[cluster] = [];
        for (var i = 0; i < rows.Length; i++)
            members[model.Labels[i]].Add(i);

        var traits = ClusterTraits.Of(features, rows, members, cancellationToken);
        var explained = ClusterExplanation.Explain(
            ClusterWords.Table(features, rows), model.Labels, new ExplanationOptions { Vocabulary = ClusterWords.Vocabulary }, cancellationToken);
        var revenue = members.Select(own => own.Sum(i => features.Row(rows[i])[FeatureTable.Revenue.Column])).ToArray();
        var total = revenue.Sum();
        var profiles = new ClusterProfile[model.Clusters];
        for (var cluster = 0; cluster < profiles.Length; cluster++)
        {
            var share = (double)members[cluster].Count / rows.Length;
            var revenueShare = total > 0 ? revenue[cluster] / total : 0;
            profiles[cluster] = new ClusterProfile
            {
                Number = cluster + 1,
                Name = explained.Clusters[cluster].Name,
                Description = ClusterDescription.Of(traits[cluster], share, revenueShare),
                Customers = members[cluster].Count,
                Share = share,
                RevenueShare = revenueShare,
                Traits = traits[cluster],
                Countries = Countries(features, rows, members[cluster]),
            };
        }

        return profiles;
    }

    private static CountryShare[] Countries(FeatureSet features, int[] rows, List<int> members)
    {
        var known = members.Select(i => features.Countries[rows[i]]).OfType<string>().ToList();
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
