using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Store;

namespace SegFunctions.App.Identity;

/// <summary>A row of <c>Identities</c>: a key that is one with others, and why.</summary>
/// <param name="Canonical">The key it stands for; its own where the others stand for it.</param>
/// <param name="Probability">How surely it belongs to them.</param>
/// <param name="Members">On the canonical key's row all keys of the group, that one first; empty elsewhere.</param>
/// <param name="Links">What joins this key to ones known before it, the strongest first.</param>
/// <param name="LinksUnlisted">Links beyond those, for which a row has no room.</param>
/// <param name="At">When the row was written.</param>
internal sealed record IdentityRow(
    CustomerKey Key, CustomerKey Canonical, double Probability, IReadOnlyList<CustomerKey> Members, IReadOnlyList<StoredLink> Links, int LinksUnlisted, DateTimeOffset At);

/// <summary>Why a key is one with another, or may be.</summary>
internal sealed record StoredLink(string Other, LinkKind Kind, double Probability, double Bits, IReadOnlyList<FieldEvidence> Fields)
{
    public static StoredLink Of(KeyLink link) => new(link.Left.ToString(), link.Kind, link.Probability, link.Bits, link.Fields);
}
