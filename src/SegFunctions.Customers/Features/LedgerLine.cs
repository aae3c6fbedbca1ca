namespace SegFunctions.Customers.Features;

/// <summary>An order line as the ledger keeps it: the customer is known from its place, the country by number.</summary>
internal struct LedgerLine
{
    public long Ticks;
    public ulong Order;
    public ulong Product;
    public ulong Category;
    public double Amount;
    public double Quantity;

    /// <summary>Position in the ledger's sorted countries, or -1.</summary>
    public int Country;

    public OrderLineKind Kind;
    public LedgerMarks Marks;
}

/// <summary>What is new with a line, given the customer's earlier lines. Counting marks counts distinct things up to any date.</summary>
[Flags]
internal enum LedgerMarks : byte
{
    None = 0,

    /// <summary>First line of a purchase order.</summary>
    NewOrder = 1,

    /// <summary>First line of an order or credit note that returns goods.</summary>
    NewReturn = 2,

    /// <summary>First purchase of a product.</summary>
    NewProduct = 4,
}

/// <summary>Total order by content, time first: sums run in one order whatever order lines arrive in.</summary>
internal sealed class LedgerLineOrder : IComparer<LedgerLine>
{
    public static readonly LedgerLineOrder Instance = new();

    public int Compare(LedgerLine left, LedgerLine right)
    {
        if (left.Ticks != right.Ticks)
            return left.Ticks < right.Ticks ? -1 : 1;
        if (left.Order != right.Order)
            return left.Order < right.Order ? -1 : 1;
        if (left.Product != right.Product)
            return left.Product < right.Product ? -1 : 1;
        if (left.Category != right.Category)
            return left.Category < right.Category ? -1 : 1;
        var byKind = ((byte)left.Kind).CompareTo((byte)right.Kind);
        if (byKind != 0)
            return byKind;
        var byAmount = left.Amount.CompareTo(right.Amount);
        if (byAmount != 0)
            return byAmount;
        var byQuantity = left.Quantity.CompareTo(right.Quantity);
        return byQuantity != 0 ? byQuantity : left.Country.CompareTo(right.Country);
    }
}
