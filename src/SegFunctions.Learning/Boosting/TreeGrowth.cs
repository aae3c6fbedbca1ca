namespace SegFunctions.Learning.Boosting;

/// <summary>Which leaf is split next.</summary>
public enum TreeGrowth
{
    /// <summary>All leaves of a depth before those below it; within a depth the greatest gain first (Chen &amp; Guestrin 2016).</summary>
    DepthWise,

    /// <summary>Always the leaf of greatest gain (Shi 2007; Ke et al. 2017): fewer leaves for the same loss, faster over-fitting on few rows.</summary>
    LeafWise,
}
