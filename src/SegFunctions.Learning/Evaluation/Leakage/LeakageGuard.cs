using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Evaluation.Leakage;

/// <summary>
/// Finds columns that no honest model could have: which alone predict almost perfectly, by their values or by being filled, or hold what happened after
/// the as-of date. Such a column is usually written when the outcome is already known (a cancellation reason, a closing balance).
/// </summary>
/// <remarks>
/// Each column is judged alone. Its values are put into bins of equal mass (numbers, dates), or are levels (texts), missing ones a bin of their own; each
/// row is scored by the share of positives of its bin in the other folds, smoothed towards the share of all, and the AUC of those scores is taken.
/// A name that no other row has says nothing that way, so identifiers are not called leaks, however many there are. Cost O(columns · n log n).
/// </remarks>
public static class LeakageGuard
{
    /// <param name="table">Without the column of the labels.</param>
    /// <param name="labels">One a row, true for the event.</param>
    /// <returns>In the order of the table; empty when there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, options out of range (all listed), or an infinite number (place named).</exception>
    public static IReadOnlyList<Leak> Find(Table table, ReadOnlySpan<bool> labels, LeakageOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new LeakageOptions();
        options.Validate();
        if (labels.Length != table.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {table.Rows} rows.", nameof(labels));
        var positives = labels.Count(true);
        var rarer = Math.Min(positives, labels.Length - positives);
        var folds = rarer >= Math.Max(options.FewestOfEachClass, options.Folds) ? StratifiedFolds.Of(labels, options.Folds, options.Seed) : null;
        var work = new Work(table, labels.ToArray(), folds, rarer < options.RowsOfEachClass ? 1 : options.MinimumAuc, options);
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        team.Run(work, table.Columns.Count);
        return [.. work.Found.OfType<Leak>()];
    }

    /// <param name="folds">null when a class has too few rows.</param>
    /// <param name="minimumAuc">From which on a column is a leak.</param>
    private sealed class Work(Table table, bool[] labels, StratifiedFolds? folds, double minimumAuc, LeakageOptions options) : IChunkWork
    {
        private readonly HashSet<string> _trusted = new(options.Trusted, StringComparer.Ordinal);

        public Leak?[] Found { get; } = new Leak?[table.Columns.Count];

        public void Run(int chunk)
        {
            var column = table.Columns[chunk];
            if (_trusted.Contains(column.Name) || labels.Length == 0)
                return;
            var kind = TypeInference.Of(column).Kind;
            if (kind == ColumnKind.Date && options.AsOf is { } asOf && DaysAfter(column, asOf) is var after and > 0)
                Found[chunk] = new Leak(column.Name, LeakKind.AfterAsOf, null, LeakageWording.AfterAsOf(column.Name, after, asOf));
            else if (folds is not null)
                Found[chunk] = ByPrediction(column, kind, folds);
        }

        private static int DaysAfter(Column column, DateTime asOf)
        {
            var limit = (asOf - DateTime.UnixEpoch).TotalDays;
            return SourceReading.Numbers(column, ColumnKind.Date, position: null).Count(day => day > limit);
        }

        private Leak? ByPrediction(Column column, ColumnKind kind, StratifiedFolds dealt)
        {
            var bins = ColumnBins.Of(column, kind);
            if (Math.Min(bins.Missing, labels.Length - bins.Missing) >= Math.Min(options.FewestOfEachClass, options.RowsOfEachClass))
            {
                var auc = bins.MissingAuc(labels);
                if (Math.Max(auc, 1 - auc) >= minimumAuc)
                    return new Leak(column.Name, LeakKind.Missingness, Math.Max(auc, 1 - auc), LeakageWording.Missingness(column.Name, Math.Max(auc, 1 - auc), filledMeansPositive: auc < 0.5));
            }

            var own = bins.OutOfFoldAuc(labels, dealt);
            return own >= minimumAuc ? new Leak(column.Name, LeakKind.Value, own, LeakageWording.Value(column.Name, own)) : null;
        }
    }
}
