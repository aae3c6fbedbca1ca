namespace SegFunctions.Storage.Tables.Filters;

/// <summary>The six comparisons: which signs of "left minus right" satisfy them.</summary>
internal sealed record FilterComparison(bool Less, bool Same, bool Greater)
{
    public static readonly FilterComparison Equal = new(false, true, false);
    public static readonly FilterComparison NotEqual = new(true, false, true);
    public static readonly FilterComparison GreaterThan = new(false, false, true);
    public static readonly FilterComparison GreaterOrEqual = new(false, true, true);
    public static readonly FilterComparison LessThan = new(true, false, false);
    public static readonly FilterComparison LessOrEqual = new(true, true, false);

    /// <summary>The comparison with its sides exchanged.</summary>
    public FilterComparison Flipped => new(Greater, Same, Less);

    public static FilterComparison? From(string word) => word switch
    {
        "eq" => Equal,
        "ne" => NotEqual,
        "gt" => GreaterThan,
        "ge" => GreaterOrEqual,
        "lt" => LessThan,
        "le" => LessOrEqual,
        _ => null,
    };

    public bool Holds(int sign) => sign < 0 ? Less : sign > 0 ? Greater : Same;
}
