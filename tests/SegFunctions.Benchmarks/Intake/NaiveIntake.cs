using System.Globalization;
using System.Text;
using SegFunctions.Customers;

namespace SegFunctions.Benchmarks.Intake;

/// <summary>Intake as a script would do it, for files that are already as they should be.</summary>
internal static class NaiveIntake
{
    /// <returns>Rows written.</returns>
    public static int Run(byte[] file, CustomerKeyDerivation keys)
    {
        using var reader = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        using var writer = new StreamWriter(Stream.Null, Encoding.UTF8);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var knownKeys = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = 0;
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (!seen.Add(line))
                continue;
            var fields = line.Split(',');
            var quantity = decimal.Parse(fields[3], CultureInfo.InvariantCulture);
            var at = DateTime.ParseExact(fields[4], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            var price = decimal.Parse(fields[5], CultureInfo.InvariantCulture);
            if (!knownKeys.TryGetValue(fields[6], out var key))
                knownKeys.Add(fields[6], key = keys.Derive(CustomerKeyDerivation.DefaultNamespace, fields[6]).ToString());
            writer.WriteLine(string.Join(',', key, fields[0], at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), fields[1], fields[2], quantity, price, quantity * price, fields[7]));
            rows++;
        }

        return rows;
    }
}
