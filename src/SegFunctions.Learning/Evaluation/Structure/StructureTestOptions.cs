namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>How the test of structure runs.</summary>
public sealed record StructureTestOptions
{
    /// <summary>
    /// Samples drawn from each null shape, at least 19 and as many as the level asks for (99 for 5 %); fewer are drawn once nothing is left to decide. At a level of 5 % and with the allowance for estimated shapes a table
    /// must stand among the highest 2 of 200.
    /// </summary>
    public int Draws { get; init; } = 199;

    /// <summary>The greatest p-value that is called structure, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>The index is the best over 2 to this many clusters, at least 2.</summary>
    public int MaxClusters { get; init; } = 6;

    /// <summary>Larger tables are tested on a uniform sample of this many rows, at least 50. Cost grows with its square.</summary>
    public int SampleRows { get; init; } = 1_000;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (Draws < 19)
            faults.Add($"Draws is {Draws}; it must be at least 19.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        else if (Draws < NullDraws.Fewest(Level))
            faults.Add($"Level is {Level}, which {Draws} draws can hardly reach; Draws must be at least {NullDraws.Fewest(Level)}.");
        if (MaxClusters < 2)
            faults.Add($"MaxClusters is {MaxClusters}; it must be at least 2.");
        if (SampleRows < 50)
            faults.Add($"SampleRows is {SampleRows}; it must be at least 50.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
