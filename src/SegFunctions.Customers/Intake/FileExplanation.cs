namespace SegFunctions.Customers.Intake;

/// <summary>How a file was read, and why so.</summary>
/// <param name="Form">Packing, encoding, dialect, sheet: one sentence each.</param>
/// <param name="Dataset">Which dataset, and what said so.</param>
public sealed record FileExplanation(IReadOnlyList<string> Form, string Dataset, IReadOnlyList<ColumnExplanation> Columns);

/// <summary>How one column was read, and why so.</summary>
public sealed record ColumnExplanation
{
    /// <summary>1-based; 0 for a value that the mapping gives to all rows, behind the columns of the file.</summary>
    public required int Position { get; init; }

    public required string Header { get; init; }

    /// <summary>The field (or two, for an address of e-mail that is the id), or <c>attribute</c>, <c>sealed</c>, <c>ignored</c>, <c>refused</c>.</summary>
    public required string ReadAs { get; init; }

    /// <summary>Why it is that.</summary>
    public required string Why { get; init; }

    /// <summary>What its values are.</summary>
    public required string Type { get; init; }

    /// <summary>Why its values are read so: the order of day and month, the decimal sign, the unit. Null where there was nothing to decide.</summary>
    public string? Reading { get; init; }

    /// <summary>The first different values as the file has them; of direct identifiers only their shape (<c>aaa@aaaa.aa</c>).</summary>
    public required IReadOnlyList<string> Samples { get; init; }

    /// <summary>What else the column might have been, by its header.</summary>
    public required IReadOnlyList<string> Alternatives { get; init; }
}
