using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Tests.Identity;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Who has not allowed a purpose is not told of for it: at once over HTTP, and with the next refresh in segments.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task Word_counts_with_the_next_request()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.RunAsync();
        const string address = "/api/v1/customers/C0001/memberships";

        // Nothing was said: the shop may look at its customers, and address nobody.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address + "?purpose=profiling"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, address + "?purpose=marketing"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(app, address + "?purpose=fun"));

        await SayAsync(app, "C0001", "marketing", "granted");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address + "?purpose=marketing"));
        Assert.Equal(["C0001"], await TargetsAsync(app));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(app, "C0001", "marketing", "denied");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, address + "?purpose=marketing"));
        Assert.Empty(await TargetsAsync(app));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address));
    }

    [Fact]
    public async Task Permission_ends_when_it_expires()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.TakeInAsync("consents/words.csv", "customer_id,purpose,status,timestamp,expires\nC0001,marketing,granted,2026-03-01T00:00:00Z,2026-03-05T00:00:00Z\n");
        await app.RunAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/v1/customers/C0001/memberships?purpose=marketing"));
        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/api/v1/customers/C0001/memberships?purpose=marketing"));
    }

    [Fact]
    public async Task Who_refuses_a_profile_is_left_out_of_the_next_refresh_and_comes_back_with_a_yes()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.TakeInAsync("consents/words.csv", "customer_id,purpose,status,timestamp\nC0001,profiling,denied,2026-03-01T00:00:00Z\nC0002,analytics,denied,2026-03-01T00:00:00Z\n");
        var run = await app.RunAsync();
        Assert.Equal(28, run.GetProperty("customers").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, "/api/v1/customers/C0001/memberships"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, "/api/v1/customers/C0002/memberships"));

        await SayAsync(app, "C0001", "profiling", "granted");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(29, (await app.RunAsync()).GetProperty("customers").GetInt32());
        app.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/v1/customers/C0001/memberships"));
    }

    [Fact]
    public async Task Everything_held_on_a_person_comes_as_json_and_as_a_page_and_is_written_down()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30) + "X1,2025-13-45,C0001,SKU1,1,10.00,France\n");
        await app.TakeInAsync("customers/people.csv", "customer_id,given_name,family_name,email,city\nC0001,Ann,<b>Miller</b>,ann@example.org,Leeds\nC0002,Bob,Brown,bob@example.org,York\n");
        await app.RunAsync();
        await SayAsync(app, "C0001", "marketing", "granted");

        var answer = await app.GetAsync("/api/v1/customers/C0001/privacy/access");
        Assert.Equal("ann@example.org", Assert.Single(answer.GetProperty("identifiers").EnumerateArray()).GetProperty("values").GetProperty("email").GetString());
        Assert.Equal(["orders", "customers"], answer.GetProperty("datasets").EnumerateArray().Select(dataset => dataset.GetProperty("dataset").GetString()));
        Assert.Contains("2025-13-45", Assert.Single(answer.GetProperty("refused").EnumerateArray()).GetProperty("values").GetProperty("raw").GetString()!, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(answer.GetProperty("memberships").EnumerateArray()).GetProperty("memberships").EnumerateArray());
        Assert.DoesNotContain("bob@example.org", answer.ToString(), StringComparison.Ordinal);

        var page = await app.Client.GetStringAsync("/api/v1/customers/C0001/privacy/access?format=html&lang=fr");
        Assert.Contains("<h1>Ce que nous savons de vous</h1>", page, StringComparison.Ordinal);
        Assert.Contains("ann@example.org", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Miller&lt;/b&gt;", page, StringComparison.Ordinal);

        var audit = await app.GetAsync("/api/v1/customers/C0001/privacy/audit");
        Assert.Equal(["consent granted", "access", "access", "audit"], audit.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()));
        Assert.Equal("audit", Assert.Single((await app.GetAsync("/api/v1/customers/C0002/privacy/audit")).GetProperty("entries").EnumerateArray()).GetProperty("what").GetString());
    }

    [Fact]
    public async Task Look_up_for_a_purpose_reads_the_word_on_it_once()
    {
        var reads = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var app = await ServedApp.StartAsync(watch: call =>
        {
            if (!call.IsWrite && !call.IsDone)
                reads.AddOrUpdate(call.Resource, 1, (_, count) => count + 1);
            return Task.CompletedTask;
        });
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.RunAsync();
        await SayAsync(app, "C0001", "marketing", "granted");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        reads.Clear();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/v1/customers/C0001/memberships?purpose=marketing"));
        Assert.Equal((1, 1, 1), (reads["Consents"], reads["Tombstones"], reads["Memberships"]));
        reads.Clear();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/v1/customers/C0001/memberships"));
        Assert.False(reads.ContainsKey("Consents"));
    }

    [Fact]
    public async Task Word_under_one_id_counts_for_all_ids_of_the_person()
    {
        const string Person = "Wilhelmina,Wackernagel,w.wackernagel@example.org,+33472102030,Weg 12,Lyon,69002,1981-04-17\n";
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30) + SomeOrders.Line("W", new DateTime(2026, 1, 5), "W1") + SomeOrders.Line("X", new DateTime(2026, 1, 6), "W2"));
        await app.TakeInAsync("customers/crm.csv", SomePeople.Csv(60).Replace("\nC", "\nP", StringComparison.Ordinal) + "W1," + Person);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/web.csv", SomePeople.Header + "W2," + Person);
        // Said under the one in a file, before anybody knew that they are one.
        await app.TakeInAsync("consents/words.csv", "customer_id,purpose,status,timestamp\nW2,marketing,granted,2026-03-01T00:00:00Z\n");
        var run = await app.RunAsync();
        Assert.Equal(1, run.GetProperty("identity").GetProperty("merged").GetInt32());
        Assert.Equal(31, run.GetProperty("customers").GetInt32());
        var canonical = await app.GetAsync("/api/v1/customers/W1/memberships?purpose=marketing");
        Assert.Equal(canonical.GetProperty("customer").GetString(), (await app.GetAsync("/api/v1/customers/W2/memberships?purpose=marketing")).GetProperty("customer").GetString());
        Assert.True(await IsListedAsync());

        // And the newest word, under either, is the person's.
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(app, "W1", "marketing", "denied");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/api/v1/customers/W1/memberships?purpose=marketing"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/api/v1/customers/W2/memberships?purpose=marketing"));
        Assert.False(await IsListedAsync());
        await SayAsync(app, "W2", "profiling", "denied");
        Assert.Equal(30, (await app.RunAsync()).GetProperty("customers").GetInt32());

        async Task<bool> IsListedAsync()
        {
            var segment = canonical.GetProperty("memberships")[0].GetProperty("segment").GetString();
            var members = await app.GetAsync($"/api/v1/segments/{segment}/members?purpose=marketing");
            return members.GetProperty("members").EnumerateArray().Any(member => member.GetProperty("customer").GetString() == canonical.GetProperty("customer").GetString());
        }
    }

    [Fact]
    public async Task Page_of_members_is_written_down_as_one_entry()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
        await app.RunAsync();
        var segment = (await app.GetAsync("/api/v1/segments")).GetProperty("segments")[0];
        await app.GetAsync($"/api/v1/segments/{segment.GetProperty("id").GetString()}/members?top=2&purpose=profiling");
        var entry = Assert.Single(await app.Services.GetRequiredService<AuditLog>().ListAsync(AuditLog.Listings, default));
        Assert.StartsWith($"2 members of {segment.GetProperty("id").GetString()} in run ", entry.What, StringComparison.Ordinal);
        Assert.Equal(("api-key", "profiling"), (entry.Who, entry.Purpose));
    }

    private static async Task<HttpStatusCode> StatusAsync(ServedApp app, string address)
    {
        using var answer = await app.Client.GetAsync(address);
        return answer.StatusCode;
    }

    private static async Task SayAsync(ServedApp app, string id, string purpose, string status)
    {
        using var answer = await app.PostAsync($"/api/v1/customers/{id}/consents", new { purpose, status, source = "test" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Ids of the customers that marketing may address, over all segments.</summary>
    private static async Task<IReadOnlyList<string>> TargetsAsync(ServedApp app)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var number in Enumerable.Range(0, 30))
        {
            var id = SomeOrders.Id(number);
            using var answer = await app.Client.GetAsync($"/api/v1/customers/{id}/memberships");
            if (answer.IsSuccessStatusCode)
                known[JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("customer").GetString()!] = id;
        }

        var targets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var segment in (await app.GetAsync("/api/v1/segments")).GetProperty("segments").EnumerateArray())
        {
            var members = await app.GetAsync($"/api/v1/segments/{segment.GetProperty("id").GetString()}/members?purpose=marketing");
            targets.UnionWith(members.GetProperty("members").EnumerateArray().Select(member => known[member.GetProperty("customer").GetString()!]));
        }

        return [.. targets];
    }
}
