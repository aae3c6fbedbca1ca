using System.Text;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Segments.Contacts;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class ContactReaderTests
{
    private static readonly DateTime AsOf = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);
    private static readonly CustomerKey Ann = new(7);
    private static readonly CustomerKey AnnToo = new(8);

    [Theory]
    [InlineData("bounced 2026-02-01", "Bounced 2026-02-01 email")]
    [InlineData("bounced 2026-02-01,delivered 2026-02-02", "")]
    [InlineData("bounced 2026-02-01,opened 2026-02-02", "")]
    [InlineData("delivered 2026-02-02,bounced 2026-02-01", "")]
    [InlineData("delivered 2026-02-01,bounced 2026-02-01", "")]
    [InlineData("bounced 2026-01-01,delivered 2026-01-02,bounced 2026-02-03", "Bounced 2026-02-03 email")]
    [InlineData("bounced 2026-02-01,sent 2026-02-02", "Bounced 2026-02-01 email")]
    [InlineData("complained 2026-02-01,delivered 2026-02-02", "Complained 2026-02-01 email")]
    [InlineData("complained 2026-02-01,clicked 2026-02-02", "")]
    [InlineData("unsubscribed 2026-02-01,delivered 2026-02-02", "Unsubscribed 2026-02-01 email")]
    [InlineData("unsubscribed 2026-02-01,opened 2026-02-02", "")]
    [InlineData("bounced 2026-03-04", "")]
    [InlineData("opened 2023-03-03", "Inactive 2026-03-03 ")]
    [InlineData("opened 2023-03-05", "")]
    public async Task Latest_word_of_a_channel_counts(string steps, string wanted)
    {
        var reader = new ContactReader(new HashSet<CustomerKey> { Ann }, AsOf);
        await reader.AddMessagesAsync(Messages(Ann, "email", steps), default);
        Assert.Equal(wanted, Told(reader));
        // Repeated by another upload, and read in another order.
        await reader.AddMessagesAsync(Messages(Ann, "email", string.Join(',', steps.Split(',').Reverse())), default);
        Assert.Equal(wanted, Told(reader));
    }

    [Fact]
    public async Task Channels_speak_for_themselves()
    {
        var reader = new ContactReader(new HashSet<CustomerKey> { Ann }, AsOf);
        await reader.AddMessagesAsync(Messages(Ann, "email", "bounced 2026-02-01"), default);
        await reader.AddMessagesAsync(Messages(Ann, "sms", "delivered 2026-02-02"), default);
        Assert.Equal("Bounced 2026-02-01 email", Told(reader));
        var flag = Assert.Single(Assert.Single(reader.Build(_ => null, AsOf)).Value);
        Assert.Equal("The last message (email) came back on 1 Feb 2026, and none has arrived since.", flag.Reason.En);
        Assert.Equal("Le dernier message (email) est revenu le 1er févr. 2026, et aucun n'est arrivé depuis.", flag.Reason.Fr);
    }

    [Fact]
    public async Task Older_record_of_a_person_is_superseded_by_the_newer_one()
    {
        var routes = new IdentityRoutes([KeyValuePair.Create(AnnToo, Ann)]);
        var reader = new ContactReader(new HashSet<CustomerKey> { Ann }, AsOf, routes);
        await reader.AddRecordsAsync(Records((Ann, "2020-01-01", "2025-01-01"), (AnnToo, "2026-01-01", "")), default);
        await reader.AddRecordsAsync(Records((Ann, "2020-01-01", "2024-01-01")), default);
        var flag = Assert.Single(Assert.Single(reader.Build(_ => null, AsOf)).Value);
        Assert.Equal((ContactState.Superseded, Ann.ToString(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)), (flag.State, flag.Record, flag.Since));
    }

    [Fact]
    public async Task Order_is_a_sign_of_life_and_who_is_not_looked_at_is_passed_over()
    {
        var reader = new ContactReader(new HashSet<CustomerKey> { Ann }, AsOf);
        await reader.AddRecordsAsync(Records((Ann, "2019-01-01", ""), (AnnToo, "2019-01-01", "")), default);
        Assert.Equal("Inactive 2022-01-01 ", Told(reader));
        Assert.Empty(reader.Build(_ => AsOf.AddYears(-2), AsOf));
        // Without dates nobody can say.
        var unknown = new ContactReader(new HashSet<CustomerKey> { Ann }, AsOf);
        await unknown.AddRecordsAsync(Records((Ann, "", "")), default);
        Assert.Empty(unknown.Build(_ => null, AsOf));
    }

    private static string Told(ContactReader reader) => string.Join(
        '|', reader.Build(_ => null, AsOf).SelectMany(customer => customer.Value).Select(flag => $"{flag.State} {flag.Since:yyyy-MM-dd} {flag.Channel}"));

    private static MemoryStream Messages(CustomerKey key, string channel, string steps) => new(Encoding.UTF8.GetBytes(
        "key,messageId,timestamp,channel,campaign,action\n"
        + string.Concat(steps.Split(',').Select((step, number) => $"{key},M{number},{step.Split(' ')[1]}T00:00:00Z,{channel},,{step.Split(' ')[0]}\n"))));

    private static MemoryStream Records(params (CustomerKey Key, string Created, string Updated)[] records) => new(Encoding.UTF8.GetBytes(
        "key,createdAt,updatedAt\n" + string.Concat(records.Select(record => $"{record.Key},{Time(record.Created)},{Time(record.Updated)}\n"))));

    private static string Time(string day) => day.Length == 0 ? "" : day + "T00:00:00Z";
}
