using SegFunctions.App.Identity;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>Which keys are one person or company, and why.</summary>
/// <param name="Customer">The key that was asked for.</param>
/// <param name="Canonical">The key that all of them stand for, under which answers tell of them.</param>
/// <param name="Members">All of them, the canonical one first; the customer's own alone where nobody is one with it.</param>
/// <param name="Links">What joins them.</param>
/// <param name="LinksUnlisted">Further links.</param>
public sealed record IdentityAnswer(string Customer, string Canonical, IReadOnlyList<GroupMember> Members, IReadOnlyList<LinkAnswer> Links, int LinksUnlisted)
{
    internal static IdentityAnswer From(CustomerKey key, IReadOnlyList<IdentityRow> group, Language language) => group.Count == 0
        ? new IdentityAnswer(key.ToString(), key.ToString(), [new GroupMember(key.ToString(), 1)], [], 0)
        : new IdentityAnswer(
            key.ToString(),
            group[0].Canonical.ToString(),
            [.. group.Select(row => new GroupMember(row.Key.ToString(), Math.Round(row.Probability, 4)))],
            [.. group.SelectMany(row => row.Links.Select(link => LinkAnswer.From(row.Key, link, language)))],
            group.Sum(row => row.LinksUnlisted));
}

/// <summary>A key of a group.</summary>
/// <param name="Probability">How surely it belongs to the others.</param>
public sealed record GroupMember(string Key, double Probability);

/// <summary>Why two keys are one.</summary>
/// <param name="Kind"><c>model</c>: their records agree; <c>decision</c>: a human said so; <c>visitor</c>: a visitor signed in.</param>
/// <param name="Evidence">What the records said, field by field, the strongest first; never the values.</param>
public sealed record LinkAnswer(string Left, string Right, string Kind, double Probability, IReadOnlyList<EvidenceAnswer> Evidence)
{
    internal static LinkAnswer From(CustomerKey key, StoredLink link, Language language) => new(
        link.Other, key.ToString(), link.Kind.ToString().ToLowerInvariant(), Math.Round(link.Probability, 4), EvidenceAnswer.From(link.Fields, language));
}

/// <summary>What one field says.</summary>
/// <param name="Level">What was found, as <c>exact</c> or <c>differs</c>.</param>
/// <param name="Bits">For (positive) or against (negative) the two being one: each bit doubles the odds.</param>
/// <param name="Text">The same in words.</param>
public sealed record EvidenceAnswer(string Field, string Level, double Bits, string Text)
{
    internal static IReadOnlyList<EvidenceAnswer> From(IEnumerable<FieldEvidence> fields, Language language) =>
        [.. fields.Select(field => new EvidenceAnswer(field.Field, field.Level, Math.Round(field.Bits, 2), field.Text.In(language)))];
}

/// <summary>What came of taking a customer out of its group.</summary>
/// <param name="Apart">The keys that it is no longer one with, from the next refresh on and for ever.</param>
public sealed record UndoAnswer(string Customer, IReadOnlyList<string> Apart);
