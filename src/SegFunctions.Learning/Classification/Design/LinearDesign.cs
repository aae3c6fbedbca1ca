using System.Text.Json.Nodes;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>
/// The table as a linear learner wants it: prepared by <see cref="TablePreparation"/>, categories of many texts also as the
/// log-odds of their texts (<see cref="TargetEncoding"/>), a flag for each column whose value is missing in more than a few rows, and
/// where wanted bends: a column max(0, value − knot) at quantiles of each measure, which let its line change direction there
/// (Hastie, Tibshirani &amp; Friedman 2009, section 5.2, splines of degree 1).
/// </summary>
internal sealed class LinearDesign
{
    private const string Kind = "linear-design";

    /// <summary>Up to so many texts a flag each says all there is to say.</summary>
    private const int MostPlainLevels = 10;

    /// <summary>Shares of the rows below the knots of a measure.</summary>
    private static readonly double[] KnotShares = [0.1, 0.3, 0.5, 0.7, 0.9];

    /// <summary>Beyond so many, bends would fit noise and cost time.</summary>
    private const int MostBends = 500;

    private readonly PreparationModel _preparation;
    private readonly TargetEncoding[] _encodings;
    private readonly string[] _flagged;
    private readonly Bend[] _bends;

    private LinearDesign(PreparationModel preparation, TargetEncoding[] encodings, string[] flagged, Bend[] bends)
    {
        _preparation = preparation;
        _encodings = encodings;
        _flagged = flagged;
        _bends = bends;
        var place = preparation.Report.ToDictionary(decision => decision.Column, decision => decision.Index, StringComparer.Ordinal);
        Sources =
        [
            .. preparation.Outputs.Select(output => output.Source),
            .. encodings.Select(encoding => place[encoding.Name]),
            .. flagged.Select(name => place[name]),
            .. bends.Select(bend => preparation.Outputs[bend.Output].Source),
        ];
    }

    /// <summary>For each column of the result, the position of its column in the table of the fit.</summary>
    public int[] Sources { get; }

    public bool HasBends => _bends.Length > 0;

    public int Width => Sources.Length;

    /// <summary>How tables are prepared to learn from: near repetitions stay (a penalty copes with them) and so do rare flags, which may tell the most.</summary>
    public static PreparationOptions Preparing(IReadOnlyDictionary<string, ColumnKind> kinds, int? threads) => new()
    {
        Kinds = kinds,
        IndicateMissing = false,
        NearlyConstantShare = 0.999,
        CorrelationLimit = double.PositiveInfinity,
        Threads = threads,
    };

    /// <returns>The design and the rows of the fit; null when every column was left out.</returns>
    public static (LinearDesign Design, Matrix Rows)? Fit(Table table, bool[] positive, UsedColumns used, long seed, int? threads, CancellationToken cancellationToken)
    {
        var preparation = TablePreparation.Fit(table, Preparing(used.ByName(), threads), cancellationToken);
        var encodings = new List<TargetEncoding>();
        var extra = new List<double[]>();
        var flagged = new List<string>();
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (used.Kinds[column] != ColumnKind.Category)
                continue;
            var (encoding, fitted) = TargetEncoding.Fit(table.Columns[column], positive, seed + column);
            if (encoding.Levels <= MostPlainLevels)
                continue;
            encodings.Add(encoding);
            extra.Add(fitted);
        }

        foreach (var decision in preparation.Report)
        {
            if (!UsedColumns.TellsByAbsence(decision.Missing, table.Rows))
                continue;
            flagged.Add(decision.Column);
            extra.Add(Absent(table.Columns[decision.Index]));
        }

