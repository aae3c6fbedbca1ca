using SegFunctions.Customers.Identity.Comparing;

namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>What learning needs to know of a comparison.</summary>
/// <param name="IsShared">People of one household share it.</param>
/// <param name="IsFixed">Its likelihood ratios are known and stand in the surprise.</param>
internal sealed record ComparedField(string Name, ComparisonLevel[] Levels, bool IsShared, bool IsFixed)
{
    /// <summary>It says where something is, and outlets of one house are told apart by it.</summary>
    public bool IsPlace => Levels[^1].Outlet > 0;

    public static ComparedField Of(Comparison comparison) => new(comparison.Name, comparison.Levels, comparison.IsShared, comparison.IsFixed);
}
