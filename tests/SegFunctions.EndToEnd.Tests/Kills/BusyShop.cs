using System.Globalization;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>An order file of a wholesaler: few customers with many lines, some of whom fall silent.</summary>
internal static class BusyShop
{
    private static readonly DateTime Opening = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    public static void Write(string file, int customers, int lines, int seed)
    {
        var random = new Random(seed);
        var silentFrom = Enumerable.Range(0, customers).Select(_ => random.NextDouble() < 0.3 ? random.Next(200, 700) : 730).ToArray();
        var start = Enumerable.Range(0, customers).Select(customer => random.Next(0, silentFrom[customer])).ToArray();
        using var writer = new StreamWriter(file) { NewLine = "\n" };
        writer.WriteLine("invoice,date,customer_id,stock_code,quantity,unit_price,country");
        for (var line = 0; line < lines; line++)
        {
            var customer = (int)(customers * random.NextDouble() * random.NextDouble());
            var day = start[customer] + random.Next(silentFrom[customer] - start[customer]);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{536_000 + line / 20},{Opening.AddDays(day).AddMinutes(random.Next(600)):yyyy-MM-dd HH:mm},{12_000 + customer},P{random.Next(3000)},{random.Next(1, 25)},{random.Next(50, 3000) / 100.0:0.00},{(customer % 9 == 0 ? "France" : "United Kingdom")}"));
        }
    }
}
