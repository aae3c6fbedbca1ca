using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Orders;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Tells purchases, returns and free lines apart.</summary>
/// <remarks>
/// A line is a return when its quantity is negative, its order id is C and digits, its status says returned or cancelled, or money
/// flows back: a negative amount, or a negative price (with a warning, for a price is no place to say so). A line worth nothing is
/// free. Everything else is a purchase.
/// </remarks>
internal sealed class OrderRules : RowRules
{
    private const decimal MostPieces = 50_000;

    public override IReadOnlyList<string> Derived => [OrderColumns.Kind];

    public override void Check(RowValues row)
    {
        base.Check(row);
        var hasAmount = row.Has(Fields.Amount);
        var worth = hasAmount ? Fields.Amount : Fields.UnitPrice;
        if (row.IsZero(Fields.Quantity))
            row.Find(DataRules.QuantityZero, Fields.Quantity);
        if (Math.Abs(row.Number(Fields.Quantity)) > MostPieces)
            row.Find(DataRules.QuantityAbsurd, Fields.Quantity);
        if (row.IsZero(worth) || !row.Has(worth))
            row.Find(DataRules.PriceZero, worth);
        if (!hasAmount && row.IsNegative(Fields.UnitPrice))
            row.Find(row.IsNegative(Fields.Quantity) ? DataRules.PriceAndQuantityNegative : DataRules.PriceNegative, Fields.UnitPrice);
        if (row.Has(Fields.Discount))
            CheckDiscount(row, Math.Abs(row.Number(Fields.Quantity) * row.Number(Fields.UnitPrice)), row.Has(Fields.UnitPrice) && !hasAmount);
    }

    public override void WriteDerived(int column, RowValues row, ByteWriter line) => line.Add(Kind(row) switch
    {
        Features.OrderLineKind.Return => "return"u8,
        Features.OrderLineKind.Free => "free"u8,
        _ => "purchase"u8,
    });

    /// <summary>What an accepted line is.</summary>
    public Features.OrderLineKind Kind(RowValues row)
    {
        var hasAmount = row.Has(Fields.Amount);
        var gross = hasAmount ? 0 : row.Number(Fields.Quantity) * row.Number(Fields.UnitPrice);
        var isBack = hasAmount ? row.IsNegative(Fields.Amount) : gross < 0;
        if (isBack || row.IsNegative(Fields.Quantity) || IsCancellation(row.Text(Fields.OrderId)) || row.Text(Fields.Status) is var status && (status.SequenceEqual("returned"u8) || status.SequenceEqual("cancelled"u8)))
            return Features.OrderLineKind.Return;
        var isFree = hasAmount ? row.IsZero(Fields.Amount) : gross <= row.Number(Fields.Discount);
        return isFree ? Features.OrderLineKind.Free : Features.OrderLineKind.Purchase;
    }

    /// <summary>C and digits, as cancelled invoices are numbered.</summary>
    internal static bool IsCancellation(ReadOnlySpan<byte> orderId) =>
        orderId.Length > 1 && orderId[0] == 'C' && orderId[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private void CheckDiscount(RowValues row, decimal gross, bool counts)
    {
        if (row.IsShare(Fields.Discount))
            row.SetNumber(Fields.Discount, decimal.Round(row.Number(Fields.Discount) * gross, 6));
        if (counts && row.Number(Fields.Discount) > gross)
            row.Find(DataRules.DiscountExceedsPrice, Fields.Discount);
    }

    // Not fields of the rules themselves: the catalogue makes those before it knows its own positions.
    private static class Fields
    {
        public static readonly int OrderId = DatasetCatalog.Orders.IndexOf("orderId");
        public static readonly int Quantity = DatasetCatalog.Orders.IndexOf("quantity");
        public static readonly int UnitPrice = DatasetCatalog.Orders.IndexOf("unitPrice");
        public static readonly int Amount = DatasetCatalog.Orders.IndexOf("amount");
        public static readonly int Discount = DatasetCatalog.Orders.IndexOf("discount");
        public static readonly int Status = DatasetCatalog.Orders.IndexOf("status");
    }
}
