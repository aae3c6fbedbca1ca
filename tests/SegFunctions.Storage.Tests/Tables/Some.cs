using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

internal static class Some
{
    /// <summary>A name that no other table has.</summary>
    public static string TableName() => $"t{Guid.NewGuid():N}";

    public static TableEntity RowOfEveryType(string partitionKey, string rowKey) => new(partitionKey, rowKey)
    {
        ["Text"] = "plain",
        ["Empty"] = "",
        ["Ugly"] = "\0\t\r\n\"\\/<>&'+\u007f\u0085\u2028\u2029\ufeff\uffff é 日本 😀",
        ["Number"] = "123",
        ["LooksLikeDate"] = "2026-01-02T03:04:05Z",
        ["Zero"] = 0,
        ["Least"] = int.MinValue,
        ["Most"] = int.MaxValue,
        ["Wide"] = 5L,
        ["LeastWide"] = long.MinValue,
        ["MostWide"] = long.MaxValue,
        ["Real"] = 0.1,
        ["WholeReal"] = 5.0,
        ["ZeroReal"] = 0.0,
        ["LeastReal"] = double.MinValue,
        ["MostReal"] = double.MaxValue,
        ["Tiny"] = double.Epsilon,
        ["Huge"] = 1e300,
        ["NotANumber"] = double.NaN,
        ["Endless"] = double.PositiveInfinity,
        ["EndlessDown"] = double.NegativeInfinity,
        ["Yes"] = true,
        ["No"] = false,
        ["When"] = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_567),
        ["FirstDate"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ["LastDate"] = DateTimeOffset.MaxValue,
        ["Id"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
        ["NoId"] = Guid.Empty,
        ["Bytes"] = new byte[] { 0, 1, 127, 128, 255 },
        ["NoBytes"] = Array.Empty<byte>(),
        ["snake_case"] = "name",
        ["Größe"] = "name",
        ["odata"] = "name",
        ["value"] = "name",
        ["ETag"] = "name",
    };

    /// <summary>The properties with their types, in an order that two rows can be compared in.</summary>
    public static List<(string Name, string Type, string Value)> Values(TableEntity row)
    {
        var values = new List<(string, string, string)>();
        foreach (var (name, value) in row)
        {
            if (name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")
                continue;
            var text = value switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                DateTimeOffset date => date.ToString("O"),
                double number => number.ToString("R"),
                _ => value?.ToString() ?? "(null)",
            };
            values.Add((name, value?.GetType().Name ?? "", text));
        }

        values.Sort();
        return values;
    }
}
