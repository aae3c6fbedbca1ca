using System.Text.Json.Nodes;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>
/// The table as trees want it: one column of the result for each column. Numbers, days and flags as they are with NaN where
/// missing, categories of few texts as codes, those of many as the log-odds of their texts (<see cref="TargetEncoding"/>).
/// </summary>
internal sealed class TreeDesign
{
    private const string Kind = "tree-design";

    /// <summary>Up to so many texts, trees find their own way of parting them.</summary>
    private const int MostCodes = 10;

    private readonly ColumnKind[] _kinds;
    private readonly LevelCodes?[] _codes;
    private readonly TargetEncoding?[] _encodings;

    private TreeDesign(ColumnKind[] kinds, LevelCodes?[] codes, TargetEncoding?[] encodings)
    {
        _kinds = kinds;
        _codes = codes;
        _encodings = encodings;
        Categorical = [.. Enumerable.Range(0, kinds.Length).Where(column => codes[column] is not null)];
    }

    /// <summary>Columns of codes.</summary>
    public int[] Categorical { get; }

    public int Width => _kinds.Length;

    /// <returns>The design and the rows of the fit.</returns>
    public static (TreeDesign Design, Matrix Rows) Fit(Table table, bool[] positive, UsedColumns used, long seed)
    {
        var codes = new LevelCodes?[used.Kinds.Length];
        var encodings = new TargetEncoding?[codes.Length];
        var values = new double[codes.Length][];
        for (var column = 0; column < values.Length; column++)
        {
            var source = table.Columns[column];
            if (used.Kinds[column] != ColumnKind.Category)
                values[column] = SourceReading.Numbers(source, used.Kinds[column], column);
            else if (LevelCodes.Fit(source) is { Levels: <= MostCodes } few)
                values[column] = (codes[column] = few).Apply(source);
            else
                (encodings[column], values[column]) = TargetEncoding.Fit(source, positive, seed + column);
        }

        return (new TreeDesign(used.Kinds, codes, encodings), Rows(values, table.Rows));
    }

    /// <param name="table">The columns of the fit, in its order.</param>
    public Matrix Apply(Table table)
    {
        var values = new double[_kinds.Length][];
        for (var column = 0; column < values.Length; column++)
        {
            var source = table.Columns[column];
            values[column] = _codes[column]?.Apply(source) ?? _encodings[column]?.Apply(source) ?? SourceReading.Numbers(source, _kinds[column], column);
        }

        return Rows(values, table.Rows);
    }

    public void Save(Stream stream)
    {
        ModelFile.Write(stream, Kind, 1, new JsonObject
        {
            ["kinds"] = new JsonArray([.. _kinds.Select(kind => (JsonNode)(int)kind)]),
            ["encoded"] = new JsonArray([.. _encodings.Select(encoding => (JsonNode)(encoding is null ? 0 : 1))]),
        });
        for (var column = 0; column < _kinds.Length; column++)
        {
            _codes[column]?.Save(stream);
            _encodings[column]?.Save(stream);
        }
    }

    public static TreeDesign Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, 1);
        var kinds = file.Integers("kinds");
        var encoded = file.Integers("encoded");
        if (kinds.Length == 0 || encoded.Length != kinds.Length || kinds.Any(kind => !Enum.IsDefined((ColumnKind)kind)))
            throw new InvalidDataException("The stored model's list of columns is damaged.");
        var codes = new LevelCodes?[kinds.Length];
        var encodings = new TargetEncoding?[kinds.Length];
        for (var column = 0; column < kinds.Length; column++)
        {
            if (kinds[column] != (int)ColumnKind.Category)
                continue;
            if (encoded[column] == 1)
                encodings[column] = TargetEncoding.Load(stream);
            else
                codes[column] = LevelCodes.Load(stream);
        }

        return new TreeDesign(Array.ConvertAll(kinds, kind => (ColumnKind)kind), codes, encodings);
    }

    /// <summary>One row of a table without texts.</summary>
    /// <param name="prepared">OUT (<see cref="Width"/>).</param>
    public static void Apply(ReadOnlySpan<double> row, Span<double> prepared)
    {
        for (var column = 0; column < row.Length; column++)
            prepared[column] = Rounded(row[column]);
    }

    /// <summary>
    /// To 32 binary digits: trees split at values that occur, and a sum whose last digit depends on the order of its parts must not change sides.
    /// </summary>
    private static double Rounded(double value)
    {
        const int Dropped = 20;
        if (!double.IsFinite(value))
            return value;
        var rounded = BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(value) + (1L << (Dropped - 1))) >> Dropped << Dropped);
        return double.IsFinite(rounded) ? rounded : value;
    }

    private static Matrix Rows(double[][] columns, int rows)
    {
        var values = new double[(long)rows * columns.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                values[(row * columns.Length) + column] = Rounded(columns[column][row]);
        }

        return new Matrix(rows, columns.Length, values);
    }
}
