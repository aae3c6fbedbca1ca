using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>The erased person is named in accepted rows of other customers.</summary>
public sealed class MentionTests
{
    private const string Name = "Zqxjgiven Zqxjfamily";

    [Fact]
    public async Task Naming_of_the_person_goes_from_rows_of_others_and_the_rows_stay()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        await DropMentionsAsync(app);
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var before = await CountAsync(app);
        Assert.Contains("Mug for " + Name, await LakeAsync(app, "orders"), StringComparison.Ordinal);
        Assert.Contains("my neighbour " + Name, await LakeAsync(app, "tickets"), StringComparison.Ordinal);

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
        Assert.Equal(7, erasure.GetProperty("stores").EnumerateArray().Single(store => store.GetProperty("store").GetString() == "lake").GetProperty("masked").GetInt64());
        Assert.Contains("Mug for [erased]", await LakeAsync(app, "orders"), StringComparison.Ordinal);
        Assert.Contains("it was my neighbour [erased], not me", await LakeAsync(app, "tickets"), StringComparison.Ordinal);
        // Of the person's own there were 12 orders, 2 events, a message, a ticket, a word, a campaign and the record.
        Assert.Equal(before - 19, await CountAsync(app));

        // The row index follows: the masked row comes again and is a duplicate.
        var again = await app.TakeInAsync("tickets/again.csv", "ticket_id,customer_id,timestamp,topic,text\nT8,C0002,2026-02-03T10:00:00Z,delivery,\"it was my neighbour [erased], not me\"\n");
        Assert.Equal((0L, 1L), (again.Rows!.Accepted, again.Rows.Duplicates));
        Assert.Equal("completed", (await app.RunAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Name_that_very_many_rows_bear_is_the_name_of_a_thing()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        var brand = string.Concat(Enumerable.Range(0, 25).Select(row => $"B{row},2026-01-02,{SomeOrders.Id(row)},P1,{Name} jeans,1,50\n"));
        await app.TakeInAsync("orders/brand.csv", "order_id,order_date,customer_id,sku,description,quantity,unit_price\n" + brand);
        await app.TakeInAsync("tickets/desk2.csv", $"ticket_id,customer_id,timestamp,topic,text\nT8,C0002,2026-02-03T10:00:00Z,delivery,write to {Name} at zqxj.MAIL at Zqxjstreet 7\n");

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Contains(Name + " jeans", await LakeAsync(app, "orders"), StringComparison.Ordinal);
        // What one person has alone goes all the same.
        Assert.Contains($"write to {Name} at zqxj.MAIL at [erased]", await LakeAsync(app, "tickets"), StringComparison.Ordinal);
    }

    private static async Task DropMentionsAsync(ServedApp app)
    {
        foreach (var (name, content) in new[]
        {
            ("orders/gifts.csv", $"order_id,order_date,customer_id,sku,description,quantity,unit_price,gift_for\nG1,2026-01-02,C0002,MUG,Mug for {Name},1,9\nG2,2026-01-03,C0003,MUG,Mug,1,9,\nG3,2026-01-04,C0004,PEN,Pen,1,2,{PlantedPerson.Id}\n".Replace("1,9\nG2", "1,9,\nG2", StringComparison.Ordinal)),
            ("tickets/others.csv", $"ticket_id,customer_id,timestamp,topic,text\nT8,C0002,2026-02-03T10:00:00Z,delivery,\"it was my neighbour {Name}, not me\"\n"),
            ("campaigns/personal.csv", $"campaign_id,customer_id,timestamp,arm,converted\nmeet-{Name.Replace(' ', '-')},C0002,2026-02-03T10:00:00Z,treatment,no\n"),
            ("messages/personal.csv", $"message_id,customer_id,timestamp,channel,campaign,action\nM8,C0002,2026-02-03T10:00:00Z,email,Meet {Name},sent\n"),
            ("events/others.csv", $"event_id,customer_id,timestamp,type,url,properties\nE8,C0002,2026-02-03T10:00:00Z,view,https://shop/?to={Uri.EscapeDataString(PlantedPerson.Mail)},\"{{\"\"to\"\":\"\"zqxjfamily, ZQXJGIVEN\"\"}}\"\n"),
            ("consents/others.csv", $"customer_id,purpose,status,timestamp,source,proof\nC0002,analytics,granted,2026-02-03T10:00:00Z,desk,said to {Name}\n"),
        })
        {
            var upload = await app.TakeInAsync(name, content);
            Assert.Equal(0, upload.Rows!.Refused);
            app.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<long> CountAsync(ServedApp app)
    {
        long rows = 0;
        foreach (var dataset in new[] { "orders", "customers", "events", "messages", "tickets", "consents", "campaigns" })
            rows += (await app.Services.GetRequiredService<Lake>().ListAsync(dataset, default)).Sum(upload => upload.Rows);
        return rows;
    }

    private static async Task<string> LakeAsync(ServedApp app, string dataset)
    {
        var lake = app.Services.GetRequiredService<Lake>();
        var text = new StringBuilder();
        foreach (var upload in await lake.ListAsync(dataset, default))
        {
            foreach (var part in upload.Parts)
            {
                await using var rows = await CanonicalReader.OpenAsync(await lake.OpenPartAsync(upload, part, default), default);
                while (await rows.FillAsync(default))
                {
                    while (rows.Next())
                        text.Append(Encoding.UTF8.GetString(rows.Row)).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
