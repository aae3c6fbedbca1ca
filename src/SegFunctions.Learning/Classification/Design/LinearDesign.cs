using System.Text.Json.Nodes;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>
/// The table as a linear learner wants it: prepared by <see cref="TablePreparation"/>, categories of many texts also as the
/// log-odds of their texts (<see cref="TargetEncoding"/>), and a flag for each column whose value is missing in more than a few rows.
/// </summary>
internal sealed class LinearDesign
{
    private const string Kind = "linear-design";

    /// <summary>Up to so many texts a flag each says all there is to say.</summary>
    private const int MostPlainLevels = 10;

    /// <summary>Rows without a value that are worth a flag.</summary>
    private const int FewestMissing = 20;

    private readonly PreparationModel _preparation;
    private readonly TargetEncoding[] _encodings;
    private readonly string[] _flagged;

    private LinearDesign(PreparationModel preparation, TargetEncoding[] encodings, string[] flagged)
    {
        _preparation = preparation;
        _encodings = encodings;
        _flagged = flagged;
        var place = preparation.Report.ToDictionary(decision => decision.Column, decision => decision.Index, StringComparer.Ordinal);
        Sources =
        [
            .. preparation.Outputs.Select(output => output.Source),
            .. encodings.Select(encoding => place[encoding.Name]),
            .. flagged.Select(name => place[name]),
        ];
        Names = [.. preparation.OutputNames, .. encodings.Select(encoding => $"odds of {encoding.Name}"), .. flagged.Select(name => $"{name} is missing")];
    }

    /// <summary>For each column of the result, the position of its column in the table of the fit.</summary>
    public int[] Sources { get; }

    public IReadOnlyList<string> Names { get; }

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
            if (decision.Missing < FewestMissing || decision.Missing > table.Rows - FewestMissing)
                continue;
            flagged.Add(decision.Column);
            extra.Add(Absent(table.Columns[decision.Index]));
        }

        var design = new LinearDesign(preparation, [.. encodings], [.. flagged]);
        return design.Width == 0 ? null : (design, design.Join(table, extra, threads, cancellationToken));
    }

    /// <param name="table">The columns of the fit, in its order.</param>
    public Matrix Apply(Table table, int? threads, CancellationToken cancellationToken)
    {
        var columns = table.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return Join(table, [.. _encodings.Select(encoding => encoding.Apply(columns[encoding.Name])), .. _flagged.Select(name => Absent(columns[name]))], threads, cancellationToken);
    }

    /// <summary>One row of a table without texts, nothing allocated.</summary>
    /// <param name="row">A number for each column of the fit, NaN where it is missing.</param>
    /// <param name="prepared">OUT (<see cref="Width"/>).</param>
    public void Apply(ReadOnlySpan<double> row, Span<double> prepared)
    {
        var own = _preparation.Outputs.Count;
        _preparation.PrepareForFitting(row, prepared[..own]);
        for (var flag = own; flag < prepared.Length; flag++)
            prepared[flag] = double.IsNaN(row[Sources[flag]]) ? 1 : 0;
    }

    public void Save(Stream stream)
    {
        ModelFile.Write(stream, Kind, 1, new JsonObject { ["encodings"] = _encodings.Length, ["flagged"] = StoredTexts.Write(_flagged) });
        _preparation.Save(stream);
        foreach (var encoding in _encodings)
            encoding.Save(stream);
    }

    public static LinearDesign Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, 1);
        var flagged = StoredTexts.Read(file, "flagged");
        var count = file.Field<int>("encodings");
        var preparation = PreparationModel.Load(stream);
        var encodings = new List<TargetEncoding>();
        for (var i = 0; i < count; i++)
            encodings.Add(TargetEncoding.Load(stream));
        var known = preparation.Report.Select(decision => decision.Column).ToHashSet(StringComparer.Ordinal);
        if (flagged.Concat(encodings.Select(encoding => encoding.Name)).FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw new InvalidDataException($"The stored model names the column \"{stranger}\", which its preparation does not know; it is damaged.");
        return new LinearDesign(preparation, [.. encodings], flagged);
    }

    private Matrix Join(Table table, List<double[]> extra, int? threads, CancellationToken cancellationToken)
    {
        var prepared = _preparation.Outputs.Count > 0 ? _preparation.TransformForFitting(table, threads, cancellationToken) : null;
        if (extra.Count == 0 && prepared is not null)
            return prepared;
        var own = Width - extra.Count;
        var values = new double[(long)table.Rows * Width];
        for (var row = 0; row < table.Rows; row++)
        {
            var target = values.AsSpan(row * Width, Width);
            prepared?.Row(row).CopyTo(target);
            for (var i = 0; i < extra.Count; i++)
                target[own + i] = extra[i][row];
        }

        return new Matrix(table.Rows, Width, values);
    }

    private static double[] Absent(Column column) => column is TextColumn texts
        ? Array.ConvertAll(texts.Codes, code => code < 0 || CellText.IsMissing(texts.Levels[code]) ? 1.0 : 0)
        : Array.ConvertAll(((NumericColumn)column).Values, value => double.IsNaN(value) ? 1.0 : 0);
}
