using System.Globalization;
using System.Text;

namespace SegFunctions.App.Tests.Support;

/// <summary>Order files of a shop with regular, lapsing and one-time buyers; the last orders are of February 2026.</summary>
internal static class SomeOrders
{
    public const string Header = "order_id,order_date,customer_id,sku,quantity,unit_price,country\n";
    private static readonly DateTime End = new(2026, 2, 20, 10, 0, 0, DateTimeKind.Utc);

    /// <param name="from">Number of the first customer, whose id is <c>C0000</c>.</param>
    public static string Csv(int customers = 60, int from = 0)
    {
        var text = new StringBuilder(Header);
        for (var number = from; number < from + customers; number++)
            Append(text, number);
        return text.ToString();
    }

    /// <summary>Customers of even number order coffee, the others tea, a product that is mostly new to them every three weeks or so.</summary>
    public static string OfTwoTastes(int customers)
    {
        const int Products = 24;
        var text = new StringBuilder("order_id,order_date,customer_id,sku,description,category,quantity,unit_price\n");
        for (var number = 0; number < customers; number++)
        {
            var (category, name) = number % 2 == 0 ? ("coffee", "Coffee") : ("tea", "Tea");
            var order = 0;
            for (var time = End.AddDays(-400 + (number % 20)); time <= End; time = time.AddDays(15 + (((number * 7) + (order * 11)) % 13)), order++)
            {
                var product = ((number * 7) + (order * 5)) % Products;
                text.Append(CultureInfo.InvariantCulture, $"O{number}-{order},{time:yyyy-MM-dd HH:mm:ss},{Id(number)},{category[0]}{product},{name} no. {product},{category},1,{5 + (product % 4)}.50\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Events in which half of the customers, those of even number, cancel a subscription in the hundred days before the last orders; number 0 takes it up again.</summary>
    public static string Cancellations(int customers)
    {
        var text = new StringBuilder("event_id,event_type,timestamp,customer_id\n");
        for (var number = 0; number < customers; number += 2)
            text.Append(CultureInfo.InvariantCulture, $"E{number},subscription_cancelled,{End.AddDays(-number % 100):yyyy-MM-dd HH:mm:ss},{Id(number)}\n");
        text.Append(CultureInfo.InvariantCulture, $"E1,subscription_renewed,{End.AddHours(1):yyyy-MM-dd HH:mm:ss},{Id(0)}\n");
        return text.ToString();
    }

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"C{number:0000}");

    public static string Line(string order, DateTime time, string customer, int quantity = 1, string price = "10.00") =>
        string.Create(CultureInfo.InvariantCulture, $"{order},{time:yyyy-MM-dd HH:mm:ss},{customer},SKU1,{quantity},{price},France\n");

    private static void Append(StringBuilder text, int number)
    {
        var (first, last, gap) = (number % 3) switch
        {
            0 => (End.AddDays(-600 + number), End.AddDays(-(number % 15)), 18 + (number % 9)),
            1 => (End.AddDays(-620 + number), End.AddDays(-180 - number), 25 + (number % 11)),
            _ => (End.AddDays(-50 - (number * 5)), End.AddDays(-50 - (number * 5)), 1),
        };
        var order = 0;
        for (var time = first; time <= last; time = time.AddDays(gap), order++)
        {
            text.Append(CultureInfo.InvariantCulture, $"O{number}-{order},{time:yyyy-MM-dd HH:mm:ss},{Id(number)},SKU{(number + order) % 7},{1 + (order % 3)},{5 + (number % 13)}.{order % 90:00},{(number % 2 == 0 ? "France" : "Germany")}\n");
        }
    }
}
