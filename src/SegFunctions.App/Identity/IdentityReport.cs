namespace SegFunctions.App.Identity;

/// <summary>What identity resolution came to in a run.</summary>
/// <param name="Customers">Customers whose identifiers were compared.</param>
/// <param name="Compared">Records compared anew: new and changed ones, or all of them where an earlier one is gone.</param>
/// <param name="Dissolved">Keys that stood for another one before and stand alone or elsewhere now.</param>
/// <param name="Groups">People and companies that have several keys.</param>
/// <param name="Merged">Keys that stand for another one.</param>
/// <param name="Reviews">Pairs that wait for a human.</param>
/// <param name="ReviewsUnlisted">Further ones, beyond what the queue takes.</param>
/// <param name="Refused">Groups too large to be one person or company; their customers were left apart.</param>
/// <param name="Blocked">Values on too many records, by field: they link nobody.</param>
public sealed record IdentityReport(
    int Customers, int Compared, int Groups, int Merged, DissolvedMerges Dissolved, int Reviews, int ReviewsUnlisted, IReadOnlyList<RefusedGroup> Refused, IReadOnlyDictionary<string, int> Blocked);

/// <summary>Merges of before that hold no more: other records, a human's word, or a value that has come to be on too many records.</summary>
/// <param name="First">Some of them, with what had joined them.</param>
public sealed record DissolvedMerges(int Count, IReadOnlyList<DissolvedMerge> First);

/// <param name="Key">The key that stood for the other.</param>
/// <param name="Fields">Fields that had spoken for it; empty where no model was asked.</param>
public sealed record DissolvedMerge(string Key, string Canonical, IReadOnlyList<string> Fields);

/// <summary>A group too large to be one.</summary>
/// <param name="Customers">Its customers.</param>
/// <param name="Keys">The first of their keys.</param>
public sealed record RefusedGroup(int Customers, IReadOnlyList<string> Keys);
