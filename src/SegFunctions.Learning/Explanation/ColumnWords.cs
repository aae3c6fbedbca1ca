namespace SegFunctions.Learning.Explanation;

/// <summary>Gender and number of a French label, which the adjectives beside it follow.</summary>
public enum FrenchForm
{
    /// <summary>Also of every label that is not French: borrowed words are masculine.</summary>
    Masculine,
    Feminine,
    MasculinePlural,
    FemininePlural,
}

/// <summary>How people speak of a column. Everything may be left out: a column without words is called by its name.</summary>
public sealed record ColumnWords
{
    /// <summary>What rules and names call the column, in lower case: <c>days since last order</c>. One word lets names say more.</summary>
    public Bilingual? Label { get; init; }

    /// <summary>Gender and number of the French label.</summary>
    public FrenchForm French { get; init; }

    public ColumnUnit Unit { get; init; } = ColumnUnit.None;

    /// <summary>Adjective for a cluster that has much of it, agreeing with the vocabulary's noun: <c>Frequent</c>, <c>fréquents</c>. Together with <see cref="Little"/> or not at all.</summary>
    public Bilingual? Much { get; init; }

    /// <summary>Adjective for a cluster that has little of it: <c>Occasional</c>, <c>occasionnels</c>.</summary>
    public Bilingual? Little { get; init; }

    /// <summary>Adjective for a cluster whose members mostly have no value: of the days between orders <c>One-time</c>, <c>ponctuels</c>.</summary>
    public Bilingual? Unknown { get; init; }

    /// <summary>Columns of one aspect (how often, how much) say nearly the same: a name takes one of them. Null: an aspect of its own.</summary>
    public string? Aspect { get; init; }

    /// <summary>False for a column that explains but names nobody.</summary>
    public bool Names { get; init; } = true;
}
