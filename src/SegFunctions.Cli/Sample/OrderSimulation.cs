namespace SegFunctions.Cli.Sample;

/// <summary>Draws a customer's orders: a point process thinned by season, weekday and hour.</summary>
internal sealed class OrderSimulation(Random random)
{
    // January to December; the first week of January has a sale of its own.
    private static readonly double[] Season = [0.85, 0.8, 0.85, 0.9, 0.85, 0.8, 0.7, 0.65, 0.9, 1.0, 1.35, 1.6];
    private static readonly double[] HourAtHome = [1, 0, 0, 0, 0, 1, 3, 6, 7, 6, 6, 6, 8, 7, 5, 5, 6, 8, 10, 13, 14, 12, 8, 4];
    private int _orders;
    private int _lines;

    /// <summary>Appends the lines of all orders that the customer places until the shop's export.</summary>
    public void Run(ShopCustomer customer, List<ShopOrderLine> lines)
    {
        var day = customer.Joined;
        PlaceOrder(customer, day, lines);
        if (customer.Habit == ShopHabit.OneTime)
            return;
        // Candidates come at the highest seasonal rate; each stands with the rate of its own month (Lewis & Shedler 1979).
        var highest = Season.Max();
        while (true)
        {
            day = day.AddDays(1 + ShopCustomer.Exponential(Math.Max(customer.GapDays - 1, 1) / highest, random));
            if (day >= customer.Left || day >= ShopSample.Closing)
                return;
            if (random.NextDouble() * highest < Rate(customer, day))
                PlaceOrder(customer, day, lines);
        }
    }

    private static double Rate(ShopCustomer customer, DateTime day) => customer.Habit switch
    {
        ShopHabit.Seasonal => day.Month >= 11 ? 1.6 : 0.25,
        ShopHabit.Office => day.Month is 7 or 8 ? 0.6 : 1.0,
        _ => Season[day.Month - 1],
    };

    private void PlaceOrder(ShopCustomer customer, DateTime day, List<ShopOrderLine> lines)
    {
        var timestamp = AtAnHour(customer, day);
        if (timestamp >= ShopSample.Closing)
            return;
        var orderId = $"{500_000 + ++_orders}";
        var channel = customer.Home == "France" && random.NextDouble() < 0.4 ? "store" : random.NextDouble() < 0.55 ? "web" : "app";
        var count = 1 + Math.Min(random.Next(4), random.Next(5));
        var first = lines.Count;
        for (var line = 0; line < count; line++)
        {
            var product = Choose(timestamp);
            if (Contains(lines, first, product))
                continue;
            var quantity = Math.Max(1, (int)Math.Round(customer.Spending * (1 + ShopCustomer.Exponential(0.6, random))));
            var sale = timestamp.Month == 1 && timestamp.Day <= 10 || timestamp is { Month: 11, Day: >= 24 and <= 30 };
            var price = sale ? Math.Round(product.Price * 0.8m, 2) : product.Price;
            // A free sample now and then: it is no order and no revenue, but it is in the export.
            if (random.NextDouble() < 0.002)
                price = 0;
            lines.Add(new ShopOrderLine(_lines++, orderId, customer, timestamp, product, quantity, price, channel));
        }

        if (random.NextDouble() < 0.03)
            SendBack(lines[first], lines);
    }

    private void SendBack(ShopOrderLine bought, List<ShopOrderLine> lines)
    {
        var timestamp = bought.Timestamp.AddDays(2 + random.Next(12));
        if (timestamp < ShopSample.Closing)
            lines.Add(bought with { Sequence = _lines++, OrderId = $"C{500_000 + ++_orders}", Timestamp = timestamp, Quantity = -bought.Quantity });
    }

    private DateTime AtAnHour(ShopCustomer customer, DateTime day)
    {
        if (customer.Habit == ShopHabit.Office)
        {
            // Offices order on the next working day, in working hours.
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                day = day.AddDays(1);
            return day.Date.AddHours(8 + random.Next(9)).AddMinutes(random.Next(60)).AddSeconds(random.Next(60));
        }

        var point = random.NextDouble() * HourAtHome.Sum();
        var hour = 0;
        while (hour < 23 && (point -= HourAtHome[hour]) >= 0)
            hour++;
        return day.Date.AddHours(hour).AddMinutes(random.Next(60)).AddSeconds(random.Next(60));
    }

    private ShopProduct Choose(DateTime timestamp)
    {
        var catalogue = ShopProduct.Catalogue;
        if (timestamp.Month >= 11 && random.NextDouble() < 0.25)
            return catalogue[11 + random.Next(2)];
        // The square favours the head of the list, where the best-sellers stand.
        var draw = random.NextDouble();
        return catalogue[(int)(draw * draw * catalogue.Count)];
    }

    private static bool Contains(List<ShopOrderLine> lines, int from, ShopProduct product)
    {
        for (var i = from; i < lines.Count; i++)
        {
            if (lines[i].Product == product)
                return true;
        }

        return false;
    }
}
