using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Writes the profiles of learned groups from the customers in them.</summary>
internal static class ClusterProfiles
{
    private const int CountriesTold = 3;

    /// <param name="rows">The clustered customers' rows of <paramref name="features"/>.</param>
    /// <param name="labels">The group of each of them, −1 for none.</param>
    /// <param name="ids">The number of each group, by label.</param>
    /// <param name="clusters">The number of the cluster that each group lies in, by label; null where the groups are the clusters themselves.</param>
    public static ClusterProfile[] Of(FeatureSet features, int[] rows, IReadOnlyList<int> labels, ClusterExplanation explanation, int[] ids, int[]? clusters = null)
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

        return [.. explanation.Clusters.Select(group => Profile(features, members[group.Label], group, ids[group.Label], clusters?[group.Label], rows.Length, total))];
    }

    private static ClusterProfile Profile(FeatureSet features, List<int> members, ExplainedCluster group, int number, int? cluster, int customers, double revenueOfAll)
    {
        var revenue = members.Sum(row => features.Row(row)[FeatureTable.Revenue.Column]);
        var share = (double)members.Count / customers;
        var revenueShare = revenueOfAll > 0 ? revenue / revenueOfAll : 0;
        ClusterTrait[] traits = [.. group.Features.Select(trait => new ClusterTrait(trait.Column, trait.Difference, trait.Low, trait.High, trait.Typical, trait.TypicalOfAll))];
        return new ClusterProfile
        {
            Number = number,
            Cluster = cluster,
            Name = group.Name,
            Description = ClusterDescription.Of(traits, share, revenueShare),
            Customers = members.Count,
            Share = share,
            RevenueShare = revenueShare,
            Traits = traits,
            Rule = group.Rule is { } rule ? new ClusterRuleText(rule.Text, rule.Precision, rule.Recall) : null,
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
