namespace SegFunctions.App.Identity;

/// <summary>What identity resolution came to in a run.</summary>
/// <param name="Customers">Customers whose identifiers were compared.</param>
/// <param name="Groups">People and companies that have several keys.</param>
/// <param name="Merged">Keys that stand for another one.</param>
/// <param name="Reviews">Pairs that wait for a human.</param>
/// <param name="ReviewsUnlisted">Further ones, beyond what the queue takes.</param>
/// <param name="Refused">Groups too large to be one person or company; their customers were left apart.</param>
/// <param name="Blocked">Values on too many records, by field: they link nobody.</param>
public sealed record IdentityReport(
    int Customers, int Groups, int Merged, int Reviews, int ReviewsUnlisted, IReadOnlyList<RefusedGroup> Refused, IReadOnlyDictionary<string, int> Blocked);

/// <summary>A group too large to be one.</summary>
/// <param name="Customers">Its customers.</param>
/// <param name="Keys">The first of their keys.</param>
public sealed record RefusedGroup(int Customers, IReadOnlyList<string> Keys);
