using System.Text.Json;
using SegFunctions.App.Tests.Identity;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Refresh;

/// <summary>Contacts that are of no use any more are marked where marketing tools look.</summary>
public sealed class ContactTests
{
    private const string Messages = "message_id,customer_id,timestamp,channel,campaign,action\n";

    [Fact]
    public async Task Bounced_address_is_marked_until_a_message_arrives_again()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.TakeInAsync("messages/one.csv", Messages + "M1,C0000,2026-02-01T10:00:00Z,email,spring,bounced\nM2,C0003,2026-02-01T10:00:00Z,email,spring,delivered\n");
        await app.TakeInAsync("consents/words.csv", "customer_id,purpose,status,timestamp\nC0000,marketing,granted,2026-02-01T10:00:00Z\nC0003,marketing,granted,2026-02-01T10:00:00Z\n");
        await app.RunAsync();

        var bounced = Assert.Single((await ContactAsync(app, "C0000")).EnumerateArray());
        Assert.Equal(("bounced", "email"), (bounced.GetProperty("state").GetString(), bounced.GetProperty("channel").GetString()));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), bounced.GetProperty("since").GetDateTimeOffset());
        Assert.Contains("came back", bounced.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty((await ContactAsync(app, "C0003")).EnumerateArray());
        Assert.Equal([("C0000", "bounced"), ("C0003", "")], await TargetsAsync(app, "marketing"));
        // Who only looks is not charged for it.
        Assert.All(await TargetsAsync(app, "profiling"), target => Assert.Equal("not told", target.Contact));

        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("messages/two.csv", Messages + "M3,C0000,2026-02-02T10:00:00Z,email,spring,delivered\n");
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty((await ContactAsync(app, "C0000")).EnumerateArray());
        Assert.Equal([("C0000", ""), ("C0003", "")], await TargetsAsync(app, "marketing"));
    }

    [Fact]
    public async Task Older_record_of_a_merged_person_says_that_it_is_superseded()
    {
        const string Header = "customer_id,first_name,last_name,email,phone,street,city,postal_code,birth_date,updated_at\n";
        const string Person = "Wilhelmina,Wackernagel,w.wackernagel@example.org,+33472102030,Weg 12,Lyon,69002,1981-04-17";
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30) + SomeOrders.Line("W", new DateTime(2026, 1, 5), "W1"));
        await app.TakeInAsync("customers/crm.csv", SomePeople.Csv(60).Replace("\nC", "\nP", StringComparison.Ordinal));
        await app.TakeInAsync("customers/old.csv", Header + $"W1,{Person},2024-01-01\n");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/new.csv", Header + $"W2,{Person},2026-01-01\n");
        await app.RunAsync();

        Assert.Equal((await app.GetAsync("/api/v1/customers/W1/memberships")).GetProperty("customer").GetString(), (await app.GetAsync("/api/v1/customers/W2/memberships")).GetProperty("customer").GetString());
        Assert.Equal("superseded", Assert.Single((await ContactAsync(app, "W1")).EnumerateArray()).GetProperty("state").GetString());
        Assert.Empty((await ContactAsync(app, "W2")).EnumerateArray());
    }

    private static async Task<JsonElement> ContactAsync(ServedApp app, string id) => (await app.GetAsync($"/api/v1/customers/{id}/memberships")).GetProperty("contact");

    /// <summary>The two customers as the lists of members have them.</summary>
    private static async Task<(string Id, string Contact)[]> TargetsAsync(ServedApp app, string purpose)
    {
        var targets = new SortedSet<(string, string)>();
        foreach (var id in new[] { "C0000", "C0003" })
        {
            var customer = await app.GetAsync($"/api/v1/customers/{id}/memberships");
            var segment = customer.GetProperty("memberships")[0].GetProperty("segment").GetString();
            var members = (await app.GetAsync($"/api/v1/segments/{segment}/members?purpose={purpose}")).GetProperty("members").EnumerateArray();
            var contact = members.Single(member => member.GetProperty("customer").GetString() == customer.GetProperty("customer").GetString()).GetProperty("contact");
            targets.Add((id, contact.ValueKind == JsonValueKind.Null ? "not told" : string.Join(',', contact.EnumerateArray().Select(flag => flag.GetProperty("state").GetString()))));
        }

        return [.. targets];
    }
}
