using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>The transitions of one scheme over two intervals, the older and the newer.</summary>
public sealed record SchemeTransitions(SegmentScheme Scheme, TransitionCounts Older, TransitionCounts Newer);

/// <summary>Learns where customers go from each segment, from what the models of today say of them one and two intervals ago.</summary>
/// <remarks>
/// Learned on the older interval and measured on the newer; what is served is learned on both. The chain is published when the lower end of
/// the interval of its gain in log-loss over the rule of staying is above 0. The same counts, options and seed give the same bytes.
/// </remarks>
public static class MigrationTraining
{
    private const double LeastTold = 0.005;
    private const int Decimals = 4;

    /// <param name="intervalDays">Between two looks; null when the history is too short.</param>
    /// <exception cref="ArgumentException">Options are out of range; all are listed.</exception>
    public static MigrationReport Fit(int? intervalDays, IReadOnlyList<SchemeTransitions> transitions, MigrationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (intervalDays is not { } days)
        {
            return new MigrationReport
            {
                Reason = new Bilingual(
                    "moves between segments are not told: the history is too short to see customers move",
                    "les passages entre segments ne sont pas prédits : l'historique est trop court pour en observer"),
            };
        }

        return new MigrationReport
        {
            IntervalDays = days,
            Reason = new Bilingual(
                $"customers as they were {2 * days} and {days} days ago and as they are, in the segments of today",
                $"les clients tels qu'ils étaient il y a {2 * days} et {days} jours et tels qu'ils sont, dans les segments d'aujourd'hui"),
            Kinds = [.. transitions.Select(one => Fit(one, options, cancellationToken))],
        };
    }

    private static KindMigration Fit(SchemeTransitions transitions, MigrationOptions options, CancellationToken cancellationToken)
    {
        var (scheme, older, newer) = transitions;
        var both = older.Plus(newer);
        var report = new KindMigration
        {
            Kind = scheme.Kind,
            Published = false,
            Reason = Wording.Unknown,
            Customers = newer.Total,
            Stayed = newer.Total == 0 ? null : (double)Enumerable.Range(0, newer.Segments).Sum(segment => newer[segment, segment]) / newer.Total,
        };
        if (Math.Min(older.Total, newer.Total) is var fewest && fewest < options.MinimumCustomers)
        {
            return report with
            {
                Reason = new Bilingual(
                    $"the rule of staying is used: {fewest} customers are too few to measure anything better, {options.MinimumCustomers} are needed",
                    $"la règle du maintien est utilisée : {fewest} clients ne suffisent pas pour mesurer mieux, il en faut {options.MinimumCustomers}"),
                Segments = Moves(scheme, MarkovChain.Staying(both), both),
            };
        }

        var chain = MarkovChain.Fit(older);
        var rule = MarkovChain.Staying(older);
        var (losses, ruleLosses) = (Losses(chain, newer), Losses(rule, newer));
        var gain = PairedInterval.OfGain(ruleLosses, losses, options.Seed, options.Level, cancellationToken);
        var published = gain.Lower > 0;
        var served = published ? MarkovChain.Fit(both) : MarkovChain.Staying(both);
        return report with
        {
            Published = published,
            Reason = Reason(published, gain),
            LogLoss = losses.Average(),
            StayingLogLoss = ruleLosses.Average(),
            Gain = GainInterval.Of(gain),
            Strength = published ? served.Strength : null,
            Segments = Moves(scheme, served, both),
        };
    }

    /// <summary>One loss a customer, by segment and then by destination: the order does not depend on who is in which partition.</summary>
    private static double[] Losses(MarkovChain chain, TransitionCounts counts)
    {
        var losses = new List<double>();
        for (var from = 0; from < counts.Segments; from++)
        {
            for (var to = 0; to < counts.Segments; to++)
            {
                if (counts[from, to] > 0)
                    losses.AddRange(Enumerable.Repeat(-Math.Log(chain[from, to]), checked((int)counts[from, to])));
            }
        }

        return [.. losses];
    }

    private static SegmentMoves[] Moves(SegmentScheme scheme, MarkovChain chain, TransitionCounts counts) =>
    [
        .. Enumerable.Range(0, counts.Segments).Select(from => new SegmentMoves(
            scheme.Segments[from].Id,
            counts.From(from),
            [
                .. Enumerable.Range(0, counts.Segments)
                    .Where(to => chain[from, to] >= LeastTold)
                    .OrderByDescending(to => chain[from, to])
                    .Select(to => new SegmentMove(scheme.Segments[to].Id, Math.Round(chain[from, to], Decimals))),
            ])),
    ];

    private static Bilingual Reason(bool published, PairedInterval gain)
    {
        var (mean, lower, upper) = (Wording.Number(gain.Mean, 4), Wording.Number(gain.Lower, 4), Wording.Number(gain.Upper, 4));
        var level = Wording.Percent(gain.Level);
        return published
            ? new Bilingual(
                $"each segment's own moves are used: their log-loss is {mean.En} lower than that of the rule of staying ({level.En} interval {lower.En} to {upper.En})",
                $"les passages propres à chaque segment sont utilisés : leur perte logarithmique est inférieure de {mean.Fr} à celle de la règle du maintien (intervalle à {level.Fr} : {lower.Fr} à {upper.Fr})")
            : new Bilingual(
                $"the rule of staying is used: each segment's own moves are not surely better (gain in log-loss {mean.En}, {level.En} interval {lower.En} to {upper.En})",
                $"la règle du maintien est utilisée : les passages propres à chaque segment ne sont pas sûrement meilleurs (gain de perte logarithmique {mean.Fr}, intervalle à {level.Fr} : {lower.Fr} à {upper.Fr})");
    }
}
