namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// All that the models need to know of a customer's orders (Schmittlein, Morrison &amp; Colombo 1987). Times are in one unit for all
/// customers; orders of one day count as one.
/// </summary>
/// <param name="Repeats">x: orders after the first, 0 or more.</param>
/// <param name="Recency">t_x: time from the first order to the last; 0 when there is no other.</param>
/// <param name="Age">T: time from the first order to the end of observation, at least <paramref name="Recency"/>.</param>
public readonly record struct PurchaseHistory(int Repeats, double Recency, double Age)
{
    /// <summary>A customer at the moment of the first order.</summary>
    public static PurchaseHistory New => default;
}
