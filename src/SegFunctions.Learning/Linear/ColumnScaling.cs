namespace SegFunctions.Learning.Linear;

/// <summary>On which scale the penalty of a regression weighs a coefficient. Without a penalty it changes nothing.</summary>
public enum ColumnScaling
{
    /// <summary>Every column by its standard deviation: the unit of a column does not matter.</summary>
    Standardised,

    /// <summary>
    /// Numbers by their standard deviation, the levels of categories as 0 and 1, so that a level is penalised by how few rows carry it. A table of
    /// numbers alone has no levels: flags written out as columns are numbers.
    /// </summary>
    NumbersOnly,

    /// <summary>Columns as they are.</summary>
    None,
}
