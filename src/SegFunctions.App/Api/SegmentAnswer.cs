using SegFunctions.App.Memberships;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>A segment in a list.</summary>
/// <param name="Kind"><c>stage</c>, <c>rfm</c>, <c>cluster</c>, <c>micro</c>, <c>rule</c> or <c>prediction</c>.</param>
/// <param name="Share">Of all customers, 0 to 1.</param>
/// <param name="RevenueShare">Of all customers' revenue, 0 to 1.</param>
public sealed record SegmentAnswer(
    string Id, string Kind, string Name, string Description, int Members, double Share, double Revenue, double RevenueShare)
{
    internal static SegmentAnswer From(SegmentRecord segment, Language language) => new(
        segment.Definition.Id,
        segment.Definition.Kind.ToString().ToLowerInvariant(),
        segment.Definition.Name.In(language),
        segment.Definition.Description.In(language),
        segment.Members,
        segment.Share,
        segment.Revenue,
        segment.RevenueShare);
}

/// <summary>All segments of the current run.</summary>
public sealed record SegmentList(IReadOnlyList<SegmentAnswer> Segments, RunStamp Run);

/// <summary>Some members of a segment.</summary>
/// <param name="Continuation">Ask again with it for the next page; null after the last one.</param>
public sealed record SegmentMemberList(string Segment, IReadOnlyList<MemberAnswer> Members, string? Continuation);

/// <summary>A member of a segment.</summary>
/// <param name="Customer">The customer's key; look it up as <c>key:…</c>.</param>
/// <param name="Contact">What speaks against writing to the member; told for the purposes <c>marketing</c> and <c>activation</c>, null otherwise.</param>
public sealed record MemberAnswer(string Customer, DateTimeOffset Since, IReadOnlyList<ContactAnswer>? Contact);

/// <summary>One segment with what sets it apart.</summary>
/// <param name="Traits">Of a learned segment: the features that set it apart, the most telling first; empty otherwise.</param>
/// <param name="Rule">Of a learned segment: who is in it, in a few conditions; null where none tells.</param>
/// <param name="Countries">Of a learned segment: where most of its members are.</param>
/// <param name="Moves">Where its customers are after one interval, the likeliest first; <c>migration</c> of the run says how many days that is; empty where it is not told.</param>
public sealed record SegmentDetail(
    SegmentAnswer Segment, IReadOnlyList<ClusterTrait> Traits, SegmentRule? Rule, IReadOnlyList<CountryShare> Countries, IReadOnlyList<SegmentMove> Moves, RunStamp Run)
{
    internal static SegmentDetail From(SegmentRecord segment, RunStamp stamp, Language language) => new(
        SegmentAnswer.From(segment, language), segment.Profile?.Traits ?? [], SegmentRule.From(segment.Profile?.Rule, language), segment.Profile?.Countries ?? [], segment.Moves?.To ?? [], stamp);
}

/// <summary>A rule that describes a learned segment.</summary>
/// <param name="Text">Conditions that all hold.</param>
/// <param name="Precision">Share of those who meet it that are members, 0 to 1.</param>
/// <param name="Recall">Share of the members that meet it, 0 to 1.</param>
public sealed record SegmentRule(string Text, double Precision, double Recall)
{
    internal static SegmentRule? From(ClusterRuleText? rule, Language language) =>
        rule is null ? null : new SegmentRule(rule.Text.In(language), Math.Round(rule.Precision, 4), Math.Round(rule.Recall, 4));
}
