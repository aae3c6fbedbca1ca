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

    /// <summary>1 where the value is missing.</summary>
    public double[] MissingFlags()
    {
        var flags = new double[_codes.Length];
        for (var row = 0; row < flags.Length; row++)
            flags[row] = _codes[row] == _missing ? 1 : 0;
        return flags;
    }

    /// <summary>For each row the share of positives of its bin among the rows of the other folds.</summary>
    public double[] OutOfFoldRates(ReadOnlySpan<bool> labels, StratifiedFolds folds)
    {
        var foldOf = folds.FoldOf();
        var bins = _missing + 1;
        var rows = new int[bins * (folds.Folds + 1)];
        var positives = new int[rows.Length];
        for (var row = 0; row < _codes.Length; row++)
        {
            foreach (var place in (ReadOnlySpan<int>)[_codes[row], ((foldOf[row] + 1) * bins) + _codes[row]])
            {
                rows[place]++;
                positives[place] += labels[row] ? 1 : 0;
            }
        }

        var share = (double)labels.Count(true) / labels.Length;
        var rates = new double[_codes.Length];
        for (var row = 0; row < rates.Length; row++)
        {
            var own = ((foldOf[row] + 1) * bins) + _codes[row];
            var others = rows[_codes[row]] - rows[own];
            rates[row] = (positives[_codes[row]] - positives[own] + (Prior * share)) / (others + Prior);
        }

        return rates;
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
