namespace SegFunctions.Learning.Explanation;

/// <summary>The words that clusters are named and explained with.</summary>
/// <remarks>
/// With a noun and adjectives: <c>Frequent, recent buyers</c> / <c>Acheteurs fréquents, récents</c>. Columns without adjectives
/// speak by their label: <c>High income, low age</c> / <c>Income élevé, age faible</c>.
/// </remarks>
public sealed record NamingVocabulary
{
    /// <summary>No words known: columns are called by their names.</summary>
    public static NamingVocabulary Generic { get; } = new();

    /// <summary>Who the members are, as the English name ends (<c>buyers</c>) and the French begins (<c>Acheteurs</c>); needed where columns have adjectives.</summary>
    public Bilingual? Noun { get; init; }

    /// <summary>The name of a cluster in which nothing stands out.</summary>
    public Bilingual Typical { get; init; } = new("Typical group", "Groupe typique");

    /// <summary>What rows are called in sentences.</summary>
    public Bilingual Rows { get; init; } = new("rows", "lignes");

    /// <summary>Words by name of the column.</summary>
    public IReadOnlyDictionary<string, ColumnWords> Columns { get; init; } = new Dictionary<string, ColumnWords>(StringComparer.Ordinal);

    internal void Validate(List<string> faults)
    {
        foreach (var (name, words) in Columns)
        {
            if (words.Much is null != words.Little is null)
                faults.Add($"Column '{name}' has one adjective; give both Much and Little, or neither.");
            else if ((words.Much ?? words.Unknown) is not null && Noun is null)
                faults.Add($"Column '{name}' has adjectives but the vocabulary has no noun for them; give it one.");
        }
    }
}
