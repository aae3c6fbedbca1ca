using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Tests.Features;

/// <summary>Order lines for tests.</summary>
internal static class Some
{
    public static readonly DateTime AsOf = new(2024, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string?[] Countries = ["France", "Germany", "Österreich", null];

    public static CustomerKey Key(int number) => new(new UInt128((ulong)(number + 1) * 0x9E3779B97F4A7C15UL, (ulong)number));

    public static DateTime Day(string day) => DateTime.SpecifyKind(DateTime.Parse(day), DateTimeKind.Utc);

    public static OrderLine Line(
        string at,
        double amount = 10,
        ulong? order = null,
        ulong product = 1,
        double quantity = 1,
        OrderLineKind kind = OrderLineKind.Purchase,
        int customer = 1,
        string? country = "France")
    {
        var timestamp = Day(at);
        return new OrderLine
        {
            Customer = Key(customer),
            Timestamp = timestamp,
            Order = order ?? (ulong)timestamp.Ticks,
            Product = product,
            Quantity = quantity,
            Amount = amount,
            Kind = kind,
            Country = country,
        };
    }

    /// <summary>Messy lines of several customers: shared instants, midnights, returns, gifts, dates before and after <see cref="AsOf"/>.</summary>
    public static OrderLine[] Lines(int seed, int count, int customers)
    {
        var random = new Random(seed);
        var lines = new OrderLine[count];
        for (var i = 0; i < count; i++)
        {
            var day = AsOf.AddDays(random.Next(-400, 30));
            var time = random.Next(4) == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(random.Next(1440));
            lines[i] = new OrderLine
            {
                Customer = Key(random.Next(customers)),
                Timestamp = day + time,
                Order = (ulong)random.Next(count / 3 + 1),
                Product = (ulong)random.Next(12),
                Quantity = random.Next(1, 9),
                Amount = random.Next(1, 10_000) / 100.0,
                Kind = random.Next(10) switch { 0 => OrderLineKind.Return, 1 => OrderLineKind.Free, _ => OrderLineKind.Purchase },
                Country = Countries[random.Next(Countries.Length)],
            };
        }

        return lines;
    }

    public static T[] Shuffled<T>(T[] items, int seed)
    {
        var copy = (T[])items.Clone();
        new Random(seed).Shuffle(copy);
        return copy;
    }
}
