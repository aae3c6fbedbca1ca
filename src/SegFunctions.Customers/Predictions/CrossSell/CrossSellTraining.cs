using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>What training ended with; no model is a result, and the report says why.</summary>
public sealed record CrossSellResult(CrossSellModel? Model, CrossSellReport Report);

/// <summary>
/// Learns what goes together from the purchases before an origin, and measures on those of the horizon after it how often a customer buys
/// one of the items proposed: related ones against the most popular ones. What is served is learned anew from all purchases.
/// </summary>
/// <remarks>
/// Related items are used when the lower end of the interval of their gain in hit rate is above 0, else popular ones are. The baseline
/// takes the time over which popularity hits most often on the very test, so that it is never a straw man. The same history, options and
/// seed give the same bytes on any number of threads.
/// </remarks>
public static class CrossSellTraining
{
    internal const string Related = "related";
    internal const string Popular = "popular";
    internal const string None = "none";

    /// <param name="asOf">UTC; the history's.</param>
    /// <param name="horizonDays">Days that are told; null when the history is too short to measure.</param>
    /// <exception cref="ArgumentException">Options are out of range; all are listed.</exception>
    public static CrossSellResult Fit(ItemHistory history, DateTime asOf, int? horizonDays, CrossSellOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var words = CrossSellWords.Of(history.Level);
        var afterLast = ItemHistory.DayOf(asOf) + 1;
        var relations = CoPurchases.Learn(history, afterLast, options, cancellationToken);
        var report = new CrossSellReport
        {
            Level = history.Level,
            Model = None,
            Published = false,
            Reason = words.Unmeasured,
            Items = relations.Count,
            Relations = relations.Related.Length,
            HorizonDays = horizonDays,
        };
        if (relations.Count == 0)
            return new CrossSellResult(null, report with { Reason = history.Items.Count == 0 ? words.Unnamed : words.TooRare(options.MinimumSupport) });

        report = Measure(report, history, asOf, options, words, cancellationToken);
        var popular = PopularItems.Rank(history, relations, afterLast, horizonDays ?? 0, horizonDays is null ? PopularityWindow.AllTime : report.Popularity);
        var trend = PopularItems.Trend(history, relations, afterLast, horizonDays ?? 0);
        var model = new CrossSellModel(report, Array.ConvertAll(relations.Items, item => history.Items[item]), relations, popular, trend);
        return new CrossSellResult(model, report);
    }

    private static CrossSellReport Measure(
        CrossSellReport report, ItemHistory history, DateTime asOf, CrossSellOptions options, CrossSellWords words, CancellationToken cancellationToken)
    {
        var origin = report.HorizonDays is { } days ? asOf.AddDays(-days) : (DateTime?)null;
        var until = ItemHistory.DayOf(origin ?? asOf.AddDays(1));
        var share = RepeatShare(history, until);
        report = report with
        {
            Model = Popular,
            Origin = origin,
            RepeatShare = share,
            Repeats = share >= options.RepeatsAreTheNorm,
            RepeatsReason = words.Repeats(share, options.RepeatsAreTheNorm),
            Proposed = Math.Clamp(report.Items / 3, 1, options.Proposed),
        };
        if (report.HorizonDays is not { } horizon)
            return report;

        var then = CoPurchases.Learn(history, until, options, cancellationToken);
        var (related, popular) = Hits(report, history, then, until, horizon, cancellationToken);
        report = report with { Customers = related.Length };
        if (related.Length < options.MinimumCustomers)
            return report with { Reason = words.TooFew(related.Length, options.MinimumCustomers) };

        // The most favourable to the baseline; of equal ones the longest time.
        var best = Enum.GetValues<PopularityWindow>().MaxBy(window => popular[(int)window].Sum());
        var gain = PairedInterval.Of([.. related.Zip(popular[(int)best], (hit, baseline) => hit - baseline)], options.Seed, options.Level, threads: options.Threads, cancellationToken: cancellationToken);
        report = report with
        {
            Popularity = best,
            HitRate = related.Average(),
            PopularHitRate = popular[(int)best].Average(),
            Gain = GainInterval.Of(gain),
        };
        return gain.Lower > 0
            ? report with { Model = Related, Published = true, Reason = words.Better(report) }
            : report with { Reason = words.NotBetter(report) };
    }

    /// <summary>1 for each customer who bought one of the items proposed: related ones, and popular ones by window.</summary>
    private static (double[] Related, double[][] Popular) Hits(
        CrossSellReport report, ItemHistory history, ItemRelations relations, int origin, int horizon, CancellationToken cancellationToken)
    {
        var windows = Enum.GetValues<PopularityWindow>();
        var rankOf = relations.RankOf(history.Items.Count);
        var popular = Array.ConvertAll(windows, window => PopularItems.Rank(history, relations, origin, horizon, window));
        Proposer[] proposers =
        [
            new Proposer(relations, popular[(int)PopularityWindow.LastThird], PopularItems.Trend(history, relations, origin, horizon), report.Repeats),
            .. popular.Select(ranking => new Proposer(relations, ranking, trend: null, report.Repeats)),
        ];
        var hits = Array.ConvertAll(proposers, _ => new List<double>());
        var proposals = new int[report.Proposed];
        var targets = new HashSet<int>();
        for (var row = 0; row < history.Customers; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = history.Of(row).Before(origin);
            targets.Clear();
            foreach (var item in history.Of(row).Between(origin, origin + horizon).Items)
            {
                if (report.Repeats || !before.Items.Contains(item))
                    targets.Add(item);
            }

            if (before.Count == 0 || targets.Count == 0)
                continue;
            for (var i = 0; i < proposers.Length; i++)
            {
                var count = proposers[i].Propose(before, rankOf, proposals);
                var hit = false;
                for (var at = 0; at < count && !hit; at++)
                    hit = targets.Contains(relations.Items[proposals[at]]);
                hits[i].Add(hit ? 1 : 0);
            }
        }

        return ([.. hits[0]], [.. hits[1..].Select(list => list.ToArray())]);
    }

    /// <summary>Of what customers buy on later order days than their first, the share that they had bought before.</summary>
    private static double? RepeatShare(ItemHistory history, int until)
    {
        long repeats = 0;
        long later = 0;
        var seenBy = new int[history.Items.Count];
        for (var row = 0; row < history.Customers; row++)
        {
            var purchases = history.Of(row).Before(until);
            for (var i = 0; i < purchases.Count; i++)
            {
                var isLater = purchases.Days[i] > purchases.Days[0];
                later += isLater ? 1 : 0;
                repeats += isLater && seenBy[purchases.Items[i]] == row + 1 ? 1 : 0;
                seenBy[purchases.Items[i]] = row + 1;
            }
        }

        return later == 0 ? null : (double)repeats / later;
    }
}
