namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>Shares of each level among pairs of one person, of one household and of strangers; the first level of each is silence.</summary>
/// <param name="One">(comparisons × levels)</param>
/// <param name="Home">(comparisons × levels); for what is personal the shares of strangers.</param>
/// <param name="Strangers">(comparisons × levels); 1 where the frequency of the value tells.</param>
internal sealed record LinkParameters(double[][] One, double[][] Home, double[][] Strangers)
{
    /// <summary>Share of all pairs that are one person.</summary>
    public required double OneShare { get; init; }

    /// <summary>Share of all pairs that are two of one household; 0 where the table cannot tell them.</summary>
    public required double HomeShare { get; init; }

    public double StrangerShare => 1 - OneShare - HomeShare;
}
