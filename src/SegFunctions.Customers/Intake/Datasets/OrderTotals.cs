using System.Text;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Sees amounts that belong to a whole order and stand on each of its lines, or on its first alone: added up they would count an order as often as it has lines.</summary>
internal static class OrderTotals
{
    private const double Most = 0.95;

    // Fewer orders of several lines may have equal lines by chance.
    private const int LeastOrders = 5;

    /// <summary>Whether the column of amounts holds totals of orders: the lines of an order share one, and orders differ.</summary>
    /// <param name="plan">Of a file of orders.</param>
    /// <exception cref="UnreadableFileException">Such a total stands on each line, and no price tells what a line is worth.</exception>
    public static bool Are(string file, PlannedColumn[] plan, ColumnSample sample)
    {
        if (LineProducts.Column(plan, "amount") is not { Evidence: not "mapping" } amount || LineProducts.Column(plan, "orderId") is not { } order)
            return false;
        var hasPrice = LineProducts.Column(plan, "unitPrice") is not null;
        if (hasPrice && LineProducts.Are(plan, amount, sample))
            return false;
        var (isBlankBelow, isRepeated) = Look(order, amount, sample);
        if (hasPrice || !isRepeated)
            return hasPrice && (isBlankBelow || isRepeated);

        throw new UnreadableFileException(
            $"{file}: the column \"{amount.Header.Trim()}\" holds the same amount on each line of an order, so it is that of the whole order and would count several times. Export the price of the lines with them, or one row an order; or say in {Path.GetFileName(file)}{MappingFiles.Ending} that it is the amount of the line: {{ \"columns\": {{ \"{amount.Header.Trim()}\": \"amount\" }} }}.");
    }

    private static (bool IsBlankBelow, bool IsRepeated) Look(PlannedColumn order, PlannedColumn amount, ColumnSample sample)
    {
        var orders = new Dictionary<string, Lines>(StringComparer.Ordinal);
        sample.EachRecord((batch, record) =>
        {
            var id = Blanks.Trim(batch.Field(record, order.Position));
            if (id.IsEmpty)
                return;
            var key = Encoding.UTF8.GetString(id);
            if (!orders.TryGetValue(key, out var lines))
                orders[key] = lines = new Lines();
            lines.Add(Encoding.UTF8.GetString(Blanks.Trim(batch.Field(record, amount.Position))));
        });
        var several = orders.Values.Where(lines => lines.Count > 1 && lines.Given > 0).ToList();

        // Nobody leaves the amounts of all lines but the first empty by chance; equal lines may happen.
        var isBlankBelow = several.Count > 0 && several.TrueForAll(lines => lines.Given == 1);
        var isRepeated = several.Count >= LeastOrders
            && several.Count(lines => lines.AreAlike) >= Most * several.Count
            && several.Select(lines => lines.Amount).Distinct(StringComparer.Ordinal).Count() * 2 > several.Count;
        return (isBlankBelow, isRepeated && !isBlankBelow);
    }

    /// <summary>What the lines of one order have in the column.</summary>
    private sealed class Lines
    {
        public int Count { get; private set; }

        public int Given { get; private set; }

        public string Amount { get; private set; } = "";

        public bool AreAlike { get; private set; } = true;

        public void Add(string amount)
        {
            Count++;
            if (amount.Length == 0)
                return;
            Given++;
            AreAlike &= Amount.Length == 0 || Amount == amount;
            Amount = amount;
        }
    }
}
