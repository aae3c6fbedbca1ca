using System.Globalization;

namespace SegFunctions.Cli.Sample;

/// <summary>The exports' house styles, and the faults that real exports have.</summary>
internal static class ShopFiles
{
    private const double MissingCustomer = 0.012;
    private const double RepeatedRow = 0.006;
    private const double WrongDate = 0.002;
    private const double WrongNumber = 0.0015;

    /// <summary>International web shop: commas, ISO dates, decimal point, English headers.</summary>
    public static void WriteWebShop(TextWriter writer, IReadOnlyList<ShopOrderLine> lines, Random random)
    {
        writer.WriteLine("order_id,order_date,customer_id,sku,product_name,category,quantity,unit_price,currency,country,channel");
        foreach (var line in lines)
        {
            var row = string.Join(',',
                line.OrderId,
                random.NextDouble() < WrongDate ? "2025-13-45 25:61:00" : line.Timestamp.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                random.NextDouble() < MissingCustomer ? "" : line.Customer.Id,
                line.Product.Id,
                Quote(line.Product.Name),
                line.Product.Category,
                random.NextDouble() < WrongNumber ? "two" : line.Quantity.ToString(CultureInfo.InvariantCulture),
                line.UnitPrice.ToString("0.00", CultureInfo.InvariantCulture),
                "EUR",
                line.Customer.Home,
                line.Channel);
            WriteRow(writer, row, random);
        }
    }

    /// <summary>French boutiques: semicolons, day first, decimal comma, French headers.</summary>
    public static void WriteBoutique(TextWriter writer, IReadOnlyList<ShopOrderLine> lines, Random random)
    {
        writer.WriteLine("N° commande;Date commande;N° client;Référence;Désignation;Quantité;Prix unitaire;Devise;Pays;Canal");
        foreach (var line in lines)
        {
            var row = string.Join(';',
                line.OrderId,
                random.NextDouble() < WrongDate ? "demain" : line.Timestamp.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
                random.NextDouble() < MissingCustomer ? "" : line.Customer.Id,
                line.Product.Id,
                line.Product.NameInFrench,
                line.Quantity.ToString(CultureInfo.InvariantCulture),
                line.UnitPrice.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ','),
                "EUR",
                line.Customer.Home,
                line.Channel);
            WriteRow(writer, row, random);
        }
    }

    /// <summary>The customer list, with blank fields, an impossible birth year now and then, and e-mail addresses that do not exist.</summary>
    public static void WriteCustomers(TextWriter writer, IReadOnlyList<ShopCustomer> customers, Random random)
    {
        writer.WriteLine("customer_id,first_name,last_name,email,country,language,birth_date,created_at");
        foreach (var customer in customers)
        {
            var birthYear = random.NextDouble() < 0.003 ? 1066 : customer.BirthYear;
            var row = string.Join(',',
                random.NextDouble() < 0.002 ? "" : customer.Id,
                customer.GivenName,
                Quote(customer.FamilyName),
                random.NextDouble() < 0.08 ? "" : $"customer{customer.Id}@shop.example",
                customer.Home,
                customer.Home == "France" ? "fr" : "en",
                random.NextDouble() < 0.15 ? "" : string.Create(CultureInfo.InvariantCulture, $"{birthYear:0000}-{1 + random.Next(12):00}-{1 + random.Next(28):00}"),
                customer.Joined.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            WriteRow(writer, row, random);
        }
    }

    private static void WriteRow(TextWriter writer, string row, Random random)
    {
        writer.WriteLine(row);
        if (random.NextDouble() < RepeatedRow)
            writer.WriteLine(row);
    }

    private static string Quote(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
