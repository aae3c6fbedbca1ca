using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Ways back in, ways past an erasure, and ways to learn what nobody may be told.</summary>
public sealed class AdversaryTests
{
    private const string People = "customer_id,given_name,family_name,email,phone,country\n";

    /// <summary>Rows without an id are recognised by their contacts, however somebody spells them.</summary>
    [Theory]
    [InlineData("PAULA.QUILL@GMAIL.COM")]
    [InlineData("paulaquill@gmail.com")]
    [InlineData("p.a.u.l.a.quill+news@googlemail.com")]
    [InlineData("Paula Quill <paula.quill@gmail.com>")]
    [InlineData("pàula.quìll@gmail.com")]
    [InlineData("+49 (0) 30 / 55 50 17 76")]
    [InlineData("030-55501776")]
    [InlineData("0049.30.5550.1776")]
    public async Task Erased_person_does_not_come_back_under_a_respelled_address(string spelling)
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("customers/people.csv", People + "P7,Paula,Quill,paula.quill@gmail.com,+49 30 55501776,DE\nC0001,Ann,Miller,ann@example.org,+44 20 7946 0958,GB\n");
        await EraseAsync(app, "P7");

        var back = await app.TakeInAsync("customers/back.csv", People + $",,,\"{spelling}\",,DE\n,,,,\"{spelling}\",DE\nC0002,Bob,Baker,bob@example.org,+44 20 7946 0000,GB\n");

