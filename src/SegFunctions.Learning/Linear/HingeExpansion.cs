using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Linear;

/// <summary>
/// Lets a linear model bend: every column of many values v also gives max(0, v − k) for some knots k at its quantiles (linear splines; Hastie, Tibshirani
/// &amp; Friedman 2009, section 5.2). Its effect then is a line that may change its slope at each knot, and goes on straight beyond the last.
/// Columns of few values, as flags, stay as they are. Immutable.
/// </summary>
/// <remarks>Columns come out in the order they went in, each followed by its hinges. Cost O(columns · n log n) to fit.</remarks>
public sealed class HingeExpansion
{
    private const string Kind = "hinge expansion";

    private readonly double[][] _knots;

    private HingeExpansion(double[][] knots)
    {
        _knots = knots;
        var sources = new List<int>();
        for (var column = 0; column < knots.Length; column++)
        {
            for (var part = 0; part <= knots[column].Length; part++)
                sources.Add(column);
        }

        Sources = sources;
    }

    /// <summary>For each column that comes out, the one it comes from: what a model says of a column is the sum over these.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>The knots of each column, ascending; empty for one that stays as it is.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Knots => _knots;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="knots">Knots of a column at most, at evenly spaced quantiles from 5 to 95 %, 2 to 100; fewer where quantiles coincide.</param>
    /// <param name="distinctValues">A column of fewer different values stays as it is; at least 3.</param>
    /// <exception cref="ArgumentException">No rows, or a value that is not finite (row and column named).</exception>
    public static HingeExpansion Fit(Matrix rows, int knots = 7, int distinctValues = 20)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(knots, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(knots, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(distinctValues, 3);
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        var found = new double[rows.Columns][];
        var sorted = new double[rows.Rows];
        for (var column = 0; column < found.Length; column++)
        {
            for (var row = 0; row < sorted.Length; row++)
                sorted[row] = rows.Values[(row * rows.Columns) + column];
            Array.Sort(sorted);
            found[column] = HasValues(sorted, distinctValues) ? KnotsOf(sorted, knots) : [];
        }

        return new HingeExpansion(found);
    }

    /// <summary>Shape (n × d) in, (n × <see cref="Sources"/>) out.</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit.</exception>
    public Matrix Transform(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(_knots.Length, nameof(rows));
        var values = new double[(long)rows.Rows * Sources.Count];
        for (var row = 0; row < rows.Rows; row++)
            Expand(rows.Row(row), values.AsSpan(row * Sources.Count, Sources.Count));
        return new Matrix(rows.Rows, Sources.Count, values);
    }

    /// <summary>One row, without allocating.</summary>
    /// <param name="expanded">As many as <see cref="Sources"/>.</param>
    public void Expand(ReadOnlySpan<double> row, Span<double> expanded)
    {
        if (row.Length != _knots.Length || expanded.Length != Sources.Count)
            throw new ArgumentException($"The row has {row.Length} values and room for {expanded.Length}; there are {_knots.Length} columns and {Sources.Count} results.", nameof(row));
        var at = 0;
        for (var column = 0; column < row.Length; column++)
        {
            expanded[at++] = row[column];
            foreach (var knot in _knots[column])
                expanded[at++] = Math.Max(0, row[column] - knot);
        }
    }

    /// <summary>Writes the knots. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var counts = new JsonArray([.. _knots.Select(knots => (JsonNode)knots.Length)]);
        ModelFile.Write(stream, Kind, 1, new JsonObject { ["knots"] = counts }, ("knots", [.. _knots.SelectMany(knots => knots)]));
    }

    /// <exception cref="InvalidDataException">The stream holds no hinge expansion, a newer version, or a damaged one.</exception>
    public static HingeExpansion Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, newestVersion: 1);
        var counts = file.Integers("knots");
        if (counts.Length == 0 || counts.Any(count => count is < 0 or > 100))
            throw new InvalidDataException("The stored hinge expansion claims no columns or an impossible number of knots; it is damaged.");
        var all = file.Array("knots", counts.Sum());
        var knots = new double[counts.Length][];
        var start = 0;
        for (var column = 0; column < knots.Length; column++)
        {
            knots[column] = all.AsSpan(start, counts[column]).ToArray();
            start += counts[column];
        }

        return new HingeExpansion(knots);
    }

    private static bool HasValues(double[] sorted, int wanted)
    {
        var distinct = 1;
        for (var i = 1; i < sorted.Length && distinct < wanted; i++)
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        return distinct >= wanted;
    }

    private static double[] KnotsOf(double[] sorted, int knots)
    {
        var found = new List<double>(knots);
        for (var i = 0; i < knots; i++)
        {
            var knot = Quantile.OfSorted(sorted, 0.05 + (0.9 * i / (knots - 1)));
            // Below the least value a hinge is the column again, from the greatest on it is nothing.
            if (knot > sorted[0] && knot < sorted[^1] && (found.Count == 0 || knot > found[^1]))
                found.Add(knot);
        }

        return [.. found];
    }
}
