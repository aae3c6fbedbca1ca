namespace SegFunctions.Learning.Lifetime;

/// <summary>How a model of orders is fitted.</summary>
public sealed record PurchaseFitOptions
{
    /// <summary>The model.</summary>
    public PurchaseModelKind Model { get; init; } = PurchaseModelKind.BgNbd;

    /// <summary>Newton steps over all data, at least 1.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>A step that would gain less log-likelihood than this is not worth taking; 0 or more.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>
    /// The log-likelihood that drop-out must gain over the model without it to be called identifiable, 0 or more. The default is the 5 % point
    /// of what chance gains where nobody drops out: half of χ² with one degree of freedom, half of 0, as the truth lies on the edge (Self &amp; Liang, Journal
    /// of the American Statistical Association 82, 1987).
    /// </summary>
    public double SmallestGain { get; init; } = 1.353;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(Model))
            faults.Add($"Model is {Model}; it must be one of {string.Join(", ", Enum.GetNames<PurchaseModelKind>())}.");
        if (MaxIterations < 1)
            faults.Add($"MaxIterations is {MaxIterations}; it must be at least 1.");
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
            faults.Add($"Tolerance is {Tolerance}; it must be a finite number of 0 or more.");
        if (!(SmallestGain >= 0 && double.IsFinite(SmallestGain)))
            faults.Add($"SmallestGain is {SmallestGain}; it must be a finite number of 0 or more.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
