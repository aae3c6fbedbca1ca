namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>One field of a dataset: what it means, how it is read, what it may hold. Declared once, in <see cref="DatasetCatalog"/>.</summary>
public sealed record DatasetField
{
    /// <summary>As <c>mapping.json</c> and canonical rows call it.</summary>
    public required string Name { get; init; }

    public required FieldType Type { get; init; }

    /// <summary>What it says, in one line, for the documentation.</summary>
    public required string Meaning { get; init; }

    /// <summary>Headers by which it is recognised, best first; compared folded.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Those of the headers that say little by themselves (<c>date</c>, <c>id</c>, <c>total</c>): a closer one goes before them.</summary>
    public IReadOnlyList<string> WeakHeaders { get; init; } = [];

    /// <summary>A row without a value is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Fields of one group stand for each other: the file needs a column for one of them.</summary>
    public string? Group { get; init; }

    /// <summary>A row without any value in the field's <see cref="Group"/> is refused.</summary>
    public bool GroupRequired { get; init; }

    /// <summary>Canonical text of a value that is not given.</summary>
    public string? Default { get; init; }

    /// <summary>Smallest number allowed.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Largest number allowed.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>An amount of money: it may name its currency, and is converted where rates are given.</summary>
    public bool IsMoney { get; init; }

    /// <summary>A moment that may lie after the upload.</summary>
    public bool MayBeFuture { get; init; }

    /// <summary>
    /// A value that cannot be read is left empty with a warning instead of refusing the row: a customer is worth more than
    /// the typing error in the household's size.
    /// </summary>
    public bool Lenient { get; init; }

    /// <summary>A direct identifier: it goes to the sealed identifiers, never to canonical rows or the report.</summary>
    public bool Identifier { get; init; }

    /// <summary>The words of a <see cref="FieldType.Choice"/> field.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Other words than the <see cref="Choices"/> are kept as they stand instead of refused.</summary>
    public bool OpenChoice { get; init; }

    public override string ToString() => Name;
}
