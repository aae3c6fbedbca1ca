namespace SegFunctions.Customers.Features;

/// <summary>What an order line says; only a purchase counts as order and revenue.</summary>
public enum OrderLineKind : byte
{
    /// <summary>Goods bought at a price above zero.</summary>
    Purchase,

    /// <summary>Goods sent back, or an order cancelled: a negative quantity, an invoice that starts with C, a status that says so.</summary>
    Return,

    /// <summary>A line at price zero: a gift, a sample, a correction. Visible, but neither order nor revenue.</summary>
    Free,
}
