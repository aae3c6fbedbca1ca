namespace SegFunctions.App.Privacy;

/// <summary>Every container, table and queue of the account, and what erasure does there. What is missing here is forgotten by erasure, so a test looks for it.</summary>
internal static class StoredPlaces
{
    /// <summary>Containers by name.</summary>
    public static IReadOnlyList<StoredPlace> Containers { get; } =
    [
        new("uploads", PlaceKind.Personal),
        new("lake", PlaceKind.Personal),
        new("vault", PlaceKind.Personal),
        new("quarantine", PlaceKind.Personal),
        new("reports", PlaceKind.Personal),
        new("features", PlaceKind.Personal),
        new("models", PlaceKind.Personal),
        new("orchestrations", PlaceKind.Searched),
        new("claims", PlaceKind.Searched),
        new("tombstones", PlaceKind.Searched),
        new("locks", PlaceKind.Searched),
        new("azure-webjobs-hosts", PlaceKind.Searched),
    ];

    /// <summary>Tables by name.</summary>
    public static IReadOnlyList<StoredPlace> Tables { get; } =
    [
        new("Memberships", PlaceKind.Personal),
        new("SegmentMembers", PlaceKind.Personal),
        new("Consents", PlaceKind.Personal),
        new("Identities", PlaceKind.Personal),
        new("Reviews", PlaceKind.Personal),
        new("Audit", PlaceKind.Searched),
        new("Erasures", PlaceKind.Searched),
        new("Tombstones", PlaceKind.Searched),
        new("PrivacyStatus", PlaceKind.Searched),
        new("Segments", PlaceKind.Searched),
        new("Runs", PlaceKind.Searched),
        new("Uploads", PlaceKind.Searched),
        new("Orchestrations", PlaceKind.Searched),
    ];

    /// <summary>Queues by name; each may have a poison queue, <c>&lt;name&gt;-poison</c>.</summary>
    public static IReadOnlyList<string> Queues { get; } = ["uploads-received", "refresh-requested", "orchestration-steps", "orchestration-activities"];
}

/// <summary>A container or table.</summary>
internal sealed record StoredPlace(string Name, PlaceKind Kind);

/// <summary>What a place may hold of a person.</summary>
internal enum PlaceKind
{
    /// <summary>Data of people; an erasure step takes them out.</summary>
    Personal,

    /// <summary>Nothing of a person, by design; the rescan looks all the same.</summary>
    Searched,
}
