namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>The items that go together: for each, those that the same customers buy surely more often than chance would have it.</summary>
/// <remarks>Items are numbered by rank, the most bought first. Immutable, safe for many threads.</remarks>
internal sealed class ItemRelations
{
    public ItemRelations(int[] items, int[] customers, int[] starts, int[] related, double[] similarity)
    {
        if (customers.Length != items.Length || starts.Length != items.Length + 1 || starts[0] != 0 || starts[^1] != related.Length || similarity.Length != related.Length)
            throw new ArgumentException($"{items.Length} items, {customers.Length} counts, {starts.Length} starts, {related.Length} relations and {similarity.Length} similarities do not belong together.");
        Items = items;
        Customers = customers;
        Starts = starts;
        Related = related;
        Similarity = similarity;
    }

    /// <summary>(ranks) positions in the history's items.</summary>
    public int[] Items { get; }

    /// <summary>(ranks) customers who bought the item, falling.</summary>
    public int[] Customers { get; }

    /// <summary>(ranks + 1) where the relations of a rank begin.</summary>
    public int[] Starts { get; }

    /// <summary>(relations) ranks, by falling similarity within an item.</summary>
    public int[] Related { get; }

    /// <summary>(relations) customers with both ÷ customers with either (Jaccard), between 0 and 1.</summary>
    public double[] Similarity { get; }

    public int Count => Items.Length;

    /// <summary>Rank of each of <paramref name="items"/> history items, −1 for one without.</summary>
    public int[] RankOf(int items)
    {
        var ranks = new int[items];
        Array.Fill(ranks, -1);
        for (var rank = 0; rank < Items.Length; rank++)
            ranks[Items[rank]] = rank;
        return ranks;
    }
}
