using System.Runtime.InteropServices;
using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Evaluation.Leakage;

/// <summary>A column as bins: of equal mass for numbers and days, one a text otherwise; missing values are the last.</summary>
internal sealed class ColumnBins
{
    /// <summary>Rows of a bin at least: the share of positives in fewer says little.</summary>
    private const int RowsOfABin = 20;

    private const int MostBins = 256;

    /// <summary>Rows of the average that every bin is drawn towards.</summary>
    private const double Prior = 1;

    private readonly int[] _codes;
    private readonly int _missing;

    private ColumnBins(int[] codes, int missing) => (_codes, _missing) = (codes, missing);

    public static ColumnBins Of(Column column, ColumnKind kind) =>
        kind is ColumnKind.Numeric or ColumnKind.Date or ColumnKind.Boolean || (kind == ColumnKind.Identifier && column is NumericColumn)
            ? OfNumbers(SourceReading.Numbers(column, kind == ColumnKind.Identifier ? ColumnKind.Numeric : kind, position: null))
            : OfTexts(SourceReading.Texts(column, position: null));

    /// <summary>Rows whose value is missing.</summary>
    public int Missing => _codes.AsSpan().Count(_missing);

    /// <summary>How well being missing predicts the event: below 0.5 when filled values go with it.</summary>
    public double MissingAuc(ReadOnlySpan<bool> labels)
    {
        Span<double> counts = stackalloc double[4];
        for (var row = 0; row < _codes.Length; row++)
            counts[(_codes[row] == _missing ? 2 : 0) + (labels[row] ? 1 : 0)]++;
        return RocAuc.Of([0, 0, 1, 1], [false, true, false, true], counts) ?? 0.5;
    }

    /// <summary>AUC of scoring each row by the share of positives of its bin among the rows of the other folds.</summary>
    public double OutOfFoldAuc(ReadOnlySpan<bool> labels, StratifiedFolds folds)
    {
        var foldOf = folds.FoldOf();
        var bins = _missing + 1;
        // For each bin its rows in all and in each fold, negatives and positives.
        var counts = new double[2 * bins * (folds.Folds + 1)];
        for (var row = 0; row < _codes.Length; row++)
        {
            counts[Place(0, _codes[row], labels[row])]++;
            counts[Place(foldOf[row] + 1, _codes[row], labels[row])]++;
        }

        // All rows of a bin and a fold have the same score: they make two rows, weighted by their numbers.
        var share = (double)labels.Count(true) / labels.Length;
        var (scores, outcomes, weights) = (new List<double>(), new List<bool>(), new List<double>());
        for (var fold = 1; fold <= folds.Folds; fold++)
        {
            for (var bin = 0; bin < bins; bin++)
            {
                var (negative, positive) = (counts[Place(fold, bin, positive: false)], counts[Place(fold, bin, positive: true)]);
                if (negative + positive == 0)
                    continue;
                var positives = counts[Place(0, bin, positive: true)] - positive;
                var others = positives + counts[Place(0, bin, positive: false)] - negative;
                foreach (var outcome in (ReadOnlySpan<bool>)[false, true])
                {
                    scores.Add((positives + (Prior * share)) / (others + Prior));
                    outcomes.Add(outcome);
                    weights.Add(outcome ? positive : negative);
                }
            }
        }

        return RocAuc.Of(CollectionsMarshal.AsSpan(scores), CollectionsMarshal.AsSpan(outcomes), CollectionsMarshal.AsSpan(weights)) ?? 0.5;

        int Place(int fold, int bin, bool positive) => (2 * ((fold * bins) + bin)) + (positive ? 1 : 0);
    }

    private static ColumnBins OfNumbers(double[] values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).ToArray();
        Array.Sort(sorted);
        var size = Math.Max(RowsOfABin, sorted.Length / MostBins);
        var edges = new List<double>();
        var inBin = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            // A new bin begins when the last one is full, and before a value that fills one alone.
            if (inBin > 0 && (inBin >= size || end - start >= size))
            {
                edges.Add(sorted[start]);
                inBin = 0;
            }

            inBin += end - start;
            start = end;
        }

        var limits = edges.ToArray();
        var codes = new int[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var at = Array.BinarySearch(limits, values[row]);
            codes[row] = double.IsNaN(values[row]) ? limits.Length + 1 : at < 0 ? ~at : at + 1;
        }

        return new ColumnBins(codes, limits.Length + 1);
    }

    private static ColumnBins OfTexts(TextColumn column)
    {
        var codes = new int[column.Rows];
        for (var row = 0; row < codes.Length; row++)
            codes[row] = column.Codes[row] < 0 || CellText.IsMissing(column.Levels[column.Codes[row]]) ? column.Levels.Count : column.Codes[row];
        return new ColumnBins(codes, column.Levels.Count);
    }
}
