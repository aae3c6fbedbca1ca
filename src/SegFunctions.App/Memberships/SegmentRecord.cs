using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Clusters;

namespace SegFunctions.App.Memberships;

/// <summary>A segment as one run found it.</summary>
/// <param name="Definition">Id, kind, names and descriptions.</param>
/// <param name="Members">Customers in it.</param>
/// <param name="Share">Of all customers of the run, 0 to 1.</param>
/// <param name="Revenue">Sum of the members' revenue.</param>
/// <param name="RevenueShare">Of all customers' revenue, 0 to 1; 0 when there is none.</param>
/// <param name="Profile">What sets a learned segment apart; null where the definition says it all.</param>
/// <param name="Moves">Where its customers go in one interval; null where that is not told.</param>
internal sealed record SegmentRecord(
    SegmentDefinition Definition, int Members, double Share, double Revenue, double RevenueShare, ClusterProfile? Profile, SegmentMoves? Moves = null);
