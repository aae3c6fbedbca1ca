namespace SegFunctions.Learning.Preparation;

/// <summary>What a column of the result stands for.</summary>
public enum OutputPart
{
    /// <summary>The value of a column.</summary>
    Value,

    /// <summary>Whether a column holds one text.</summary>
    Level,

    /// <summary>Whether a column holds none of the texts that have a column of their own.</summary>
    OtherLevels,

    /// <summary>Whether a column's value is missing.</summary>
    Missing,

    /// <summary>A principal component: a weighted sum of all.</summary>
    Component,
}

/// <summary>One column of the result and where it comes from.</summary>
/// <param name="Name">For reports: <c>age</c>, <c>city = Lyon</c>, <c>city = (other)</c>, <c>age is missing</c>, <c>component 1</c>.</param>
/// <param name="Source">Position of its column in the table of the fit; −1 for a component.</param>
/// <param name="Level">The text it stands for; null unless <paramref name="Part"/> is <see cref="OutputPart.Level"/>.</param>
public sealed record OutputColumn(string Name, int Source, OutputPart Part, string? Level = null);
