using System.Globalization;
using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>How far churn is predicted, and at which instants it is learned, calibrated and tested.</summary>
/// <remarks>
/// With horizon h the origins are asOf − 3h, asOf − 2h and asOf − h: the outcome of each is known when the next begins, and the
/// customers of the first are those of two more horizons before it. Hence the history must hold five horizons.
/// </remarks>
public sealed record ChurnPlan
{
    /// <summary>Horizons that the history must hold.</summary>
    public const int HorizonsNeeded = 5;

    /// <summary>UTC.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>Days in which no purchase means churn; null when the history is too short for any.</summary>
    public required int? HorizonDays { get; init; }

    /// <summary>The choice in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Whether leaving is told by the end of contracts; otherwise it is silence.</summary>
    public bool Contractual { get; init; }

    /// <summary>UTC instants of training, calibration and test; empty without horizon.</summary>
    public IReadOnlyList<DateTime> Origins => HorizonDays is { } days ? [AsOf.AddDays(-3 * days), AsOf.AddDays(-2 * days), AsOf.AddDays(-days)] : [];

    /// <summary>
    /// The horizon that the customers' own pace proposes: the gap between order days that nine in ten gaps do not exceed, so that silence beyond
    /// it says something; kept within what the history holds five times. With fewer gaps than <see cref="ChurnOptions.MinimumGaps"/>
    /// the ladder decides.
    /// </summary>
    /// <param name="gaps">Of the purchases before <paramref name="asOf"/>.</param>
    public static ChurnPlan Choose(OrderHistory history, OrderGaps gaps, DateTime asOf, ChurnOptions options)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(gaps);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (gaps.Count < options.MinimumGaps)
            return Choose(history, asOf, options);
        var held = history.First is { } first && first < asOf ? (int)Math.Floor((asOf - first).TotalDays) : 0;
        var (wanted, most) = (gaps.Quantile(options.GapShare), held / HorizonsNeeded);
        var days = Math.Clamp(wanted, options.ShortestHorizonDays, options.LongestHorizonDays);
        var (share, longest) = (Wording.Percent(options.GapShare), Wording.Days(wanted));
        var pace = new Bilingual(
            $"{share.En} of the gaps between order days are no longer than {longest.En}",
            $"{share.Fr} des intervalles entre jours de commande ne dépassent pas {longest.Fr}");
        if (most < options.ShortestHorizonDays)
        {
            return new ChurnPlan
            {
                AsOf = asOf,
                HorizonDays = null,
                Reason = new Bilingual(
                    $"not enough history: {held} days of orders do not hold five horizons of {options.ShortestHorizonDays} days",
                    $"historique trop court : {held} jours de commandes ne contiennent pas cinq horizons de {options.ShortestHorizonDays} jours"),
            };
        }

        var (limitEn, limitFr) = days > most
            ? ($"; the {held} days of orders hold five horizons of at most {most} days", $" ; les {held} jours de commandes contiennent cinq horizons d'au plus {most} jours")
            : days != wanted
                ? ($"; a horizon has {options.ShortestHorizonDays} to {options.LongestHorizonDays} days", $" ; un horizon compte de {options.ShortestHorizonDays} à {options.LongestHorizonDays} jours")
                : ("", "");
        days = Math.Min(days, most);
        return new ChurnPlan
        {
            AsOf = asOf,
            HorizonDays = days,
            Reason = new Bilingual($"{days} days: {pace.En}{limitEn}", $"{days} jours : {pace.Fr}{limitFr}"),
        };
    }

    /// <summary>The same plan by contracts, where enough of them ended in the time that is learned from; else the plan as it is.</summary>
    /// <param name="contracts">Of all customers, or of a fair share of them.</param>
    /// <param name="share">That share, above 0 to 1.</param>
    public ChurnPlan ByContracts(ContractHistory contracts, double share, ChurnOptions options)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        ArgumentNullException.ThrowIfNull(options);
        if (HorizonDays is null)
            return this;
        var endings = contracts.Endings(Origins[0], AsOf) / share;
        if (endings < options.MinimumEndings)
            return this;
        var told = Wording.Number(Math.Round(endings));
        var about = share < 1;
        return this with
        {
            Contractual = true,
            Reason = new Bilingual(
                $"{Reason.En}; {(about ? "about " : "")}{told.En} contracts ended in the time that is learned from, so leaving is the end of a contract, not silence",
                $"{Reason.Fr} ; {(about ? "environ " : "")}{told.Fr} contrats ont pris fin dans la période d'apprentissage : partir, c'est mettre fin au contrat et non se taire"),
        };
    }

    /// <summary>The longest horizon of the ladder of which the history before <paramref name="asOf"/> holds five; none is a result.</summary>
    public static ChurnPlan Choose(OrderHistory history, DateTime asOf, ChurnOptions options)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var held = history.First is { } first && first < asOf ? (asOf - first).TotalDays : 0;
        var whole = Math.Floor(held).ToString(CultureInfo.InvariantCulture);
        foreach (var days in options.HorizonLadder)
        {
            if (held < HorizonsNeeded * days)
                continue;
            return new ChurnPlan
            {
                AsOf = asOf,
                HorizonDays = days,
                Reason = new Bilingual(
                    $"{days} days: the longest horizon of which the {whole} days of orders hold five",
                    $"{days} jours : le plus long horizon contenu cinq fois dans les {whole} jours de commandes"),
            };
        }

        return new ChurnPlan
        {
            AsOf = asOf,
            HorizonDays = null,
            Reason = new Bilingual(
                $"not enough history: {whole} days of orders do not hold five horizons of {options.HorizonLadder[^1]} days",
                $"historique trop court : {whole} jours de commandes ne contiennent pas cinq horizons de {options.HorizonLadder[^1]} jours"),
        };
    }
}
