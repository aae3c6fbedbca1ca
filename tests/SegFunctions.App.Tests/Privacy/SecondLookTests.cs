using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>What was read and found clear of a person is not read again, and nothing is taken for clear that is not.</summary>
public sealed class SecondLookTests
{
    [Fact]
    public async Task Only_the_search_at_the_end_reads_again_what_does_not_hold_the_person()
    {
        var (few, many) = (await OpenedAsync(others: 3), await OpenedAsync(others: 9));

        // Of six files more, one part and one file each: the first look reads them, nothing after it, and the search at the end reads rows and packed bytes.
        Assert.Equal((6, 6), (many.First.Lake - few.First.Lake, many.First.Uploads - few.First.Uploads));
        Assert.Equal((few.Second, few.Steps), (many.Second, many.Steps));
        // Index and manifest lie beside the part: each is read as it is, and as no codec packs it.
        Assert.Equal((6 * (2 + 4), 6), (many.Rescan.Lake - few.Rescan.Lake, many.Rescan.Uploads - few.Rescan.Uploads));
    }

    [Fact]
    public async Task What_was_wrongly_taken_for_clear_is_found_at_the_end_and_goes_in_the_next_round()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        var cases = app.Services.GetRequiredService<ErasureCases>();
        using (var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null))
            Assert.True(asked.IsSuccessStatusCode);
        var id = Assert.Single(await cases.ListAsync(default));
        while ((await cases.ReadAsync(id, default)).Traces.Contacts.Count == 0)
            await app.PumpAsync(stopAfter: 1);

        var person = await cases.ReadAsync(id, default);
        var held = 0;
        await foreach (var part in app.Services.GetRequiredService<Lake>().PartsAsync(DatasetCatalog.Orders, default))
        {
            Assert.Null(person.FindClear(part.Blob));
            person.AddClear(part.Blob, new MomentSpan());
            held++;
        }

        Assert.True(held > 0);
        await cases.SaveAsync(id, person, default);

        var erasure = await Erasing.FinishAsync(app);
        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task Clear_is_only_what_was_read_with_all_that_is_known_now()
    {
        await using var app = await ServedApp.StartAsync();
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        var cases = app.Services.GetRequiredService<ErasureCases>();
        var person = cases.New();
        person.Keys.Add(keys.Derive("default", "P1"));
        person.Traces.Add("@paula.quill+news@gmail.com");
        person.Traces.Add("@+49 30 55501776");
        person.AddClear("one", new MomentSpan(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), null));

        // Kept and read again it is the same knowledge.
        await cases.SaveAsync("x", person, default);
        person = await cases.ReadAsync("x", default);
        Assert.Equal(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), person.FindClear("one")!.Earliest);

        // A visitor that turns out to be shared is owned as before; a name that is a brand's is only looked for less.
        person.Traces.Add("paula quill");
        person.AddClear("two", new MomentSpan());
        Assert.Null(person.FindClear("one"));
        Assert.True(person.Traces.AddCommon("paula quill"));
        Assert.NotNull(person.FindClear("two"));
        person.Keys.Add(keys.Derive("anonymous", "browser"));
        Assert.Null(person.FindClear("two"));
        person.AddClear("three", new MomentSpan());
        person.ShareWithOthers([keys.Derive("anonymous", "browser")]);
        Assert.NotNull(person.FindClear("three"));
        person.Clear.Forget();
        Assert.Null(person.FindClear("three"));
    }

    private static async Task<(Reads First, Reads Second, Reads Steps, Reads Rescan)> OpenedAsync(int others)
    {
        var reads = new Reads(0, 0);
        await using var app = await ServedApp.StartAsync(watch: call =>
        {
            if (call is { Operation: "open", IsDone: false })
                reads = new Reads(reads.Lake + (call.Resource == "lake" ? 1 : 0), reads.Uploads + (call.Resource == "uploads" ? 1 : 0));
            return Task.CompletedTask;
        });
        await Erasing.DropAsync(app);
        for (var file = 0; file < others; file++)
            await app.TakeInAsync($"tickets/others{file}.csv", $"ticket_id,customer_id,timestamp,topic,text\nO{file},C000{file},2026-02-03T10:00:00Z,delivery,nobody is named\n");

        var person = app.Services.GetRequiredService<ErasureCases>().New();
        person.Keys.Add(app.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", PlantedPerson.Id));
        var search = app.Services.GetRequiredService<PersonSearch>();
        Taken();
        await search.CompleteAsync(person, default);
        var first = Taken();
        await search.CompleteAsync(person, default);
        var second = Taken();
        foreach (var step in app.Services.GetServices<ErasureStep>())
        {
            using var receipt = new ReceiptBuilder(step.Store);
            await step.EraseAsync(person, receipt, default);
        }

        var steps = Taken();
        Assert.Empty((await app.Services.GetRequiredService<Rescan>().FindAsync(person, default)).Found);
        return (first, second, steps, Taken());

        Reads Taken()
        {
            var taken = reads;
            reads = new Reads(0, 0);
            return taken;
        }
    }

    private readonly record struct Reads(int Lake, int Uploads);
}
