using System.Globalization;
using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>The table <c>churn.csv</c>: an id, which rows to learn from, the outcome, then numbers (<c>num_…</c>, empty where missing) and texts (<c>cat_…</c>).</summary>
/// <param name="Train">Whether a row is to learn from; the others measure.</param>
/// <param name="Churned">The outcome.</param>
/// <param name="Numbers">One array a column, NaN where missing.</param>
/// <param name="Texts">One array a column, empty where missing.</param>
internal sealed record ChurnFile(bool[] Train, bool[] Churned, double[][] Numbers, string[][] Texts)
{
    public int Rows => Train.Length;

    public static ChurnFile Read(string path)
    {
        using var reader = new StreamReader(path);
        var header = reader.ReadLine()!.Split(',');
        var train = new List<bool>();
        var churned = new List<bool>();
        var numbers = header.Where(name => name.StartsWith("num_", StringComparison.Ordinal)).Select(_ => new List<double>()).ToArray();
        var texts = header.Where(name => name.StartsWith("cat_", StringComparison.Ordinal)).Select(_ => new List<string>()).ToArray();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.AsSpan().Split(',');
            var (number, text) = (0, 0);
            for (var column = 0; cells.MoveNext(); column++)
            {
                var cell = line.AsSpan(cells.Current);
                if (header[column] == "split")
                    train.Add(cell.SequenceEqual("train"));
                else if (header[column] == "churned")
                    churned.Add(cell.SequenceEqual("1"));
                else if (header[column].StartsWith("num_", StringComparison.Ordinal))
                    numbers[number++].Add(cell.IsEmpty ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture));
                else if (header[column].StartsWith("cat_", StringComparison.Ordinal))
                    texts[text++].Add(string.Intern(cell.ToString()));
            }
        }

        return new ChurnFile([.. train], [.. churned], [.. numbers.Select(column => column.ToArray())], [.. texts.Select(column => column.ToArray())]);
    }

    /// <summary>Numbers as they are, then texts as codes in their sorted order; NaN for what is missing.</summary>
    public Matrix Codes()
    {
        var width = Numbers.Length + Texts.Length;
        var values = new double[Rows * width];
        for (var column = 0; column < width; column++)
        {
            var codes = column < Numbers.Length ? [] : Texts[column - Numbers.Length]
                .Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select((text, code) => (text, code)).ToDictionary(pair => pair.text, pair => (double)pair.code, StringComparer.Ordinal);
            for (var row = 0; row < Rows; row++)
                values[(row * width) + column] = column < Numbers.Length ? Numbers[column][row] : codes.GetValueOrDefault(Texts[column - Numbers.Length][row], double.NaN);
        }

        return new Matrix(Rows, width, values);
    }
}
