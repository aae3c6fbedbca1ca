namespace SegFunctions.Learning.Preparation;

/// <summary>What a column means.</summary>
public enum ColumnKind
{
    /// <summary>A measure: differences between its values mean something.</summary>
    Numeric,

    /// <summary>Yes or no, true or false, 1 or 0.</summary>
    Boolean,

    /// <summary>One of a few names.</summary>
    Category,

    /// <summary>A day or an instant, measured in days.</summary>
    Date,

    /// <summary>Names the row, and says nothing about it.</summary>
    Identifier,

    /// <summary>Sentences.</summary>
    FreeText,
}
