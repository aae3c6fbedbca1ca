using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Brings the columns of a table to one scale: missing values filled with the median, skewed columns by logarithm, robust centre and
/// unit, outliers set to a bound, columns that say nothing left out. Fitted once, saved with the model, applied unchanged to new rows.
/// Immutable.
/// </summary>
public sealed class ColumnScaler
{
    private const string Kind = "column-scaler";
    private const int Version = 1;

    /// <summary>Interquartile range of a standard normal, 2 Φ⁻¹(¾).</summary>
    private const double NormalInterquartileRange = 1.3489795003921634;

    private readonly ColumnTreatment[] _kept;

    private ColumnScaler(ColumnTreatment[] columns)
    {
        Columns = columns;
        _kept = [.. columns.Where(column => column.Kept)];
        OutputNames = [.. _kept.Select(column => column.Name)];
    }

    /// <summary>Every column of the table, in order.</summary>
    public IReadOnlyList<ColumnTreatment> Columns { get; }

    /// <summary>Names of the columns of the result, in order.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>One sentence a column, for a person.</summary>
    public IReadOnlyList<string> Report => [.. Columns.Select(column => column.Description)];

    /// <param name="rows">Shape (n × d), n ≥ 1; NaN is missing, ±∞ is refused. Not changed.</param>
    /// <param name="names">One a column.</param>
    /// <exception cref="ArgumentException">No rows, an infinite value (row and column named), another number of names than columns.</exception>
    public static ColumnScaler Fit(Matrix rows, IReadOnlyList<string> names, ColumnScalerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(names);
        options ??= new ColumnScalerOptions();
        options.Validate();
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows), missingAllowed: true);
        if (names.Count != rows.Columns)
            throw new ArgumentException($"There are {names.Count} names for {rows.Columns} columns.", nameof(names));
        var treatments = new ColumnTreatment[rows.Columns];
        var values = new double[rows.Rows];
        for (var column = 0; column < rows.Columns; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            treatments[column] = FitColumn(rows, column, names[column], options, values);
        }

        return new ColumnScaler(treatments);
    }

    /// <summary>Shape (n × columns of the fit) in, (n × kept columns) out; at least one column must have been kept.</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or an infinite value (row and column named).</exception>
    /// <exception cref="InvalidOperationException">Every column was left out; <see cref="Report"/> says why.</exception>
    public Matrix Transform(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Columns.Count, nameof(rows));
        rows.RequireFinite(nameof(rows), missingAllowed: true);
        if (_kept.Length == 0)
            throw new InvalidOperationException("Every column was left out, so nothing remains to work with: " + string.Join(' ', Report));
        var values = new double[(long)rows.Rows * _kept.Length];
        for (var row = 0; row < rows.Rows; row++)
            TransformRow(rows.Row(row), values.AsSpan(row * _kept.Length, _kept.Length));
        return new Matrix(rows.Rows, _kept.Length, values);
    }

    /// <summary>Writes what was learned. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var list = new JsonArray();
        foreach (var column in Columns)
        {
            list.Add((JsonNode)new JsonObject
            {
                ["name"] = column.Name,
                ["kept"] = column.Kept,
                ["reason"] = column.Reason,
                ["log1p"] = column.Log1p,
                ["scaleSource"] = (int)column.ScaleSource,
                ["missing"] = column.Missing,
                ["winsorised"] = column.Winsorised,
                ["rows"] = column.Rows,
            });
        }

        double[] numbers = [.. Columns.SelectMany(column => new[] { column.Skewness, column.Fill, column.Centre, column.Scale, column.Bound })];
        ModelFile.Write(stream, Kind, Version, new JsonObject { ["columns"] = list }, ("numbers", numbers));
    }

    /// <exception cref="InvalidDataException">The stream holds no column scaler, a newer version, or a damaged one.</exception>
    public static ColumnScaler Load(Stream stream)
    {
        const int PerColumn = 5;
        var file = ModelFile.Read(stream, Kind, Version);
        var list = file.List("columns");
        var numbers = file.Array("numbers", list.Count * PerColumn);
        var columns = new ColumnTreatment[list.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var entry = list[i] as JsonObject;
            var own = numbers.AsSpan(i * PerColumn, PerColumn);
            columns[i] = new ColumnTreatment
            {
                Index = i,
                Name = ModelFile.Field<string>(entry, "name"),
                Kept = ModelFile.Field<bool>(entry, "kept"),
                Reason = ModelFile.Field<string>(entry, "reason"),
                Log1p = ModelFile.Field<bool>(entry, "log1p"),
                ScaleSource = (ScaleSource)ModelFile.Field<int>(entry, "scaleSource"),
                Missing = ModelFile.Field<int>(entry, "missing"),
                Winsorised = ModelFile.Field<int>(entry, "winsorised"),
                Rows = ModelFile.Field<int>(entry, "rows"),
                Skewness = own[0],
                Fill = own[1],
                Centre = own[2],
                Scale = own[3],
                Bound = own[4],
            };
        }

        return new ColumnScaler(columns);
    }

    private void TransformRow(ReadOnlySpan<double> row, Span<double> prepared)
    {
        for (var column = 0; column < _kept.Length; column++)
            prepared[column] = _kept[column].Apply(row[_kept[column].Index]);
    }

    private static ColumnTreatment FitColumn(Matrix rows, int column, string name, ColumnScalerOptions options, double[] buffer)
    {
        var count = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var value = rows.Values[(row * rows.Columns) + column];
            if (!double.IsNaN(value))
                buffer[count++] = value;
        }

        var values = buffer.AsSpan(0, count);
        values.Sort();
        var treatment = new ColumnTreatment
        {
            Name = name,
            Index = column,
            Kept = false,
            Reason = "It holds no value in any row.",
            Log1p = false,
            Skewness = 0,
            Fill = 0,
            Centre = 0,
            Scale = 0,
            ScaleSource = ScaleSource.None,
            Bound = options.Bound,
            Missing = rows.Rows - count,
            Winsorised = 0,
            Rows = rows.Rows,
        };
        if (count == 0)
            return treatment;
        treatment = treatment with { Fill = Quantile.OfSorted(values, 0.5), Skewness = Skewness(values) };
        if (values[0] == values[^1])
            return treatment with { Reason = $"It holds one value in every row ({values[0]})." };
        var log = values[0] >= 0 && treatment.Skewness > options.LogAboveSkewness && LogLowersSkewness(values, treatment.Skewness);
        return Scaled(treatment with { Log1p = log }, values);
    }

    private static ColumnTreatment Scaled(ColumnTreatment treatment, Span<double> values)
    {
        if (treatment.Log1p)
        {
            foreach (ref var value in values)
                value = double.LogP1(value);
        }

        var centre = Quantile.OfSorted(values, 0.5);
        var range = Quantile.OfSorted(values, 0.75) - Quantile.OfSorted(values, 0.25);
        var robust = range > 0;
        var scale = robust ? range / NormalInterquartileRange : Math.Sqrt(CentralMoment(values, Mean(values), 2));
        if (!(scale > 0) || !double.IsFinite(1 / scale))
            return treatment with { Reason = "Its values differ by less than numbers can tell apart." };
        var winsorised = 0;
        foreach (var value in values)
        {
            if (Math.Abs(value - centre) / scale > treatment.Bound)
                winsorised++;
        }

        return treatment with
        {
            Kept = true,
            Reason = string.Empty,
            Centre = centre,
            Scale = scale,
            ScaleSource = robust ? ScaleSource.InterquartileRange : ScaleSource.StandardDeviation,
            Winsorised = winsorised,
        };
    }

    private static bool LogLowersSkewness(ReadOnlySpan<double> values, double skewness)
    {
        var logs = new double[values.Length];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = double.LogP1(values[i]);
        return Math.Abs(Skewness(logs)) < Math.Abs(skewness);
    }

    private static double Skewness(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var variance = CentralMoment(values, mean, 2);
        return variance > 0 ? CentralMoment(values, mean, 3) / (variance * Math.Sqrt(variance)) : 0;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    private static double CentralMoment(ReadOnlySpan<double> values, double mean, int order)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            var difference = value - mean;
            sum += order == 2 ? difference * difference : difference * difference * difference;
        }

        return sum / values.Length;
    }
}
