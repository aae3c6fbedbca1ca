using System.Text;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Tests.Features;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Predictions.CrossSell;

/// <summary>Simulated shops with products A0 … F9 in the categories A … F.</summary>
internal static class TasteShop
{
    public const int Categories = 6;
    public const int PerCategory = 10;
    public const int HorizonDays = 60;
    public static readonly DateTime Opened = Some.Day("2023-01-01");
    public static readonly DateTime AsOf = Opened.AddDays(300);

    /// <summary>Each customer buys from one category, other than the next one's, with the chance of <paramref name="faithful"/>, else anything.</summary>
    /// <param name="again">Chance that a purchase repeats an earlier one.</param>
    public static OrderLine[] Lines(int customers, int seed, double faithful, double again)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            var own = new List<(int Category, int Product)>();
            for (var day = random.NextDouble() * 40; day < 360; day += 15 + random.NextDouble() * 30)
            {
                for (var line = 0; line < 2; line++)
                {
                    var bought = own.Count > 0 && random.NextDouble() < again
                        ? own[random.Next(own.Count)]
                        : (random.NextDouble() < faithful ? customer % Categories : random.Next(Categories), random.Next(PerCategory));
                    own.Add(bought);
                    lines.Add(Line(customer, Opened.AddDays(day), Name(bought.Item1, bought.Item2)));
                }
            }
        }

        return [.. lines];
    }

    public static OrderLine Line(int customer, DateTime at, string product) => new()
    {
        Customer = Some.Key(customer),
        Timestamp = at,
        Order = (ulong)at.Ticks,
        Product = Hash(product),
        Category = Hash(product[..1]),
        Quantity = 1,
        Amount = 10,
        Kind = OrderLineKind.Purchase,
    };

    public static string Name(int category, int product) => $"{(char)('A' + category)}{product}";

    public static ulong Hash(string text) => ByteHash.Hash64(Encoding.UTF8.GetBytes(text));

    /// <summary>The names of all products and categories.</summary>
    public static ItemNames Names()
    {
        var names = new ItemNames();
        for (var category = 0; category < Categories; category++)
        {
            Add(((char)('A' + category)).ToString());
            for (var product = 0; product < PerCategory; product++)
                Add(Name(category, product));
        }

        return names;

        void Add(string name) => names.Add(Hash(name), Encoding.UTF8.GetBytes(name));
    }

    public static ItemHistory History(OrderLine[] lines, ItemLevel level = ItemLevel.Product, DateTime? asOf = null) =>
        ItemHistory.Take(OrderLedger.Of(lines), level, Names(), asOf ?? AsOf);
}
