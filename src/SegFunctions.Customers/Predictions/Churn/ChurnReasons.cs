using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>Says in words what raises or lowers a customer's risk.</summary>
/// <remarks>
/// Columns that tell of the same thing are added up to a theme, so that their shares cannot contradict each other in words; the
/// sign of the sum decides how the theme's facts are put.
/// </remarks>
internal static class ChurnReasons
{
    // Log-odds below which a theme is not worth a word: a change of about 2.5 points at even odds.
    private const double Worthwhile = 0.1;
    private const int Most = 3;

    private static readonly (string[] Columns, Func<CustomerFeatures, IReadOnlyDictionary<string, double>, string, bool, Bilingual> Word)[] Themes =
    [
        ([FeatureTable.RecencyDays.Name, FeatureTable.GapMeanDays.Name, FeatureTable.GapDeviationDays.Name, ChurnColumns.SilenceRatio], (features, _, _, raises) => Silence(features, raises)),
        ([FeatureTable.Orders.Name, FeatureTable.TenureDays.Name], (features, _, _, raises) => Habit(features, raises)),
        ([FeatureTable.Revenue.Name, FeatureTable.AverageBasket.Name], (features, typical, column, _) => Compared(column, features, typical)),
        ([FeatureTable.DistinctProducts.Name], (features, typical, column, _) => Compared(column, features, typical)),
        ([FeatureTable.ReturnShare.Name], (features, typical, column, _) => Compared(column, features, typical)),
        ([FeatureTable.RecentRevenueShare.Name], (features, typical, column, _) => Compared(column, features, typical)),
    ];

    /// <param name="typical">Median of each column.</param>
    /// <param name="columns">Names of the columns of the model.</param>
    /// <param name="contributions">Share of each in the log-odds.</param>
    public static IReadOnlyList<Bilingual> Of(CustomerFeatures features, IReadOnlyDictionary<string, double> typical, IReadOnlyList<string> columns, ReadOnlySpan<double> contributions, ChurnBand band)
    {
        var found = new List<(double Sum, Bilingual Word)>(Themes.Length);
        foreach (var (theme, word) in Themes)
        {
            var (sum, strongest) = Weigh(theme, columns, contributions);
            var speaks = band switch
            {
                ChurnBand.High => sum >= Worthwhile,
                ChurnBand.Low => sum <= -Worthwhile,
                _ => Math.Abs(sum) >= Worthwhile,
            };
            if (speaks)
                found.Add((sum, word(features, typical, strongest, sum > 0)));
        }

        // OrderBy is stable: equal themes keep the order of the table.
        return found.Count == 0
            ? [Silence(features, raises: band == ChurnBand.High)]
            : [.. found.OrderByDescending(theme => Math.Abs(theme.Sum)).Take(Most).Select(theme => theme.Word)];
    }

    public static Bilingual Ended(DateTime instant)
    {
        var day = Wording.Date(instant);
        return new Bilingual($"ended the contract on {day.En}", $"a résilié le contrat le {day.Fr}");
    }

    public static Bilingual Silence(CustomerFeatures features, bool raises)
    {
        var days = Wording.Days(features[FeatureTable.RecencyDays]);
        var gap = features[FeatureTable.GapMeanDays];
        if (double.IsNaN(gap))
        {
            return new Bilingual(
                $"ordered on one day only, {days.En} ago",
                $"n'a commandé qu'un seul jour, il y a {days.Fr}");
        }

        var usual = Wording.Days(gap);
        if (raises && features[FeatureTable.RecencyDays] < gap)
        {
            // The pace itself is the risk, not the silence.
            return new Bilingual(
                $"orders only every {usual.En} (last order {days.En} ago)",
                $"ne commande que tous les {usual.Fr} (dernière commande il y a {days.Fr})");
        }

        return raises
            ? new Bilingual($"no order for {days.En} (usual gap {usual.En})", $"aucune commande depuis {days.Fr} (intervalle habituel : {usual.Fr})")
            : new Bilingual($"last order {days.En} ago (usual gap {usual.En})", $"dernière commande il y a {days.Fr} (intervalle habituel : {usual.Fr})");
    }

    public static Bilingual NotAtRisk(CustomerFeatures features, int horizonDays)
    {
        if (features.Orders == 0)
            return new Bilingual("not at risk: no purchase yet", "hors périmètre : aucun achat à ce jour");
        var days = Wording.Days(features[FeatureTable.RecencyDays]);
        var limit = Wording.Days(ChurnSample.HorizonsAtRisk * horizonDays);
        return new Bilingual(
            $"not at risk: already lapsed, no order for {days.En} (limit {limit.En})",
            $"hors périmètre : déjà inactif, aucune commande depuis {days.Fr} (limite : {limit.Fr})");
    }

    private static (double Sum, string Strongest) Weigh(string[] theme, IReadOnlyList<string> columns, ReadOnlySpan<double> contributions)
    {
        var sum = 0.0;
        var strongest = -1;
        for (var i = 0; i < contributions.Length; i++)
        {
            if (Array.IndexOf(theme, columns[i]) < 0)
                continue;
            sum += contributions[i];
            if (strongest < 0 || Math.Abs(contributions[i]) > Math.Abs(contributions[strongest]))
                strongest = i;
        }

        return (sum, strongest < 0 ? "" : columns[strongest]);
    }

    private static Bilingual Habit(CustomerFeatures features, bool raises)
    {
        if (features.Orders == 1)
            return new Bilingual("one order so far", "une seule commande à ce jour");
        var orders = FeatureTable.Orders.Print(features.Orders);
        var tenure = Wording.Days(features[FeatureTable.TenureDays]);
        return raises
            ? new Bilingual($"only {orders.En} orders in {tenure.En}", $"seulement {orders.Fr} commandes en {tenure.Fr}")
            : new Bilingual($"{orders.En} orders in {tenure.En}", $"{orders.Fr} commandes en {tenure.Fr}");
    }

    private static Bilingual Compared(string column, CustomerFeatures features, IReadOnlyDictionary<string, double> medians)
    {
        var feature = FeatureTable.Named(column);
        var own = feature.Print(features[feature]);
        var typical = feature.Print(medians[column]);
        return new Bilingual($"{feature.Label.En} {own.En} (typical {typical.En})", $"{feature.Label.Fr} {own.Fr} (typique : {typical.Fr})");
    }
}
