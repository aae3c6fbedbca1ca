using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Browsers and devices that the erased person has used.</summary>
public sealed class VisitorTests
{
    [Fact]
    public async Task Visitor_that_the_person_was_is_found_in_the_lake_alone()
    {
        await using var app = await ServedApp.StartAsync();
        // Neither identity resolution, which no refresh has run yet, nor the files as they were sent can tell of the visitor.
        await Erasing.DropAsync(app);
        var uploads = app.Storage.Blobs.GetContainer("uploads");
        await foreach (var blob in uploads.ListAsync("", default))
            await uploads.DeleteAsync(blob.Name, null, default);

        var erasure = await Erasing.EraseAsync(app);

        Assert.Equal(("completed", 2), (erasure.GetProperty("status").GetString(), erasure.GetProperty("keys").GetInt32()));
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task Look_for_returned_people_in_the_middle_of_an_erasure_begins_no_other()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        using (var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null))
            Assert.True(asked.IsSuccessStatusCode);
        var tombstones = app.Services.GetRequiredService<TombstoneStore>();
        // The visitor has a tombstone already, and its rows are in the lake still.
        while (!(await tombstones.ReadAsync(default)).Contains(keys.Derive("anonymous", PlantedPerson.Visitor)))
            await app.PumpAsync(stopAfter: 1);
        Assert.NotEmpty(await Erasing.SearchAsync(app.Storage, "zqxjpage"));

        Assert.Equal(1, await app.Services.GetRequiredService<RestoreGuard>().CheckAsync(default));

        Assert.Equal("completed", (await Erasing.FinishAsync(app)).GetProperty("status").GetString());
        Assert.Single(await app.Services.GetRequiredService<ErasureTable>().ListAsync(default));
    }

    [Fact]
    public async Task Device_that_another_customer_uses_too_stays_the_others()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("events/shared.csv", $"event_id,customer_id,anonymous_id,timestamp,type,url,properties\nE9,C0001,{PlantedPerson.Visitor},2026-02-02T10:00:00Z,view,https://shop/9,{{}}\n");
        await Erasing.PlantAsync(app);
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Equal(1, erasure.GetProperty("keys").GetInt32());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, keys.Derive(CustomerKeyDerivation.DefaultNamespace, PlantedPerson.Id).ToString(), "zqxjbefore", "zqxjpage"));
        var lake = app.Services.GetRequiredService<Lake>();
        Assert.Equal(2, (await lake.ListAsync("events", default)).Sum(upload => upload.Rows));
        // Who goes on using the device is not turned away.
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await app.TakeInAsync("events/later.csv", $"event_id,customer_id,anonymous_id,timestamp,type,url,properties\nE10,,{PlantedPerson.Visitor},2026-03-02T10:00:00Z,view,https://shop/10,{{}}\n");
        Assert.Equal(1, later.Rows!.Accepted);
    }
}
