using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Memberships;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;

namespace SegFunctions.App.Tests.Functions;

/// <summary>What marketing tools ask and get.</summary>
public sealed class ServingTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private ServedApp App => shop.App;

    [Theory]
    [InlineData("GET", "customers/C0003/memberships")]
    [InlineData("POST", "memberships/lookup")]
    [InlineData("GET", "segments")]
    [InlineData("GET", "segments/stage:active")]
    [InlineData("GET", "segments/stage:active/members")]
    [InlineData("GET", "uploads")]
    [InlineData("GET", "uploads/x")]
    [InlineData("GET", "uploads/x/quarantine")]
    [InlineData("GET", "runs")]
    [InlineData("GET", "runs/x")]
    [InlineData("POST", "runs")]
    [InlineData("GET", "orchestrations")]
    public async Task Without_key_nothing_is_told(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + address);
        using var answer = await App.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Health_needs_no_key_and_tells_the_run()
    {
        var health = await App.Anonymous.GetFromJsonAsync<JsonElement>("/api/v1/health");
        Assert.Equal(("ok", shop.RunId), (health.GetProperty("status").GetString(), health.GetProperty("run").GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("customers/nobody/memberships")]
    [InlineData("customers/key:aaaaaaaaaaaaaaaaaaaaaaaaaa/memberships")]
    [InlineData("customers/C0003/memberships?source=other")]
    [InlineData("customers/caf%C3%A9%20%E2%98%95/memberships")]
    [InlineData("segments/stage:none")]
    [InlineData("segments/STAGE:ACTIVE")]
    [InlineData("segments/stage:none/members")]
    [InlineData("segments/%7C'%20or%20true/members")]
    [InlineData("uploads/none")]
    [InlineData("uploads/..")]
    [InlineData("uploads/x/quarantine")]
    [InlineData("runs/none")]
    [InlineData("runs/20260304T050607123Z-ffff")]
    [InlineData("orchestrations/none")]
    [InlineData("nothing")]
    public async Task Unknown_things_answer_404_with_problem_details(string address) => await ProblemAsync(address, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("customers/key:short/memberships")]
    [InlineData("customers/%20/memberships")]
    [InlineData("customers/a%2Fb/memberships")]
    [InlineData("segments?kind=colour")]
    [InlineData("segments?kind=1")]
    [InlineData("segments/stage:active/members?top=0")]
    [InlineData("segments/stage:active/members?top=1001")]
    [InlineData("segments/stage:active/members?top=ten")]
    [InlineData("segments/stage:active/members?continuation=forged")]
    [InlineData("segments/stage:active/members?continuation=*")]
    public async Task Questions_that_make_no_sense_answer_400_and_say_why(string address)
    {
        var problem = await ProblemAsync(address, HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("detail").GetString()!.Length > 10);
    }

    [Fact]
    public async Task Id_of_500_characters_is_an_id_like_any_other() =>
        await ProblemAsync($"customers/{new string('x', 500)}/memberships", HttpStatusCode.NotFound);

    [Theory]
    [InlineData("POST", "segments")]
    [InlineData("DELETE", "runs")]
    [InlineData("GET", "memberships/lookup")]
    public async Task Other_methods_answer_405(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + address);
        using var answer = await App.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Raw_id_and_key_give_the_same_customer()
    {
        var byId = await App.Client.GetStringAsync("/api/v1/customers/%20C0003%20/memberships");
        var key = JsonElement.Parse(byId).GetProperty("customer").GetString();

        Assert.Equal(byId, await App.Client.GetStringAsync($"/api/v1/customers/key:{key}/memberships"));
        Assert.Equal(App.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", "C0003").ToString(), key);
    }

    [Theory]
    [InlineData("customers/C0003/memberships")]
    [InlineData("segments")]
    [InlineData("segments?kind=stage")]
    [InlineData("segments/stage:active")]
    [InlineData("segments/stage:active/members?top=3")]
    public async Task Known_answers_cost_no_bytes(string address)
    {
        using var first = await App.Client.GetAsync("/api/v1/" + address);
        var tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(tag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync($"\"other\", W/{tag}"));
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync("*"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("\"other\""));
        if (!address.Contains("members?", StringComparison.Ordinal))
            Assert.Equal(HttpStatusCode.OK, await AskAsync(tag.ToString(), "fr"));

        async Task<HttpStatusCode> AskAsync(string known, string? language = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + address);
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            using var answer = await App.Client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotModified)
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("?lang=fr", null, true)]
    [InlineData("?lang=fr-CA", "en", true)]
    [InlineData("?lang=de", "fr", false)]
    [InlineData("", "fr-FR,fr;q=0.9,en;q=0.8", true)]
    [InlineData("", "en;q=0.9, fr;q=0.5", false)]
    [InlineData("", "de", false)]
    [InlineData("", "!!", false)]
    public async Task Names_come_in_the_language_that_is_asked_for(string query, string? accepted, bool isFrench)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/segments" + query);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var answer = await App.Client.SendAsync(request);
        var french = await App.Client.GetStringAsync("/api/v1/segments?lang=fr");
        var english = await App.Client.GetStringAsync("/api/v1/segments?lang=en");

        Assert.NotEqual(english, french);
        Assert.Equal(isFrench ? french : english, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Look_up_answers_each_id_in_its_place()
    {
        var key = App.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", "C0001");
        var found = await LookUpAsync(new { ids = new[] { "C0003", "nobody", "C0003", $"key:{key}", "a/b" } });

        var results = found.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["C0003", "nobody", "C0003", $"key:{key}", "a/b"], results.Select(result => result.GetProperty("id").GetString()));
        Assert.Equal([true, false, true, true, false], results.Select(result => result.GetProperty("customer").ValueKind == JsonValueKind.Object));
        var alone = await App.GetAsync("/api/v1/customers/C0003/memberships");
        Assert.Equal(alone.ToString(), results[0].GetProperty("customer").ToString());
        Assert.Equal(100, (await LookUpAsync(new { ids = Enumerable.Range(0, 100).Select(SomeOrders.Id) })).GetProperty("results").GetArrayLength());

        async Task<JsonElement> LookUpAsync(object body)
        {
            using var answer = await App.PostAsync("/api/v1/memberships/lookup", body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Theory]
    [InlineData("""{ "ids": [] }""", "0 ids")]
    [InlineData("{}", "0 ids")]
    [InlineData("null", "null")]
    [InlineData("""{ "ids": [""", "line 1")]
    [InlineData("""{ "ids": "C0003" }""", "$.ids")]
    [InlineData("""{ "ids": ["C0003", null] }""", "ids[1]")]
    [InlineData("""{ "ids": ["key:x"] }""", "ids[0]")]
    [InlineData("[]", "$")]
    public async Task Look_up_of_nonsense_answers_400_with_its_place(string body, string expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await App.Client.PostAsync("/api/v1/memberships/lookup", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_up_of_101_ids_is_refused()
    {
        using var answer = await App.PostAsync("/api/v1/memberships/lookup", new { ids = Enumerable.Range(0, 101).Select(SomeOrders.Id) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("101 ids", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "asOf": "yesterday" }""")]
    [InlineData("""{ "seed": "one" }""")]
    [InlineData("{")]
    public async Task Run_that_is_asked_for_wrongly_is_not_started(string body)
    {
        var before = (await App.GetAsync("/api/v1/runs")).GetProperty("runs").GetArrayLength();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await App.Client.PostAsync("/api/v1/runs", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, (await App.GetAsync("/api/v1/runs")).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Members_are_listed_page_by_page_each_once()
    {
        var segment = (await App.GetAsync("/api/v1/segments")).GetProperty("segments")[0];
        var id = segment.GetProperty("id").GetString();
        var seen = new List<string>();
        var address = $"/api/v1/segments/{id}/members?top=7";
        string? token = null;
        do
        {
            var page = await App.GetAsync(token is null ? address : $"{address}&continuation={token}");
            seen.AddRange(page.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("customer").GetString()!));
            token = page.GetProperty("continuation").GetString();
        }
        while (token is not null);

        Assert.Equal(segment.GetProperty("members").GetInt32(), seen.Count);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Continuation_belongs_to_its_segment()
    {
        var segments = (await App.GetAsync("/api/v1/segments")).GetProperty("segments");
        var (one, other) = (segments[0].GetProperty("id").GetString(), segments[1].GetProperty("id").GetString());
        var token = (await App.GetAsync($"/api/v1/segments/{one}/members?top=1")).GetProperty("continuation").GetString();

        await ProblemAsync($"segments/{other}/members?continuation={token}", HttpStatusCode.BadRequest);
        using var right = await App.Client.GetAsync($"/api/v1/segments/{one}/members?continuation={token}");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public void Tokens_read_back_as_they_were_and_nothing_else_does()
    {
        var token = new PageToken("rfm:champions", 12, new CustomerKey(UInt128.MaxValue - 5));
        Assert.True(PageToken.TryParse(token.ToString(), "rfm:champions", out var read));
        Assert.Equal(token, read);
        var text = token.ToString();
        for (var cut = 0; cut < text.Length; cut++)
            Assert.False(PageToken.TryParse(text[..cut], "rfm:champions", out _));
        foreach (var forged in new[] { "", "****", "1|rfm:champions|12|x", "MXxyZm06Y2hhbXBpb25zfC0xfHg", new string('A', 4000) })
            Assert.False(PageToken.TryParse(forged, "rfm:champions", out _));
    }

    [Fact]
    public async Task Upload_tells_its_report_and_where_its_refused_rows_are()
    {
        var upload = await App.GetAsync($"/api/v1/uploads/{shop.UploadId}");
        Assert.Equal(1, upload.GetProperty("report").GetProperty("rows").GetProperty("refused").GetInt32());
        var quarantine = await App.Client.GetStringAsync(upload.GetProperty("quarantine").GetString());
        Assert.Contains("2025-13-45", quarantine, StringComparison.Ordinal);
        Assert.Equal(2, quarantine.TrimEnd().Split('\n').Length);

        var listed = (await App.GetAsync("/api/v1/uploads")).GetProperty("uploads");
        Assert.Equal(["accepted", "accepted", "accepted", "failed"], listed.EnumerateArray().Select(entry => entry.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Every_address_stands_in_the_openapi_document()
    {
        var paths = (await App.Anonymous.GetFromJsonAsync<JsonElement>("/api/openapi.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var path in new[]
        {
            "customers/{id}/memberships", "memberships/lookup", "segments", "segments/{id}", "segments/{id}/members", "uploads", "uploads/{id}",
            "uploads/{id}/quarantine", "runs", "runs/{id}", "health",
        })
        {
            Assert.Contains(paths, found => found.EndsWith("/v1/" + path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Look_at_a_customer_is_one_read_beside_what_is_kept()
    {
        var reads = new List<StorageCall>();
        var time = new SegFunctions.Testing.ManualTimeProvider();
        var storage = SegFunctions.Storage.StorageAccount.InMemory(time);
        await using var app = await ServedApp.StartAsync(time: time, storage: storage, watch: call =>
        {
            lock (reads)
                reads.Add(call);
            return Task.CompletedTask;
        });
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(6));
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromSeconds(2));
        using (await app.Client.GetAsync("/api/v1/customers/C0001/memberships"))
            reads.Clear();

        using var answer = await app.Client.GetAsync("/api/v1/customers/C0002/memberships");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["Identities", "Memberships"], reads.Where(call => call.IsDone && !call.IsWrite).Select(call => call.Resource));
        Assert.Equal("Audit", Assert.Single(reads, call => call.IsDone && call.IsWrite).Resource);
    }

    [Fact]
    public async Task Run_that_grows_old_is_called_stale_and_listings_go_on_across_a_switch()
    {
        await using var app = await ServedApp.StartAsync();
        using (var early = await app.Client.GetAsync("/api/v1/segments"))
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        using (var early = await app.Client.GetAsync("/api/v1/customers/C0001/memberships"))
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv());
        app.Time.Advance(TimeSpan.FromSeconds(2));
        await app.RunAsync();
        using var fresh = await app.Client.GetAsync("/api/v1/customers/C0001/memberships");
        var id = (await app.GetAsync("/api/v1/segments")).GetProperty("segments")[0].GetProperty("id").GetString();
        var whole = Members(await app.GetAsync($"/api/v1/segments/{id}/members"));
        var page = await app.GetAsync($"/api/v1/segments/{id}/members?top=2");

        app.Time.Advance(TimeSpan.FromHours(37));
        using var old = await app.Client.GetAsync("/api/v1/customers/C0001/memberships");
        Assert.True((await old.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("run").GetProperty("stale").GetBoolean());
        Assert.NotEqual(fresh.Headers.ETag, old.Headers.ETag);

        // Most members leave with the next run; the listing still shows the run that it began with.
        await app.TakeInAsync("orders/later.csv", SomeOrders.Header + SomeOrders.Line("L1", new DateTime(2026, 3, 5), "C0001"));
        await app.RunAsync(new { asOf = "2028-03-05T00:00:00Z" });
        app.Time.Advance(TimeSpan.FromSeconds(2));
        var rest = await app.GetAsync($"/api/v1/segments/{id}/members?continuation={page.GetProperty("continuation").GetString()}");
        Assert.Equal(whole, Members(page).Concat(Members(rest)));

        // With the one after it, that run is given up.
        await app.RunAsync();
        using var gone = await app.Client.GetAsync($"/api/v1/segments/{id}/members?continuation={page.GetProperty("continuation").GetString()}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("too old", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        static string[] Members(JsonElement page) => [.. page.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("customer").GetString()!)];
    }

    [Fact]
    public async Task Reader_with_an_older_run_in_mind_still_finds_customers()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(12));
        await app.RunAsync(new { asOf = "2026-02-21T00:00:00Z" });
        // The clock stands: what was read of the current run is used again, while two more runs replace every row.
        using (await app.Client.GetAsync("/api/v1/customers/C0001/memberships"))
        {
        }

        await app.RunAsync(new { asOf = "2026-02-25T00:00:00Z" });
        await app.RunAsync(new { asOf = "2026-03-01T00:00:00Z" });

        using var answer = await app.Client.GetAsync("/api/v1/customers/C0001/memberships");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var listed = await app.Client.GetAsync("/api/v1/segments/stage:active/members");
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
    }

    private async Task<JsonElement> ProblemAsync(string address, HttpStatusCode expected)
    {
        using var answer = await App.Client.GetAsync("/api/v1/" + address);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
