using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Tests.Intake.Archives;
using SegFunctions.Customers.Tests.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>The same orders, written in any dialect, encoding, form and spelling, come out as the same values.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Forms = ["csv", "csv", "csv", "csv.gz", "zip", "ndjson", "json", "xlsx"];
    private static readonly string[] Encodings = ["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "utf-16le-bom", "windows-1252"];
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ", "dd/MM/yyyy", "MM/dd/yyyy HH:mm", "d.M.yyyy H:mm:ss", "d MMMM yyyy", "yyyyMMdd", "MMM d, yyyy h:mm tt", "unix", "excel"];
    private static readonly string[] Numbers = ["point", "comma", "point groups", "comma groups", "blank groups", "euro behind", "dollar before", "parentheses"];

    private static readonly string[][] Headers =
    [
        ["order id", "customer id", "order date", "amount", "description", "country"],
        ["numéro de commande", "id client", "date de commande", "montant", "désignation", "pays"],
        ["Bestellnummer", "Kundennummer", "Bestelldatum", "Betrag", "Bezeichnung", "Land"],
        ["número de pedido", "id cliente", "fecha de pedido", "importe", "descripción", "país"],
        ["numero ordine", "codice cliente", "data ordine", "importo", "descrizione", "paese"],
        ["ordernummer", "klantnummer", "orderdatum", "bedrag", "omschrijving", "landcode"],
    ];

    private static readonly (string Name, string Code)[] Countries = [("Germany", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"), ("ESP", "ES"), ("it", "IT"), ("Niederlande", "NL"), ("Royaume-Uni", "GB"), ("Stati Uniti", "US"), ("Frankrijk", "FR")];

    [Fact]
    public void Orders_come_out_as_they_went_in() => Check(400);

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_files_of_orders_come_out_as_they_went_in() => Check(100_000);

    private static void Check(int files) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RoundTripAsync(new Random(seed)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(files).WithEndSize(int.MaxValue));

    private static async Task RoundTripAsync(Random random)
    {
        var shape = new Shape(
            Pick(random, Forms), Pick(random, Encodings), Pick(random, LineEnds), ",;\t|"[random.Next(4)], Pick(random, Dates), Pick(random, Numbers), random.Next(Headers.Length), QuotesAll: random.Next(3) == 0);
        var orders = Enumerable.Range(0, 3 + random.Next(6)).Select(row => Order.Of(random, row, shape)).ToList();
        var (name, content) = Write(orders, shape);
        var taken = await Taken.InAsync(content, name: name, dataset: "orders");
        var where = $"{shape}: {taken.ReportText}";
        Assert.True(taken.Report.Rows.Accepted == orders.Count, where);
        var read = await ReadAsync(taken);
        foreach (var order in orders)
            Assert.True(read.TryGetValue(order.Id, out var row) && row == order.Canonical(shape), $"{where}\nexpected {order.Canonical(shape)}\nread {read.GetValueOrDefault(order.Id)}");
    }

    private static async Task<Dictionary<string, string>> ReadAsync(Taken taken)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in taken.Output.Parts.Values)
        {
            await using var reader = await CanonicalReader.OpenAsync(new MemoryStream(part), CancellationToken.None);
            while (await reader.FillAsync(CancellationToken.None))
            {
                while (reader.Next())
                {
                    string Text(string column) => Encoding.UTF8.GetString(reader.Field(reader.RequiredColumn(column)));
                    rows[Text("orderId")] = string.Join('\u241F', Text("key"), Text("timestamp"), Text("amount"), Text("currency"), Text("description"), Text("country"));
                }
            }
        }

        return rows;
    }

    private static (string Name, byte[] Content) Write(List<Order> orders, Shape shape)
    {
        var headers = Headers[shape.Language];
        switch (shape.Form)
        {
            case "ndjson" or "json":
                var objects = orders.Select(order => JsonSerializer.Serialize(headers.Zip(order.Cells(shape)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))).ToList();
                return ("orders." + shape.Form, Encode(shape.Form == "json" ? $"[{string.Join(",\n", objects)}]" : string.Join('\n', objects), shape.Encoding));
            case "xlsx":
                var book = new Workbooks().Sheet("Orders").Row([.. headers]);
                foreach (var order in orders)
                    book.Row([.. order.Cells(shape).Select(cell => cell.Length == 0 ? null : cell)]);
                return ("orders.xlsx", book.ToBytes());
        }

        var csv = string.Concat(orders.Select(order => order.Cells(shape)).Prepend(headers).Select(row => string.Join(shape.Delimiter, row.Select(cell => Cell(cell, shape))) + shape.LineEnd));
        var content = Encode(csv, shape.Encoding);
        return shape.Form switch
        {
            "csv.gz" => ("orders.csv.gz", GzipContentStreamTests.Zip(content)),
            "zip" => ("orders.zip", Zips.Of(("orders.csv", content))),
            _ => ("orders.csv", content),
        };
    }

    private static string Cell(string text, Shape shape) =>
        shape.QuotesAll || text.AsSpan().IndexOfAny("\"\r\n") >= 0 || text.Contains(shape.Delimiter) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static byte[] Encode(string text, string encoding) => encoding switch
    {
        "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16le" => Encoding.Unicode.GetBytes(text),
        "utf-16be" => Encoding.BigEndianUnicode.GetBytes(text),
        "utf-16le-bom" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "windows-1252" => [.. text.Select(character => character == '€' ? (byte)0x80 : (byte)character)],
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];

    private sealed record Shape(string Form, string Encoding, string LineEnd, char Delimiter, string Date, string Number, int Language, bool QuotesAll);

    private sealed record Order(string Id, string Customer, DateTime At, decimal Amount, string Description, (string Name, string Code) Country)
    {
        private const string Signs = "abcdefXYZ éüñß€\"',;|=+-@&>/()\t\n";

        public static Order Of(Random random, int row, Shape shape)
        {
            // The first rows settle what may be read in two ways: a day above 12, and decimals.
            var at = new DateTime(random.Next(2002, 2024), random.Next(1, 13), row == 0 ? random.Next(13, 29) : random.Next(1, 29), random.Next(24), random.Next(60), random.Next(60), DateTimeKind.Utc);
            at = shape.Date switch
            {
                "yyyy-MM-dd" or "dd/MM/yyyy" or "d MMMM yyyy" or "yyyyMMdd" => at.Date,
                "MM/dd/yyyy HH:mm" or "MMM d, yyyy h:mm tt" => at.AddSeconds(-at.Second),
                _ => at,
            };
            var cents = row == 0 ? 123_456_51 : random.Next(1, 2_000_000_00);
            // In Windows-1252 "ß€" has the very bytes of a letter in UTF-8: no reader can tell them apart.
            var text = new string([.. Enumerable.Range(0, random.Next(14)).Select(_ => Signs[random.Next(Signs.Length)])]).Trim();
            if (shape.Encoding == "windows-1252")
                text = text.Replace("€", "", StringComparison.Ordinal).Trim();

            // ="abc" is how programs keep a spreadsheet from changing a text: intake takes that off.
            if (text is ['=', '"', .., '"'])
                text = text[1..];
            return new Order($"o{row}", $"{(char)('A' + random.Next(26))}{random.Next(100):00}", at, cents / 100m * (shape.Number == "parentheses" ? -1 : 1), text, Pick(random, Countries));
        }

        public string[] Cells(Shape shape) => [Id, Customer, DateText(shape), NumberText(shape), Description, Country.Name];

        public string Canonical(Shape shape) => string.Join(
            '\u241F',
            Taken.Keys.Derive("default", Customer),
            At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            Amount.ToString("0.##", CultureInfo.InvariantCulture),
            shape.Number switch { "euro behind" => "EUR", "dollar before" => "USD", _ => "" },
            Description,
            Country.Code);

        private string DateText(Shape shape) => shape.Date switch
        {
            "unix" => ((DateTimeOffset)At).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            "excel" => ((decimal)(At - new DateTime(1899, 12, 30)).Ticks / TimeSpan.TicksPerDay).ToString("0.##########", CultureInfo.InvariantCulture),
            var format => At.ToString(format, CultureInfo.InvariantCulture),
        };

        private string NumberText(Shape shape)
        {
            var plain = Math.Abs(Amount).ToString(shape.Number.Contains("groups", StringComparison.Ordinal) ? "#,##0.00" : "0.00", CultureInfo.InvariantCulture);
            return shape.Number switch
            {
                "comma" => plain.Replace('.', ','),
                "comma groups" => plain.Replace(',', '_').Replace('.', ',').Replace('_', '.'),
                "blank groups" => plain.Replace(',', ' '),
                "euro behind" => plain + " €",
                "dollar before" => "$" + plain,
                "parentheses" => $"({plain})",
                _ => plain,
            };
        }
    }
}
