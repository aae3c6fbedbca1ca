using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Drift;

/// <summary>Compares a file with the earlier uploads of its dataset and source.</summary>
/// <remarks>
/// Every difference is a warning. It is severe, and the file is held for a human, only where at least <see cref="HistoryForHold"/> uploads came before and the file has at least
/// <see cref="RowsForHold"/> rows: with less, nobody knows what is usual. The limits stand in <c>docs/quality.md</c> and on the pages of the rules.
/// </remarks>
public static class DriftCheck
{
    /// <summary>Earlier uploads that are looked at, newest first.</summary>
    public const int MostUploads = 10;

    /// <summary>Earlier uploads without which nothing is held.</summary>
    public const int HistoryForHold = 3;

    /// <summary>Rows without which nothing is held.</summary>
    public const int RowsForHold = 100;

    /// <summary>The report with what the comparison found, and with the grade that follows from it.</summary>
    /// <param name="earlier">Reports of accepted uploads of the same dataset and source, in any order; at most <see cref="MostUploads"/> make sense. None: the report as it is.</param>
    /// <param name="isReleased">A human has released the file: it is not held, whatever is found.</param>
    public static QualityReport Attach(QualityReport report, IReadOnlyList<QualityReport> earlier, bool isReleased)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(earlier);
        var history = earlier.Where(upload => upload.Rows.Read > 0 && upload.Corrects is null).ToList();
        if (history.Count == 0 || report.Rows.Read == 0)
            return report;
        var comparison = new Comparison(report, history);
        var findings = comparison.Run();
        var judged = report with
        {
            Drift = new DriftReport(history.Count, findings, comparison.TooFew, !isReleased && findings.Any(finding => finding.Level == DriftLevel.Severe)),
        };
        return judged with { Grade = Grading.Of(judged) };
    }

    private sealed class Comparison(QualityReport report, List<QualityReport> history)
    {
        private const int WordsNamed = 5;

        private readonly List<DriftFinding> _findings = [];
        private readonly Dictionary<string, ColumnHistory> _columns = ColumnHistory.Of(history);
        private readonly bool _mayHold = history.Count >= HistoryForHold && report.Rows.Read >= RowsForHold;

        public int TooFew { get; private set; }

        public IReadOnlyList<DriftFinding> Run()
        {
            CompareVolume();
            CompareHeaders();
            foreach (var column in report.Columns.Where(column => column.Use is "field" or "attribute" or "sealed"))
            {
                if (!_columns.TryGetValue(ColumnHistory.NameOf(column), out var before))
                    continue;
                CompareMissing(column, before);
                CompareMoments(column, before);
                CompareNumbers(column, before);
                CompareWords(column, before);
            }

            return [.. _findings.OrderByDescending(finding => finding.Level)];
        }

        private void CompareVolume()
        {
            if (history.Count < HistoryForHold)
                return;
            var before = history.Select(upload => Math.Log(upload.Rows.Read)).Order().ToList();
            var median = Median(before);
            var spread = 1.4826 * Median([.. before.Select(log => Math.Abs(log - median)).Order()]);
            var now = Math.Log(report.Rows.Read);
            var distance = Math.Abs(now - median);
            if (distance < Math.Max(Math.Log(3), 4 * spread))
                return;

            // A few rows where there were hundreds are as suspicious as the reverse; only both small are nothing.
            var isLarge = Math.Max(Math.Exp(median), report.Rows.Read) >= RowsForHold;
            var isSevere = history.Count >= HistoryForHold && isLarge && distance >= Math.Max(Math.Log(10), 6 * spread);
            var usual = Wording.Number(Math.Round(Math.Exp(median)));
            var rows = Wording.Number((decimal)report.Rows.Read);
            Find(DataRules.VolumeChange, "", isSevere, new Bilingual($"The file has {rows.En} rows; usual are {usual.En}.", $"Le fichier a {rows.Fr} lignes ; l'usage est de {usual.Fr}."));
        }

        private void CompareHeaders()
        {
            var present = report.Columns.Select(ColumnHistory.NameOf).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, before) in _columns)
            {
                if (present.Contains(name) || before.Columns.Count < history.Count)
                    continue;
                var last = before.Columns[0];
                var isSevere = _mayHold && last.Field is not null && before.Missing < 0.5;
                var header = last.Header.Trim();
                Find(DataRules.ColumnMissing, header, isSevere, new Bilingual(
                    $"Column \"{header}\" stood in all {history.Count} earlier uploads and is missing now.", $"La colonne « {header} » était dans les {history.Count} envois précédents et manque maintenant."));
            }

            foreach (var column in report.Columns.Where(column => !_columns.ContainsKey(ColumnHistory.NameOf(column))))
            {
                var header = column.Header.Trim();
                Find(DataRules.ColumnNew, header, false, new Bilingual($"Column \"{header}\" stands there for the first time.", $"La colonne « {header} » apparaît pour la première fois."));
            }
        }

        private void CompareMissing(ColumnReport column, ColumnHistory before)
        {
            var usual = before.Missing;
            var rise = column.Missing - usual;
            var records = (double)report.Rows.Read;
            var pooled = ((usual * before.Records) + (column.Missing * records)) / (before.Records + records);
            var error = Math.Sqrt(pooled * (1 - pooled) * ((1 / records) + (1.0 / before.Records)));

            // Uploads differ by more than the rows in them: what they differed by before is no news.
            var largest = before.Columns.Max(one => one.Missing);
            if (rise < 0.1 || rise < 4 * error || column.Missing < largest + 0.05)
                return;
            var isSevere = _mayHold && column.Field is not null && rise >= 0.5;
            var now = Wording.Percent(column.Missing);
            var then = Wording.Percent(usual);
            var header = column.Header.Trim();
            Find(DataRules.MissingRise, header, isSevere, new Bilingual(
                $"Column \"{header}\": {now.En} of the values are missing; before, {then.En} were.", $"Colonne « {header} » : {now.Fr} des valeurs manquent, contre {then.Fr} auparavant."));
        }

        /// <summary>A file that ends before the earlier ones began is an old export.</summary>
        private void CompareMoments(ColumnReport column, ColumnHistory before)
        {
            if (column.Field != "timestamp" || column.Maximum is not { } latest || before.Columns.Any(one => one.Minimum is null))
                return;
            var first = before.Columns.Select(one => one.Minimum!).Min(StringComparer.Ordinal);
            if (string.CompareOrdinal(latest, first) >= 0)
                return;
            Find(DataRules.RangeChange, column.Header.Trim(), false, new Bilingual(
                $"All moments lie before {first}, where the earlier uploads begin: an old export?", $"Tous les instants précèdent {first}, début des envois précédents : un ancien export ?"));
        }

        private void CompareNumbers(ColumnReport column, ColumnHistory before)
        {
            var bins = before.Numbers;
            if (column.Numbers is not { } numbers || bins.Count == 0)
                return;

            // Numbers of which hardly any stands there twice name something, and go on from file to file.
            if (column.Field is null && column.Uniqueness > 0.9)
                return;
            var header = column.Header.Trim();
            var now = ColumnHistory.BinsOf(column);
            CompareRange(column, header, numbers, before, bins);
            if (!AreEnough(bins.Values.Sum(), numbers.Count))
                return;
            var edges = Deciles(bins);
            var past = Counts(bins, edges);
            var index = StabilityIndex.Of(past, Counts(now, edges));
            var others = OwnShift(before, all => Counts(all, edges));
            Shifted(column, header, index, others, StabilityIndex.ChanceLimit(bins.Values.Sum(), numbers.Count, edges.Count + 1));
        }

        private void CompareRange(ColumnReport column, string header, NumberProfile numbers, ColumnHistory before, SortedDictionary<long, double> bins)
        {
            var medians = before.Columns.Where(one => one.Numbers is not null).Select(one => (double)one.Numbers!.Median).Order().ToList();
            var usual = Median(medians);
            var factor = usual != 0 && numbers.Median != 0 ? Math.Abs(Math.Log10(Math.Abs((double)numbers.Median / usual))) : 0;
            var isSevere = _mayHold && factor >= Math.Log10(50) && medians.All(median => Math.Abs(Math.Log10(Math.Abs(median / usual))) < 1);
            if (factor >= 1)
            {
                var now = Wording.Number(numbers.Median, 2);
                var then = Wording.Number(NumberSketch.Short(usual), 2);
                Find(DataRules.RangeChange, header, isSevere, new Bilingual($"Column \"{header}\": the middle is {now.En}; before, it was {then.En}.", $"Colonne « {header} » : la médiane est {now.Fr}, contre {then.Fr} auparavant."));
                return;
            }

            var largest = NumberBins.Middle(bins.Keys.Max());
            var reached = NumberBins.Middle(numbers.Bins.Max(bin => bin[0]));
            if (reached > 0 && largest > 0 && reached > 10 * largest)
            {
                var then = Wording.Number(NumberSketch.Short(largest));
                Find(DataRules.RangeChange, header, false, new Bilingual(
                    $"Column \"{header}\" reaches {column.Maximum}; before, nothing lay far above {then.En}.", $"Colonne « {header} » : jusqu'à {column.Maximum}, alors que rien ne dépassait de loin {then.Fr}."));
            }

            if (bins.Keys.Min() >= 0 && numbers.Bins.Min(bin => bin[0]) < 0)
                Find(DataRules.RangeChange, header, false, new Bilingual($"Column \"{header}\" holds negative numbers; before, there were none.", $"Colonne « {header} » : des nombres négatifs, absents auparavant."));
        }

        private void CompareWords(ColumnReport column, ColumnHistory before)
        {
            if (column.Categories is not { Count: > 0 } words || before.Words is not { Count: > 0 } known)
                return;
            var header = column.Header.Trim();
            var all = words.Sum(word => word.Count);
            var unseen = words.Where(word => !known.ContainsKey(word.Value)).ToList();
            var rows = unseen.Sum(word => word.Count);
            var share = (double)rows / all;
            if (rows >= 5 && share >= 0.01)
            {
                var named = string.Join(", ", unseen.Take(WordsNamed).Select(word => word.Value)) + (unseen.Count > WordsNamed ? ", …" : "");
                var part = Wording.Percent(share, 1);
                Find(DataRules.CategoryNew, header, _mayHold && column.Field is not null && share >= 0.5, new Bilingual(
                    $"Column \"{header}\": {part.En} of the rows hold words that were never seen: {named}.", $"Colonne « {header} » : {part.Fr} des lignes portent des mots jamais vus : {named}."));
                return;
            }

            if (!AreEnough(known.Values.Sum(), all))
                return;
            var order = known.Keys.Order(StringComparer.Ordinal).ToList();
            var now = words.ToDictionary(word => word.Value, word => (double)word.Count, StringComparer.Ordinal);
            var index = StabilityIndex.Of([.. order.Select(word => known[word])], [.. order.Select(word => now.GetValueOrDefault(word))]);
            double own = 0;
            for (var upload = 0; history.Count >= HistoryForHold && upload < before.Columns.Count; upload++)
            {
                var mine = (before.Columns[upload].Categories ?? []).ToDictionary(word => word.Value, word => (double)word.Count, StringComparer.Ordinal);
                own = Math.Max(own, StabilityIndex.Of([.. order.Select(word => known[word] - mine.GetValueOrDefault(word))], [.. order.Select(word => mine.GetValueOrDefault(word))]));
            }

            Shifted(column, header, index, own, StabilityIndex.ChanceLimit(known.Values.Sum(), all, order.Count));
        }

        /// <summary>How far each earlier upload lies from the others: what is usual between uploads is no shift.</summary>
        private double OwnShift(ColumnHistory before, Func<SortedDictionary<long, double>, double[]> counts)
        {
            if (before.Columns.Count < HistoryForHold)
                return 0;
            double own = 0;
            for (var upload = 0; upload < before.Columns.Count; upload++)
            {
                var others = ColumnHistory.Sum(before.Columns.Where((_, other) => other != upload).Select(ColumnHistory.BinsOf));
                own = Math.Max(own, StabilityIndex.Of(counts(others), counts(ColumnHistory.BinsOf(before.Columns[upload]))));
            }

            return own;
        }

        private void Shifted(ColumnReport column, string header, double index, double own, double chance)
        {
            var limit = Math.Max(StabilityIndex.LeastThatMatters, Math.Max(chance, 1.5 * own));
            if (index <= limit)
                return;
            var isSevere = _mayHold && column.Field is not null && index >= 2 && index >= 4 * limit;
            var now = Wording.Number(index, 2);
            var allowed = Wording.Number(limit, 2);
            Find(DataRules.DistributionShift, header, isSevere, new Bilingual(
                $"Column \"{header}\": the values are spread otherwise than before (stability index {now.En}, usual up to {allowed.En}).",
                $"Colonne « {header} » : la répartition des valeurs a changé (indice de stabilité {now.Fr}, usuel jusqu'à {allowed.Fr})."));
        }

        /// <summary>With fewer values a shift cannot be told from chance.</summary>
        private bool AreEnough(double before, double now)
        {
            if (before >= 200 && now >= 200)
                return true;
            TooFew++;
            return false;
        }

        private void Find(DataRule rule, string column, bool isSevere, Bilingual message) =>
            _findings.Add(new DriftFinding(rule.Id, column, isSevere ? DriftLevel.Severe : DriftLevel.Warning, message));

        /// <summary>Up to nine bins that part what was there before into tenths.</summary>
        private static List<long> Deciles(SortedDictionary<long, double> bins)
        {
            var all = bins.Values.Sum();
            var edges = new List<long>();
            double below = 0;
            foreach (var (bin, count) in bins)
            {
                below += count;
                if (edges.Count < 9 && below >= all * (edges.Count + 1) / 10 && below < all)
                {
                    edges.Add(bin);
                    while (edges.Count < 9 && below >= all * (edges.Count + 1) / 10)
                        edges.Add(bin);
                }
            }

            return [.. edges.Distinct()];
        }

        private static double[] Counts(SortedDictionary<long, double> bins, List<long> edges)
        {
            var counts = new double[edges.Count + 1];
            foreach (var (bin, count) in bins)
            {
                var place = edges.BinarySearch(bin);
                counts[place < 0 ? ~place : place] += count;
            }

            return counts;
        }

        private static double Median(List<double> sorted) =>
            sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
