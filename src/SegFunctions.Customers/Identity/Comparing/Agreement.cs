namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>How two records agree: the level of each comparison, four bits each, and the surprise of their values.</summary>
internal readonly record struct Agreement(ulong Levels, Surprise Surprise)
{
    /// <summary>Comparisons that fit into the bits.</summary>
    public const int MostComparisons = 16;

    /// <summary>Levels a comparison may have.</summary>
    public const int MostLevels = 16;

    public int Level(int comparison) => (int)(Levels >> (4 * comparison)) & 15;
}
