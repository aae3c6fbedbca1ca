using System.Globalization;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification;

/// <summary>Says in words why rows of a table have their scores: what raises those above the average, what lowers those below. Immutable, safe for many threads.</summary>
public sealed class ClassificationReasons
{
    private const int BlockRows = 16_384;

    private readonly ClassificationModel _model;
    private readonly ReasonFeature[] _features;
    private readonly ContributionReasons _reasons;

    /// <param name="train">The table of the fit: what is typical in it is what rows are compared with.</param>
    /// <param name="words">How people speak of columns, by name; null where none needs it.</param>
    /// <exception cref="ArgumentException">The table lacks a column of the model.</exception>
    public ClassificationReasons(ClassificationModel model, Table train, IReadOnlyDictionary<string, ColumnWords>? words = null, ReasonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        _model = model;
        _features = model.Columns.Count == 0
            ? []
            : [.. Design.TableRows.Select(train, model.Columns).Columns.Select(column => ReasonFeature.Of(column, words?.GetValueOrDefault(column.Name)))];
        _reasons = new ContributionReasons(_features, phrases: null, options);
    }

    /// <summary>The reasons of every row, the weightiest first; none where the model looks at no column.</summary>
    /// <param name="scores">One a row.</param>
    /// <param name="average">Scores from here on are explained by what raises them, those below by what lowers them.</param>
    /// <exception cref="ArgumentException">As <see cref="ClassificationModel.Predict(Table, int?, CancellationToken)"/>, or another number of scores.</exception>
    public IReadOnlyList<Reason>[] Of(Table table, IReadOnlyList<double> scores, double average, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count != table.Rows)
            throw new ArgumentException($"There are {scores.Count} scores for {table.Rows} rows.", nameof(scores));
        var reasons = new IReadOnlyList<Reason>[table.Rows];
        Array.Fill(reasons, []);
        if (_features.Length == 0)
            return reasons;
        var used = Design.TableRows.Select(table, _model.Columns);
        var values = used.Columns.Zip(_features, Values).ToArray();
        var own = new double[values.Length];
        for (var start = 0; start < reasons.Length; start += BlockRows)
        {
            var end = Math.Min(start + BlockRows, reasons.Length);
            var contributions = _model.Contributions(used.Take([.. Enumerable.Range(start, end - start)]), threads, cancellationToken);
            for (var row = start; row < end; row++)
            {
                for (var column = 0; column < own.Length; column++)
                    own[column] = values[column][row];
                reasons[row] = _reasons.Of(own, contributions.Row(row - start), scores[row] >= average ? ReasonSide.Raising : ReasonSide.Lowering);
            }
        }

        return reasons;
    }

    /// <summary>The numbers by which reasons know the values of a column: codes of texts are those of the feature, one beyond them for a text never seen.</summary>
    private static double[] Values(Column column, ReasonFeature feature)
    {
        if (feature.Levels.Count == 0)
        {
            return column is NumericColumn numbers
                ? numbers.Values
                : ByText((TextColumn)column, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
        }

        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var level = 0; level < feature.Levels.Count; level++)
            known.TryAdd(feature.Levels[level].Trim(), level);
        return ByText(column as TextColumn ?? TextColumn.FromNumbers(column.Name, ((NumericColumn)column).Values), text => known.GetValueOrDefault(text, feature.Levels.Count));
    }

    private static double[] ByText(TextColumn column, Func<string, double> value)
    {
        double[] byCode = [.. column.Levels.Select(text => CellText.IsMissing(text) ? double.NaN : value(text.Trim()))];
        return Array.ConvertAll(column.Codes, code => code < 0 ? double.NaN : byCode[code]);
    }
}
