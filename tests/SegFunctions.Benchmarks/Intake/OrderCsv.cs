using System.Globalization;
using System.Text;

namespace SegFunctions.Benchmarks.Intake;

/// <summary>Order exports as a shop writes them: eight columns, about 80 bytes a line, decided by the seed.</summary>
internal static class OrderCsv
{
    private static readonly string[] Words = ["HEART", "LIGHT", "HOLDER", "WHITE", "METAL", "LANTERN", "CREAM", "COAT", "HANGER", "KNITTED", "BOTTLE", "RED"];
    private static readonly string[] Countries = ["United Kingdom", "France", "Germany", "EIRE", "Spain"];

    /// <param name="quoted">Every text field stands in quotes and descriptions hold commas, as spreadsheets export them.</param>
    public static byte[] Bytes(int rows, bool quoted, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        var at = new DateTime(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
        var (open, between) = quoted ? ("\"", ", ") : ("", " ");
        for (var (row, invoice, customer) = (0, 536365, 12347); row < rows; row++)
        {
            if (random.Next(20) == 0)
            {
                (invoice, customer) = (invoice + 1, random.Next(12000, 18000));
                at = at.AddMinutes(random.Next(1, 30));
            }

            text.Append(CultureInfo.InvariantCulture, $"{open}{invoice}{open},{open}{random.Next(10000, 99999)}{open},")
                .Append(CultureInfo.InvariantCulture, $"{open}{Word()} {Word()}{between}{Word()}{open},{random.Next(1, 25)},")
                .Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm},{random.Next(10, 2000) / 100m:0.00},{customer},{open}{Countries[random.Next(Countries.Length)]}{open}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        string Word() => Words[random.Next(Words.Length)];
    }
}
