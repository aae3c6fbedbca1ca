using System.Net;
using System.Text.Json;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Identity;

public sealed class IdentityTests
{
    private const string Wilhelmina = "Wilhelmina,Wackernagel,w.wackernagel@example.org,+33472102030,Mercièreweg-12,Lyon,QZ9W,1981-04-17\n";

    [Fact]
    public async Task A_person_under_two_ids_is_one_customer_until_a_human_says_otherwise()
    {
        await using var app = await ServedApp.StartAsync();
        await PersonUnderTwoIdsAsync(app);
    }

    [Fact]
    public async Task Two_spellings_of_a_company_are_one_customer()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40));
        await app.TakeInAsync("customers/companies.csv", SomePeople.Companies(30) + "F900,Hagelkorn Zirkon GmbH,Lyon,France\n");
        // Who came first gives the name: two uploads of one instant would leave that to chance.
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/more.csv", SomePeople.CompanyHeader + "F901,Hagelkorn Zirkon G.m.b.H.,Lyon,France\nF902,Hagelkorn Zirkon Healthineers GmbH,Lille,Germany\n");

        var run = await app.RunAsync();

        Assert.Equal(1, run.GetProperty("identity").GetProperty("merged").GetInt32());
        var identity = await app.GetAsync("/api/v1/customers/F901/identity");
        Assert.Equal(2, identity.GetProperty("members").GetArrayLength());
        Assert.Equal(identity.GetProperty("canonical").GetString(), (await app.GetAsync("/api/v1/customers/F900/identity")).GetProperty("customer").GetString());
        var link = Assert.Single(identity.GetProperty("links").EnumerateArray());
        Assert.Equal("model", link.GetProperty("kind").GetString());
        Assert.Contains(link.GetProperty("evidence").EnumerateArray(), evidence => evidence.GetProperty("field").GetString() == "company");
        Assert.Equal(1, (await app.GetAsync("/api/v1/customers/F902/identity")).GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task Doubtful_pairs_wait_and_a_decision_holds()
    {
        await using var app = await ServedApp.StartAsync();
        await TakeInDoubtAsync(app);
        await app.RunAsync();
        var open = await OpenAsync(app);
        Assert.NotEmpty(open);
        Assert.True(open.Length >= 2, $"{open.Length} wait");
        var (accepted, rejected) = (open[0], open[^1]);

        var answer = await DecideAsync(app, accepted, "accept");
        Assert.Equal("accepted", answer.GetProperty("status").GetString());
        await DecideAsync(app, rejected, "reject");

        // At once, by either key.
        var left = await app.GetAsync($"/api/v1/customers/key:{accepted.GetProperty("left").GetString()}/identity");
        var right = await app.GetAsync($"/api/v1/customers/key:{accepted.GetProperty("right").GetString()}/identity");
        Assert.Equal(left.GetProperty("canonical").GetString(), right.GetProperty("canonical").GetString());

        await app.RunAsync();
        Assert.Equal("decision", Assert.Single((await app.GetAsync($"/api/v1/customers/key:{accepted.GetProperty("left").GetString()}/identity")).GetProperty("links").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal(1, (await app.GetAsync($"/api/v1/customers/key:{rejected.GetProperty("left").GetString()}/identity")).GetProperty("members").GetArrayLength());
        Assert.DoesNotContain(await OpenAsync(app), review => review.GetProperty("id").GetString() == rejected.GetProperty("id").GetString());
        Assert.Single((await app.GetAsync("/api/v1/reviews?status=rejected")).GetProperty("reviews").EnumerateArray());
    }

    [Fact]
    public async Task Reviews_come_in_pages()
    {
        await using var app = await ServedApp.StartAsync();
        await TakeInDoubtAsync(app);
        await app.RunAsync();
        var all = await OpenAsync(app);

        var paged = new List<string?>();
        string? continuation = "";
        while (continuation is not null)
        {
            var page = await app.GetAsync($"/api/v1/reviews?top=1&continuation={continuation}");
            paged.AddRange(page.GetProperty("reviews").EnumerateArray().Select(review => review.GetProperty("id").GetString()));
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal(all.Select(review => review.GetProperty("id").GetString()), paged);
    }

    [Fact]
    public async Task A_visitor_who_signs_in_is_the_customer_and_a_shared_browser_nobody()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40));
        await app.TakeInAsync("events/web.csv", "event_id,event_type,timestamp,customer_id,anonymous_id\nE1,page,2026-01-01,C0001,V-alone\nE2,page,2026-01-02,C0002,V-shared\nE3,page,2026-01-03,C0003,V-shared\n");

        await app.RunAsync();

        Assert.Equal((await MembershipsAsync(app, "C0001")).Text, (await MembershipsAsync(app, "V-alone?source=anonymous")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await MembershipsAsync(app, "V-shared?source=anonymous")).Status);
    }

    [Fact]
    public async Task A_process_that_dies_anywhere_in_resolving_changes_nothing_of_the_result()
    {
        var expected = await ResultAsync(null);
        for (var moment = 1; ; moment += 4)
        {
            var cut = new CutOff();
            var result = await ResultAsync((app, cutOff) => cutOff.Arm(moment), cut);
            Assert.Equal(expected, result);
            if (!cut.HasFired || moment > 40)
                break;
        }
    }

    [Theory]
    [InlineData("/api/v1/reviews?status=maybe", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/reviews?top=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/reviews?continuation=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/reviews/x", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/customers/nobody/identity", HttpStatusCode.OK)]
    public async Task Questions_without_sense_are_told_so(string address, HttpStatusCode status)
    {
        await using var app = await ServedApp.StartAsync();
        using var answer = await app.Client.GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Tables_and_answers_hold_no_identifier()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40));
        await app.TakeInAsync("customers/a.csv", SomePeople.Csv(40) + "C9000," + Wilhelmina);
        await app.TakeInAsync("customers/b.csv", SomePeople.Header + "X9000," + Wilhelmina);
        await app.RunAsync();

        var held = (await app.GetAsync("/api/v1/customers/X9000/identity")).ToString();
        foreach (var table in new[] { "Identities", "Reviews" })
        {
            await foreach (var row in app.Storage.Tables.GetTableClient(table).QueryAsync<SegFunctions.Storage.Tables.TableEntity>())
                held += string.Join('\n', row.Values);
        }

        Assert.Contains("exact", held, StringComparison.Ordinal);
        // None of these can be a part of a key or a number in hexadecimal letters.
        foreach (var secret in new[] { "Wackernagel", "wackernagel", "Wilhelmina", "QZ9W", "qz9w", "C9000", "X9000", "1981-04-17", "19810417" })
            Assert.DoesNotContain(secret, held, StringComparison.Ordinal);
    }

    internal static async Task PersonUnderTwoIdsAsync(ServedApp app)
    {
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40) + SomeOrders.Line("X1", new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc), "W1", price: "100.00") + SomeOrders.Line("X2", new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), "W2", price: "50.00"));
        await app.TakeInAsync("customers/a.csv", SomePeople.Csv(40) + "W1," + Wilhelmina);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/b.csv", SomePeople.Header + "W2," + Wilhelmina.Replace("Wackernagel", "Wackernagl", StringComparison.Ordinal));
        var run = await app.RunAsync();
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(1, run.GetProperty("identity").GetProperty("merged").GetInt32());
        Assert.Equal(41, run.GetProperty("customers").GetInt32());

        var (one, other) = (await MembershipsAsync(app, "W1"), await MembershipsAsync(app, "W2"));
        Assert.Equal(HttpStatusCode.OK, one.Status);
        Assert.Equal(one.Text, other.Text);
        Assert.Contains("150", one.Text, StringComparison.Ordinal);
        using var lookup = await app.PostAsync("/api/v1/memberships/lookup", new { ids = new[] { "W1", "W2" } });
        var found = JsonDocument.Parse(await lookup.Content.ReadAsStringAsync()).RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("customer").ToString()).ToArray();
        Assert.Equal(found[0], found[1]);

        using var undo = await app.PostAsync("/api/v1/customers/W2/identity/undo", new { });
        Assert.Equal(HttpStatusCode.OK, undo.StatusCode);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        run = await app.RunAsync();
        Assert.Equal(0, run.GetProperty("identity").GetProperty("merged").GetInt32());
        Assert.Equal(42, run.GetProperty("customers").GetInt32());
        app.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual((await MembershipsAsync(app, "W1")).Text, (await MembershipsAsync(app, "W2")).Text);
        using var again = await app.PostAsync("/api/v1/customers/W2/identity/undo", new { });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    private static async Task TakeInDoubtAsync(ServedApp app)
    {
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40));
        await app.TakeInAsync("customers/a.csv", SomePeople.Csv(60)
            + "D1,Wilhelmina,Wackernagel,,,,Lyon,69002,\nD2,Kunigunde,Hagelkorn,,,,Lille,59000,\nD3,Ottokar,Zirkel,,,,Dijon,21000,1970-01-02\nD4,Anna,Albrecht,,,,Nantes,44000,\nD5,Balthasar,Silbermann,,,,,,1944-05-06\nD6,Rosamunde,Vogelsang,,,,Rennes,35000,1939-11-23\n");
        await app.TakeInAsync("customers/b.csv", SomePeople.Header
            + "E1,Wilhelmine,Wackernagl,,,,Lyon,,\nE2,Kunigunde,Hagelkorn,,,,Nantes,44000,\nE3,Otto,Zirkel,,,,Dijon,21000,1970-02-11\nE4,Anne,Albrecht,,,,Nantes,44100,\nE5,Balthasar,Silbermann,,,,,,1964-05-07\nE6,Rosa,Vogelsang,,,,Rennes,35000,1949-10-23\n");
    }

    private static async Task<JsonElement[]> OpenAsync(ServedApp app) => [.. (await app.GetAsync("/api/v1/reviews")).GetProperty("reviews").EnumerateArray()];

    private static async Task<JsonElement> DecideAsync(ServedApp app, JsonElement review, string decision)
    {
        using var answer = await app.PostAsync($"/api/v1/reviews/{review.GetProperty("id").GetString()}", new { decision });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<(HttpStatusCode Status, string Text)> MembershipsAsync(ServedApp app, string id)
    {
        var (name, query) = id.Split('?') is [var path, var rest] ? (path, "?" + rest) : (id, "");
        using var answer = await app.Client.GetAsync($"/api/v1/customers/{name}/memberships{query}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> ResultAsync(Action<ServedApp, CutOff>? arm, CutOff? cutOff = null)
    {
        await using var app = await ServedApp.StartAsync(watch: cutOff is null ? null : cutOff.WatchAsync);
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(20));
        await app.TakeInAsync("customers/a.csv", SomePeople.Csv(40) + "W1," + Wilhelmina + "D2,Kunigunde,Hagelkorn,,,,Lille,59000,\n");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/b.csv", SomePeople.Header + "W2," + Wilhelmina + "E2,Kunigunde,Hagelkorn,,,,Nantes,44000,\n");
        using var start = await app.PostAsync("/api/v1/runs", new { });
        // Planning comes first; then every write of resolving is cut once.
        await app.PumpAsync(stopAfter: 3);
        if (cutOff is not null)
            arm!(app, cutOff);
        await app.PumpAsync();
        cutOff?.Disarm();
        // A step that failed is tried again after a while.
        for (var tries = 0; tries < 3; tries++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(1));
            await app.PumpAsync();
        }

        var reviews = string.Join('\n', (await OpenAsync(app)).Select(review => review.GetProperty("id").GetString()));
        var identity = await app.GetAsync("/api/v1/customers/W2/identity");
        return $"{identity.GetProperty("canonical")} {identity.GetProperty("members")} {identity.GetProperty("links")}\n{reviews}";
    }
}
