namespace SegFunctions.Learning.Evaluation;

/// <summary>How rows are drawn for a refit.</summary>
public enum Resampling
{
    /// <summary>As many rows as there are, with replacement: Hennig's first choice.</summary>
    Bootstrap,

    /// <summary>
    /// Half of the rows, without replacement: for methods that repeated rows mislead, as everything that measures density does — a row drawn twice
    /// is its own nearest neighbour.
    /// </summary>
    Halves,
}

/// <summary>How stability is measured.</summary>
public sealed record StabilityOptions
{
    /// <summary>Refits on resampled rows, at least 2.</summary>
    public int Replicates { get; init; } = 50;

    /// <summary>Refits under different seeds, at least 2.</summary>
    public int Seeds { get; init; } = 5;

    public Resampling Resampling { get; init; }

    /// <summary>Of larger tables every refit sees a uniform sample of this many rows, at least 10; the result says so.</summary>
    public int SampleRows { get; init; } = 10_000;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Refits that run side by side; null for one per processor. Never changes a result. Let the clustering itself then use one thread.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (Replicates < 2)
            faults.Add($"Replicates is {Replicates}; it must be at least 2.");
        if (Seeds < 2)
            faults.Add($"Seeds is {Seeds}; it must be at least 2.");
        if (!Enum.IsDefined(Resampling))
            faults.Add($"Resampling is {(int)Resampling}, which is no way of resampling.");
        if (SampleRows < 10)
            faults.Add($"SampleRows is {SampleRows}; it must be at least 10.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
