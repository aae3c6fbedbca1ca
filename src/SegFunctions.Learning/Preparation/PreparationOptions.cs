namespace SegFunctions.Learning.Preparation;

/// <summary>How a table is prepared. Everything but <see cref="Kinds"/>, <see cref="PrincipalShare"/> and <see cref="Threads"/> counts in <see cref="PrepareMode.Auto"/> only.</summary>
public sealed record PreparationOptions
{
    public PrepareMode Mode { get; init; }

    /// <summary>What columns mean, by name, where the guess would be wrong: numbers that are codes, an id that looks like a measure.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);

    /// <summary>Columns more skewed than this, either way, are transformed if that makes them less so. 0 or more, ∞ for never.</summary>
    public double SkewnessLimit { get; init; } = 1;

    /// <summary>Whether Yeo and Johnson's transformation is tried where a logarithm does not do.</summary>
    public bool YeoJohnson { get; init; } = true;

    /// <summary>Values farther than this many units from the median are drawn in to it for fitting. Above 0, ∞ for never.</summary>
    public double Bound { get; init; } = 4;

    /// <summary>Texts in a smaller share of the rows than this are put together as "other". 0 to 1.</summary>
    public double RareShare { get; init; } = 0.01;

    /// <summary>Most texts of a column that get a column of their own; the rarer ones are put together. At least 1.</summary>
    public int MostLevels { get; init; } = 20;

    /// <summary>Variance of a yes-or-no column, and of all columns of a category together, as a multiple of the median variance of the table's prepared numbers and dates. Above 0.</summary>
    public double CategoryWeight { get; init; } = 1;

    /// <summary>Whether a column is added that says where a value is missing, if that tells something (see <see cref="MissingIndicators"/>).</summary>
    public bool IndicateMissing { get; init; } = true;

    /// <summary>Variance of a column that says where a value is missing, on the same measure. Above 0.</summary>
    public double MissingWeight { get; init; } = 0.25;

    /// <summary>A column is left out when one value holds a greater share of its rows than this. Above 0.5, 1 for constants alone.</summary>
    public double NearlyConstantShare { get; init; } = 0.995;

    /// <summary>Of columns whose Pearson correlation after preparation is at least this, either way, one is kept. Above 0, ∞ for never.</summary>
    public double CorrelationLimit { get; init; } = 0.95;

    /// <summary>When set, the result is replaced by as many principal components as hold this share of its variance. Above 0, up to 1.</summary>
    public double? PrincipalShare { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate(Table table)
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(Mode))
            faults.Add($"Mode is {Mode}; it must be Auto, Scale or None.");
        foreach (var (name, kind) in Kinds)
        {
            if (!Enum.IsDefined(kind))
                faults.Add($"Kinds gives \"{name}\" the unknown kind {kind}.");
            if (!table.Columns.Any(column => column.Name == name))
                faults.Add($"Kinds names \"{name}\", which is no column of the table; there are {string.Join(", ", table.Columns.Take(20).Select(column => $"\"{column.Name}\""))}{(table.Columns.Count > 20 ? " …" : "")}.");
        }

        if (!(SkewnessLimit >= 0))
            faults.Add($"SkewnessLimit is {SkewnessLimit}; it must be 0 or more (∞ for never).");
        if (!(Bound > 0))
            faults.Add($"Bound is {Bound}; it must be above 0 (∞ for never).");
        if (!(RareShare is >= 0 and <= 1))
            faults.Add($"RareShare is {RareShare}; it must be between 0 and 1.");
        if (MostLevels < 1)
            faults.Add($"MostLevels is {MostLevels}; it must be at least 1.");
        if (!(CategoryWeight > 0 && double.IsFinite(CategoryWeight)))
            faults.Add($"CategoryWeight is {CategoryWeight}; it must be a finite number above 0.");
        if (!(MissingWeight > 0 && double.IsFinite(MissingWeight)))
            faults.Add($"MissingWeight is {MissingWeight}; it must be a finite number above 0.");
        if (!(NearlyConstantShare is > 0.5 and <= 1))
            faults.Add($"NearlyConstantShare is {NearlyConstantShare}; it must be above 0.5 and at most 1.");
        if (!(CorrelationLimit > 0))
            faults.Add($"CorrelationLimit is {CorrelationLimit}; it must be above 0 (∞ for never).");
        if (PrincipalShare is { } share && !(share is > 0 and <= 1))
            faults.Add($"PrincipalShare is {share}; it must be above 0 and at most 1, or null for no components.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
