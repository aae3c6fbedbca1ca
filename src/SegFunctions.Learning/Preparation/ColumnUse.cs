namespace SegFunctions.Learning.Preparation;

/// <summary>What became of a column: the first four are used, the others left out.</summary>
public enum ColumnUse
{
    /// <summary>One column on the common scale.</summary>
    Scaled,

    /// <summary>One column of two values.</summary>
    Flag,

    /// <summary>One column of two values for each frequent text.</summary>
    Levels,

    /// <summary>Unchanged.</summary>
    AsItIs,

    /// <summary>It holds no value, or hardly any.</summary>
    Empty,

    /// <summary>It holds one value in every row, or in nearly every one.</summary>
    Constant,

    /// <summary>It names rows.</summary>
    Identifier,

    /// <summary>It holds sentences.</summary>
    FreeText,

    /// <summary>No text in it is frequent.</summary>
    TooManyLevels,

    /// <summary>Another column says the same in every row.</summary>
    Duplicate,

    /// <summary>Another column moves with it.</summary>
    Correlated,

    /// <summary>It holds texts, and numbers alone were wanted.</summary>
    NotNumeric,
}