        Assert.Equal((1L, 2L), (back.Rows!.Accepted, back.Rows.Refused));
        Assert.Empty(await Erasing.SearchAsync(app.Storage, spelling));
    }

    [Fact]
    public async Task Everything_under_another_address_of_the_person_goes_too_and_whom_a_human_set_apart_stays()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("customers/people.csv", People
            + "P7,Zqxjone,Quill,zqxj.one@example.org,,DE\n"
            + "P8,Zqxjtwo,Quill,zqxj.two@example.org,,DE\n"
            + "P9,Other,Quirk,other@example.org,,DE\n");
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        var (one, two, other) = (keys.Derive("default", "P7"), keys.Derive("default", "P8"), keys.Derive("default", "P9"));
        var now = app.Time.GetUtcNow();
        await app.Services.GetRequiredService<IdentityTable>().WriteAsync(
            [new(one, one, 1, [one, two, other], [], 0, now), new(two, one, 1, [], [], 0, now), new(other, one, 0.9, [], [], 0, now)], default);
        // Undone a moment ago; no refresh has followed it yet.
        Assert.Equal(2, (await app.Services.GetRequiredService<IdentityDecisions>().UndoAsync(other, "somebody", default)).Count);

        var told = await app.GetAsync("/api/v1/customers/P7/privacy/access");
        Assert.Contains("zqxj.two@example.org", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("other@example.org", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("zqxj", (await app.GetAsync("/api/v1/customers/P9/privacy/access")).ToString(), StringComparison.OrdinalIgnoreCase);
        await EraseAsync(app, "P8");

        Assert.Empty(await Erasing.SearchAsync(app.Storage, "zqxj", one.ToString(), two.ToString()));
        Assert.NotEmpty(await Erasing.SearchAsync(app.Storage, "other@example.org"));
    }

    [Fact]
    public async Task Asked_for_twice_it_is_done_twice_and_ends_twice()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        var address = $"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure";
        for (var time = 0; time < 2; time++)
        {
            using var asked = await app.Client.PostAsync(address, null);
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        Assert.Equal("completed", (await Erasing.FinishAsync(app)).GetProperty("status").GetString());
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("completed", (await Erasing.EraseAsync(app)).GetProperty("status").GetString());
        Assert.Single(await app.Services.GetRequiredService<ErasureTable>().ListAsync(default));
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task Refresh_that_publishes_meanwhile_does_not_bring_the_person_back()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        using (var run = await app.PostAsync("/api/v1/runs", new { }))
            Assert.True(run.IsSuccessStatusCode);
        var person = PlantedPerson.Keys(app.Services.GetRequiredService<CustomerKeyDerivation>())[0];
        while (!(await Erasing.SearchAsync(app.Storage, person)).Contains("table Memberships"))
            await app.PumpAsync(stopAfter: 1);
        Assert.Null(await app.Services.GetRequiredService<RunTable>().FindCurrentAsync(default));

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
        Assert.NotNull(await app.Services.GetRequiredService<RunTable>().FindCurrentAsync(default));
    }

    [Fact]
    public async Task Answer_about_somebody_erased_is_that_about_somebody_who_never_was()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        await Erasing.EraseAsync(app);

        foreach (var address in new[] { "privacy/access", "privacy/access?format=html", "memberships", "identity", "consents" })
        {
            var (erased, never) = (await AskAsync(PlantedPerson.Id), await AskAsync("nobody-at-all"));
            Assert.True(never == erased, $"{address}: {never} {erased}");

            async Task<(HttpStatusCode Status, string Body)> AskAsync(string id)
            {
                using var answer = await app.Client.GetAsync($"/api/v1/customers/{id}/{address}");
                return (answer.StatusCode, Plain(await answer.Content.ReadAsStringAsync(), id));
            }
        }

        // Only whom the answer is about may differ, and that somebody has looked.
        string Plain(string body, string id)
        {
            var key = app.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", id).ToString();
            body = body.Replace(key, "KEY", StringComparison.Ordinal).Replace(id, "ID", StringComparison.Ordinal);
            if (!body.StartsWith('{') || !JsonDocument.Parse(body).RootElement.TryGetProperty("audit", out var audit))
                return System.Text.RegularExpressions.Regex.Replace(body, "<tr><td>[0-9T:. -]+.*?</tr>\\s*|traceId\":\"[0-9a-f]+", "", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(1));
            return body.Replace(audit.GetRawText(), "[]", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Row_of_somebody_else_that_names_the_person_is_not_told_to_the_person()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        await app.TakeInAsync("tickets/others.csv", "ticket_id,customer_id,timestamp,topic,text\nT8,C0002,some day,delivery,my neighbour Zqxjgiven Zqxjfamily shouts and I am ill\n");

        var told = (await app.GetAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/access")).ToString();

        Assert.Contains("zqxjrefused", told, StringComparison.Ordinal);
        Assert.DoesNotContain("I am ill", told, StringComparison.Ordinal);
        // Where the person is erased, the name goes all the same.
        await Erasing.EraseAsync(app);
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    /// <summary>What programs write for letters: Python for JSON, a mail program for HTML.</summary>
    [Theory]
    [InlineData("{\"to\":\"Zqxjgiven\\u0020Zqxjf\\u0061mily\"}")]
    [InlineData("<p>for Zqxjgiven&nbsp;Zqxjfamily</p>")]
    [InlineData("mail&#58; zqxj&#46;mail&#64;example&#46;org")]
    public async Task Naming_behind_escapes_goes_from_accepted_rows_of_others(string text)
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        var quoted = text.Replace("\"", "\"\"", StringComparison.Ordinal);
        var others = await app.TakeInAsync("tickets/others.csv", $"ticket_id,customer_id,timestamp,topic,text\nT8,C0002,2026-02-03T10:00:00Z,delivery,\"{quoted}\"\n");
        Assert.Equal(1, others.Rows!.Accepted);

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task File_that_waits_goes_where_a_device_of_the_person_stands_in_it_that_others_use_too()
    {
        const string Header = "event_id,customer_id,anonymous_id,timestamp,type,url,properties\n";
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        await app.TakeInAsync("events/shared.csv", Header + $"S1,C0001,{PlantedPerson.Visitor},2026-02-02T10:00:00Z,view,https://shop/9,{{}}\n");
        for (var week = 0; week < 11; week++)
        {
            var rows = Enumerable.Range(0, week < 10 ? 40 : 900).Select(row => $"W{week}-{row},{SomeOrders.Id(row % 90)},,2026-02-{1 + week:00}T10:00:00Z,view,https://shop/{row},{{}}\n");
            var last = week < 10 ? "" : $"W{week}-x,,{PlantedPerson.Visitor},2026-02-{1 + week:00}T10:00:00Z,view,https://shop/zqxjwaiting,{{}}\n";
            await app.TakeInAsync($"events/week-{week}.csv", Header + string.Concat(rows) + last);
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Contains(await app.Services.GetRequiredService<UploadTable>().ListAsync(default), upload => upload is { Status: UploadStatus.Held, File: "events/week-10.csv" });
        Assert.NotEmpty(await Erasing.SearchAsync(app.Storage, "zqxjwaiting"));

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Equal(1, erasure.GetProperty("keys").GetInt32());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, "zqxjwaiting", "zqxjpage"));
    }

    [Fact]
    public async Task Name_of_a_product_goes_from_predictions_and_models_that_were_learned_of_it()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        var gifts = string.Concat(Enumerable.Range(0, 18).SelectMany(buyer => Enumerable.Range(0, 6).Select(order =>
            $"G{buyer}-{order},2026-01-{1 + (order * 4):00},{SomeOrders.Id(buyer)},MUG,Mug for Zqxjgiven Zqxjfamily,for Zqxjgiven Zqxjfamily,3,50\n")));
        await app.TakeInAsync("orders/gifts.csv", "order_id,order_date,customer_id,sku,description,category,quantity,unit_price\n" + gifts);
        for (var run = 0; run < 2; run++)
        {
            await app.RunAsync();
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var before = await Erasing.SearchAsync(app.Storage, "zqxjfamily");
        Assert.Contains("table Memberships", before);
        Assert.Contains(before, place => place.StartsWith("models/", StringComparison.Ordinal));
        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    private static async Task EraseAsync(ServedApp app, string id)
    {
        using (var asked = await app.Client.PostAsync($"/api/v1/customers/{id}/privacy/erasure", null))
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.Equal("completed", (await Erasing.FinishAsync(app, $"/api/v1/customers/{id}/privacy/erasure")).GetProperty("status").GetString());
    }
}
