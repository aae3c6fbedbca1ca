using System.Text;

namespace SegFunctions.Customers.Features;

/// <summary>A feature set in three files: the matrix as <c>.npy</c>, the customer keys and the countries as lines of text.</summary>
/// <remarks>
/// The matrix is (customers × features), float64, C order, one column a feature in the order of <see cref="FeatureTable"/>.
/// Line n of both text files (UTF-8, line feed) belongs to row n: a key of 26 characters; a country as the upload spells it,
/// empty where it is not known, with <c>\</c>, line feed and carriage return written <c>\\</c>, <c>\n</c>, <c>\r</c>. An empty
/// spelling would read as not known, so it is written as not known. Equal sets give equal bytes.
/// </remarks>
public static class FeatureFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the three files; the streams stay open.</summary>
    public static async Task WriteAsync(FeatureSet features, Stream matrix, Stream keys, Stream countries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(features);
        await NpyFile.WriteAsync(matrix, features.Values, features.Rows, FeatureTable.Columns, cancellationToken);
        await WriteLinesAsync(keys, features.Customers.Select(key => key.ToString()), cancellationToken);
        await WriteLinesAsync(countries, features.Countries.Select(Escape), cancellationToken);
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    /// <param name="name">Names the files in errors, for example the blob of the matrix.</param>
    /// <param name="asOf">The instant of the run that wrote them.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or the three do not belong together.</exception>
    public static async Task<FeatureSet> ReadAsync(string name, DateTime asOf, Stream matrix, Stream keys, Stream countries, CancellationToken cancellationToken)
    {
        var (values, rows, columns) = await NpyFile.ReadAsync(matrix, name, cancellationToken);
        if (columns != FeatureTable.Columns)
            throw new InvalidDataException($"{name} has {columns} columns; this version knows {FeatureTable.Columns} features. Make the features again by a refresh.");
        var keyLines = await ReadLinesAsync(keys, cancellationToken);
        var countryLines = await ReadLinesAsync(countries, cancellationToken);
        if (keyLines.Count != rows || countryLines.Count != rows)
            throw new InvalidDataException($"{name} has {rows} rows, but {keyLines.Count} keys and {countryLines.Count} countries stand beside it. Make the features again by a refresh.");

        var customers = new CustomerKey[rows];
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        var spelled = new string?[rows];
        for (var row = 0; row < rows; row++)
        {
            if (!CustomerKey.TryParse(keyLines[row], out customers[row]))
                throw new InvalidDataException($"The keys of {name}, line {row + 1}: '{keyLines[row]}' is no customer key of {CustomerKey.TextLength} characters. Make the features again by a refresh.");
            if (row > 0 && customers[row - 1] >= customers[row])
                throw new InvalidDataException($"The keys of {name}, line {row + 1}: '{keyLines[row]}' does not follow the key before it. Make the features again by a refresh.");
            spelled[row] = countryLines[row].Length == 0 ? null : Shared(spellings, Unescape(countryLines[row]));
        }

        return new FeatureSet(asOf, customers, spelled, values);
    }

    private static async Task WriteLinesAsync(Stream stream, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, Utf8, bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    private static async Task<List<string>> ReadLinesAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 14, leaveOpen: true);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(line);
        return lines;
    }

    private static string Escape(string? country) => country is null
        ? ""
        : country.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescape(string line)
    {
        if (!line.Contains('\\', StringComparison.Ordinal))
            return line;
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || i + 1 == line.Length)
            {
                text.Append(line[i]);
                continue;
            }

            i++;
            text.Append(line[i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }

        return text.ToString();
    }

    private static string Shared(Dictionary<string, string> spellings, string country)
    {
        if (spellings.TryGetValue(country, out var known))
            return known;
        spellings.Add(country, country);
        return country;
    }
}
