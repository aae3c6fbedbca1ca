namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>How the next products and categories are learned.</summary>
public sealed record CrossSellOptions
{
    /// <summary>Customers who must have bought an item, and both items of a pair, before either says anything; at least 2.</summary>
    public int MinimumSupport { get; init; } = 5;

    /// <summary>Chance that even one of all pairs passes for related without being so, between 0 and 1.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>The most-bought items that are looked at, at least 2; rarer ones are neither proposed nor a reason.</summary>
    public int MostItems { get; init; } = 10_000;

    /// <summary>Of a customer who bought more, the latest so many items are paired, at least 2: wholesalers would pair everything with everything.</summary>
    public int MostItemsPerCustomer { get; init; } = 500;

    /// <summary>Related items kept for each item, the most similar ones, at least 1; few are too few where most are out of season.</summary>
    public int MostNeighbours { get; init; } = 200;

    /// <summary>Items proposed to a customer, at least 1; never more than a third of all items, or nothing would be told.</summary>
    public int Proposed { get; init; } = 5;

    /// <summary>Share of purchases on later order days that repeat an earlier one, from which repeats are the norm and so are proposed; 0 to 1.</summary>
    public double RepeatsAreTheNorm { get; init; } = 0.5;

    /// <summary>Customers with purchases after the test origin that a measurement needs, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Coverage of the interval of the gain, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Decides the resampling behind the interval: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>At most so many threads; null for one per processor. The result does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        AtLeast(nameof(MinimumSupport), MinimumSupport, 2);
        AtLeast(nameof(MostItems), MostItems, 2);
        AtLeast(nameof(MostItemsPerCustomer), MostItemsPerCustomer, 2);
        AtLeast(nameof(MostNeighbours), MostNeighbours, 1);
        AtLeast(nameof(Proposed), Proposed, 1);
        AtLeast(nameof(MinimumCustomers), MinimumCustomers, 1);
        AtLeast(nameof(Threads), Threads ?? 1, 1);
        if (!(Significance is > 0 and < 1))
            faults.Add($"Significance is {Significance}; it must lie between 0 and 1.");
        if (!(RepeatsAreTheNorm is >= 0 and <= 1))
            faults.Add($"RepeatsAreTheNorm is {RepeatsAreTheNorm}; it must lie from 0 to 1.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");

        void AtLeast(string name, int value, int least)
        {
            if (value < least)
                faults.Add($"{name} is {value}; it must be at least {least}.");
        }
    }
}
