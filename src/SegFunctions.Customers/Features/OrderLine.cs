namespace SegFunctions.Customers.Features;

/// <summary>One accepted line of an order, as features read it from the lake.</summary>
public readonly record struct OrderLine
{
    public required CustomerKey Customer { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>64-bit hash of the order's id; without one, of the customer and the timestamp's day.</summary>
    public required ulong Order { get; init; }

    /// <summary>64-bit hash of the product's id or description; 0 where the line names none.</summary>
    public required ulong Product { get; init; }

    /// <summary>64-bit hash of the product's category; 0 where the line names none.</summary>
    public ulong Category { get; init; }

    /// <summary>Pieces, positive also on a return line.</summary>
    public required double Quantity { get; init; }

    /// <summary>What the line is worth in the upload's currency, never negative, discounts taken off.</summary>
    public required double Amount { get; init; }

    public required OrderLineKind Kind { get; init; }

    /// <summary>As the upload spells it; null where it is not known. Equal spellings share one string.</summary>
    public string? Country { get; init; }
}
