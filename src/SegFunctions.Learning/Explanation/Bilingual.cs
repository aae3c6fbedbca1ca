namespace SegFunctions.Learning.Explanation;

/// <summary>One text in the two languages that answers are given in.</summary>
public sealed record Bilingual(string En, string Fr)
{
    /// <summary>The text in one language.</summary>
    public string In(Language language) => language == Language.French ? Fr : En;

    public override string ToString() => En;
}
