namespace SegFunctions.Learning.Preparation;

/// <summary>How much of the preparation is done.</summary>
public enum PrepareMode
{
    /// <summary>All of it: kinds, missing values, skewness, robust scale, categories, columns that say nothing or the same.</summary>
    Auto,

    /// <summary>Numbers, dates and yes-or-no columns to mean 0 and standard deviation 1, missing ones to the median; texts and constants left out. Nothing is bounded.</summary>
    Scale,

    /// <summary>Numbers as they are. Texts and missing values are refused.</summary>
    None,
}
