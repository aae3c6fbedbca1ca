using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Whether a column of a file of orders holds what quantity and price make, with or without the discount.</summary>
internal static class LineProducts
{
    private const double Most = 0.95;

    /// <param name="plan">Of a file of orders.</param>
    public static bool Are(PlannedColumn[] plan, PlannedColumn amount, ColumnSample sample)
    {
        if (Column(plan, "unitPrice") is not { } price || Column(plan, "quantity") is not { } quantity)
            return false;
        var discount = Column(plan, "discount");
        var (rows, equal) = (0, 0);
        sample.EachRecord((batch, record) =>
        {
            if (!Number(batch, record, price, out var each) || !Number(batch, record, quantity, out var pieces) || !Number(batch, record, amount, out var total))
                return;
            rows++;
            var product = each * pieces;
            var isEqual = AreEqual(product, total) || (discount is not null && Number(batch, record, discount, out var off) && AreEqual(product - off, total));
            equal += isEqual ? 1 : 0;
        });
        return rows > 0 && equal >= Most * rows;
    }

    private static bool AreEqual(decimal one, decimal other) => Math.Abs(one - other) <= 0.011m;

    /// <summary>The column that a field of orders is read from.</summary>
    public static PlannedColumn? Column(PlannedColumn[] plan, string field)
    {
        var index = DatasetCatalog.Orders.IndexOf(field);
        return Array.Find(plan, column => column.Field == index);
    }

    private static bool Number(RecordBatch batch, int record, PlannedColumn column, out decimal number) => NumberText.TryParse(batch.Field(record, column.Position), DecimalStyle.Undecided, out number, out _);
}
