using SegFunctions.App.Memberships;
using SegFunctions.Customers;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>One thing that speaks against writing to a customer.</summary>
/// <param name="State"><c>bounced</c>, <c>complained</c>, <c>unsubscribed</c>, <c>superseded</c> or <c>inactive</c>.</param>
/// <param name="Channel">The channel that it concerns, as the files of messages call it; null: all.</param>
public sealed record ContactAnswer(string State, string? Channel, DateTimeOffset Since, string Reason)
{
    /// <param name="asked">The key that was asked for: that another record of the person is newer is said of this one only.</param>
    internal static IReadOnlyList<ContactAnswer> From(MembershipDocument document, CustomerKey asked, Language language)
    {
        var text = asked.ToString();
        return
        [
            .. (document.Customer.Contact ?? [])
                .Where(flag => flag.Record is null || flag.Record == text)
                .Select(flag => new ContactAnswer(flag.State.ToString().ToLowerInvariant(), flag.Channel, new DateTimeOffset(flag.Since, TimeSpan.Zero), flag.Reason.In(language))),
        ];
    }
}