        var prepared = preparation.Outputs.Count > 0 ? preparation.TransformForFitting(table, threads, cancellationToken) : null;
        var design = new LinearDesign(preparation, [.. encodings], [.. flagged], prepared is null ? [] : Bends(preparation, prepared));
        return design.Width == 0 ? null : (design, design.Join(prepared, extra, table.Rows));
    }

    /// <summary>The same without bends.</summary>
    /// <param name="rows">Rows as this makes them.</param>
    public (LinearDesign Design, Matrix Rows) Straight(Matrix rows)
    {
        var straight = new LinearDesign(_preparation, _encodings, _flagged, []);
        return (straight, straight.Straighten(rows));
    }

    /// <summary>Rows of the design with bends as this one, which has none, makes them.</summary>
    public Matrix Straighten(Matrix rows)
    {
        var values = new double[(long)rows.Rows * Width];
        for (var row = 0; row < rows.Rows; row++)
            rows.Row(row)[..Width].CopyTo(values.AsSpan(row * Width, Width));
        return new Matrix(rows.Rows, Width, values);
    }

    /// <param name="table">The columns of the fit, in its order.</param>
    public Matrix Apply(Table table, int? threads, CancellationToken cancellationToken)
    {
        var columns = table.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var prepared = _preparation.Outputs.Count > 0 ? _preparation.TransformForFitting(table, threads, cancellationToken) : null;
        return Join(prepared, [.. _encodings.Select(encoding => encoding.Apply(columns[encoding.Name])), .. _flagged.Select(name => Absent(columns[name]))], table.Rows);
    }

    /// <summary>One row of a table without texts, nothing allocated.</summary>
    /// <param name="row">A number for each column of the fit, NaN where it is missing.</param>
    /// <param name="prepared">OUT (<see cref="Width"/>).</param>
    public void Apply(ReadOnlySpan<double> row, Span<double> prepared)
    {
        var own = _preparation.Outputs.Count;
        _preparation.PrepareForFitting(row, prepared[..own]);
        for (var flag = own; flag < Width - _bends.Length; flag++)
            prepared[flag] = double.IsNaN(row[Sources[flag]]) ? 1 : 0;
        BendInto(prepared);
    }

    public void Save(Stream stream)
    {
        ModelFile.Write(
            stream,
            Kind,
            1,
            new JsonObject { ["encodings"] = _encodings.Length, ["flagged"] = StoredTexts.Write(_flagged), ["bent"] = new JsonArray([.. _bends.Select(bend => (JsonNode)bend.Output)]) },
            ("knots", [.. _bends.Select(bend => bend.Knot)]));
        _preparation.Save(stream);
        foreach (var encoding in _encodings)
            encoding.Save(stream);
    }

    public static LinearDesign Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, 1);
        var flagged = StoredTexts.Read(file, "flagged");
        var count = file.Field<int>("encodings");
        var bent = file.Integers("bent");
        var knots = file.Array("knots", bent.Length);
        var preparation = PreparationModel.Load(stream);
        var encodings = new List<TargetEncoding>();
        for (var i = 0; i < count; i++)
            encodings.Add(TargetEncoding.Load(stream));
        var known = preparation.Report.Select(decision => decision.Column).ToHashSet(StringComparer.Ordinal);
        if (flagged.Concat(encodings.Select(encoding => encoding.Name)).FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw new InvalidDataException($"The stored model names the column \"{stranger}\", which its preparation does not know; it is damaged.");
        if (bent.Any(output => output < 0 || output >= preparation.Outputs.Count) || knots.Any(knot => !double.IsFinite(knot)))
            throw new InvalidDataException("The stored model bends columns that it does not have; it is damaged.");
        return new LinearDesign(preparation, [.. encodings], flagged, [.. bent.Zip(knots, (output, knot) => new Bend(output, knot))]);
    }

    private static Bend[] Bends(PreparationModel preparation, Matrix prepared)
    {
        var bends = new List<Bend>();
        var values = new double[prepared.Rows];
        for (var output = 0; output < prepared.Columns; output++)
        {
            if (preparation.Report[preparation.Outputs[output].Source].Use != ColumnUse.Scaled)
                continue;
            for (var row = 0; row < values.Length; row++)
                values[row] = prepared[row, output];
            Array.Sort(values);
            // A knot at the least or the greatest value bends nothing.
            bends.AddRange(KnotShares.Select(share => Quantile.OfSorted(values, share)).Distinct().Where(knot => knot > values[0] && knot < values[^1]).Select(knot => new Bend(output, knot)));
        }

        return bends.Count <= MostBends ? [.. bends] : [];
    }

    private Matrix Join(Matrix? prepared, List<double[]> extra, int rows)
    {
        if (extra.Count == 0 && _bends.Length == 0 && prepared is not null)
            return prepared;
        var own = prepared?.Columns ?? 0;
        var values = new double[(long)rows * Width];
        for (var row = 0; row < rows; row++)
        {
            var target = values.AsSpan(row * Width, Width);
            prepared?.Row(row).CopyTo(target);
            for (var i = 0; i < extra.Count; i++)
                target[own + i] = extra[i][row];
            BendInto(target);
        }

        return new Matrix(rows, Width, values);
    }

    private void BendInto(Span<double> row)
    {
        var first = row.Length - _bends.Length;
        for (var i = 0; i < _bends.Length; i++)
            row[first + i] = Math.Max(0, row[_bends[i].Output] - _bends[i].Knot);
    }

    private static double[] Absent(Column column) => column is TextColumn texts
        ? Array.ConvertAll(texts.Codes, code => code < 0 || CellText.IsMissing(texts.Levels[code]) ? 1.0 : 0)
        : Array.ConvertAll(((NumericColumn)column).Values, value => double.IsNaN(value) ? 1.0 : 0);

    /// <param name="Output">Column of the preparation's result.</param>
    private readonly record struct Bend(int Output, double Knot);
}
