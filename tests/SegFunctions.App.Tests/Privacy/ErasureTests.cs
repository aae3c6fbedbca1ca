using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Orchestration;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>A person is planted in every dataset, and after the erasure nothing is left of them anywhere.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task Person_is_gone_from_every_store_and_stays_out()
    {
        await using var app = await ServedApp.StartAsync();
        // So many that there are clusters, whose members stand with the models.
        await Erasing.PlantAsync(app, others: 150);
        var texts = Erasing.Texts(app);
        var before = await Erasing.SearchAsync(app.Storage, texts);
        // The test would prove nothing where nothing had been.
        foreach (var place in new[] { "uploads/", "lake/orders", "lake/tickets", "vault/", "quarantine/", "features/", "models/", "table Memberships", "table SegmentMembers", "table Consents" })
            Assert.True(before.Any(found => found.StartsWith(place, StringComparison.Ordinal)), $"{place} is not in {string.Join(" ", before)}");
        // The token stands in clear text only where it must: in the files as they were sent.
        Assert.DoesNotContain(await EverythingStored.FindAsync(app.Storage, Erasing.Names(app.Storage), Erasing.Keys, sealedToo: false, PlantedPerson.Id, "zqxj.mail", "zqxjfamily", "zqxjstreet"),
            found => !found.StartsWith("uploads/", StringComparison.Ordinal) && !found.StartsWith("quarantine/", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, line => line.Contains(PlantedPerson.Token, StringComparison.OrdinalIgnoreCase));

        var erasure = await Erasing.EraseAsync(app);
        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Equal(2, erasure.GetProperty("keys").GetInt32());
        Assert.Equal([.. ErasureActivities.Stores, "models that knew the person"], erasure.GetProperty("stores").EnumerateArray().Select(store => store.GetProperty("store").GetString()));
        Assert.Empty(erasure.GetProperty("rescan").GetProperty("found").EnumerateArray());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, texts));
        using var gone = await app.Client.GetAsync($"/api/v1/customers/{PlantedPerson.Id}/memberships");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        // The very files, and files that are new to the lake.
        await Erasing.PlantAsync(app);
        await Erasing.PlantAsync(app, suffix: "\n");
        Assert.Empty(await Erasing.SearchAsync(app.Storage, texts));
        var uploads = await app.Services.GetRequiredService<UploadTable>().ListAsync(default);
        Assert.Contains(uploads, upload => upload.HoldsErased && upload.Rows?.Refused > 0);
        // Everybody else is there.
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/api/v1/customers/C0001/memberships")).StatusCode);
    }

    /// <summary>Each life of the process ends one write later than the one before: in time every boundary between two writes has been an end.</summary>
    [Fact]
    public async Task Erasure_goes_on_where_a_dead_process_left_it()
    {
        var time = new ManualTimeProvider();
        var storage = StorageAccount.InMemory(time);
        IReadOnlyList<string> texts;
        await using (var app = await ServedApp.StartAsync(time: time, storage: storage))
        {
            await Erasing.PlantAsync(app);
            texts = Erasing.Texts(app);
        }

        var deaths = 0;
        var isAsked = false;
        for (var life = 1; ; life++)
        {
            var left = life;
            var isDead = false;
            await using var app = await ServedApp.StartAsync(time: time, storage: storage, watch: call =>
            {
                if (isDead)
                    throw new CutOffException();
                if (!call.IsWrite || Interlocked.Decrement(ref left) > 0)
                    return Task.CompletedTask;
                isDead = true;
                throw new CutOffException();
            });
            if (!isAsked)
            {
                // Nobody was told that it would be done before it was sure to be done.
                using var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null);
                isAsked = asked.StatusCode == HttpStatusCode.Accepted;
            }

            await TryAsync(() => app.Services.GetRequiredService<OrchestrationEngine>().RecoverAsync(default));
            // Messages of a process that died come back; they are not poison for that.
            await app.PumpAsync(stopAfter: isDead ? 0 : 200, mostDeliveries: int.MaxValue);
            deaths += isDead ? 1 : 0;
            time.Advance(TimeSpan.FromSeconds(31));
            if (isAsked && !isDead && (await app.GetAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure")).GetProperty("status").GetString() == "completed")
                break;
            Assert.True(life < 400, life < 400 ? "" : $"The erasure does not end: {(await app.Client.GetStringAsync("/api/v1/orchestrations"))} {isAsked} {isDead} {string.Join("|", app.Log.TakeLast(5))}");
        }

        Assert.True(deaths > 20, $"The process died {deaths} times only.");
        Assert.Empty(await Erasing.SearchAsync(storage, texts));

        static async Task TryAsync(Func<Task> action)
        {
            try
            {
                await action();
            }
            catch (CutOffException)
            {
                // The process has died in it.
            }
        }
    }

    [Fact]
    public async Task Backup_that_brings_a_person_back_is_noticed_and_cleared_again()
    {
        var opened = 0;
        await using var app = await ServedApp.StartAsync(watch: call =>
        {
            opened += call is { Resource: "lake", Operation: "open", IsDone: false } ? 1 : 0;
            return Task.CompletedTask;
        });
        var lake = app.Storage.Blobs.GetContainer("lake");
        var tombstones = app.Storage.Tables.GetTableClient("Tombstones");
        await Erasing.PlantAsync(app);
        var backup = new List<(string Name, byte[] Content)>();
        await foreach (var blob in lake.ListAsync("", default))
            backup.Add((blob.Name, (await lake.FindContentAsync(blob.Name, default))!.Value.Content));
        await Erasing.EraseAsync(app);
        Assert.Equal(0, await app.Services.GetRequiredService<RestoreGuard>().CheckAsync(default));
        // Another start finds everything as it was, and looks at nothing twice; the next morning does.
        opened = 0;
        Assert.Equal(0, await app.Services.GetRequiredService<RestoreGuard>().CheckAsync(default));
        Assert.Equal(0, opened);
        app.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(0, await app.Services.GetRequiredService<RestoreGuard>().CheckAsync(default));
        Assert.NotEqual(0, opened);

        // The lake as it was before the erasure, and tables as they were before the tombstones.
        foreach (var (name, content) in backup)
            await lake.WriteAsync(name, content, null, default);
        await foreach (var row in tombstones.QueryAsync<TableEntity>())
            await tombstones.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        Assert.NotEmpty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));

        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await app.Services.GetRequiredService<RestoreGuard>().CheckAsync(default));
        var cases = app.Services.GetRequiredService<ErasureCases>();
        for (var round = 0; round < 100 && (await cases.ListAsync(default)).Count > 0; round++)
        {
            await app.PumpAsync();
            app.Time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal("completed", (await Erasing.FinishAsync(app)).GetProperty("status").GetString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task Every_place_of_the_account_is_known_to_erasure()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        await Erasing.EraseAsync(app);
        var known = StoredPlaces.Containers.Select(place => $"container {place.Name}")
            .Concat(StoredPlaces.Tables.Select(place => $"table {place.Name}"))
            .Concat(StoredPlaces.Queues.SelectMany(queue => new[] { $"queue {queue}", $"queue {queue}-poison" }))
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(await PlacesAsync(app.Storage), place => Assert.Contains(place, known));
        // What no test has used yet is found in the sources.
        var named = Directory.EnumerateFiles(RepositoryFolder.Below("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), """Get(?<kind>Container|TableClient)\("(?<name>\w+)"\)""", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(match => (match.Groups["kind"].Value == "Container" ? "container " : "table ") + match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        Assert.True(named.Length > 10);
        Assert.All(named, place => Assert.Contains(place, known));
        var page = File.ReadAllText(RepositoryFolder.Below("docs", "privacy.md"));
        Assert.All(known.Where(place => !place.EndsWith("-poison", StringComparison.Ordinal)), place => Assert.Contains($"`{place.Split(' ')[1]}`", page, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> PlacesAsync(StorageAccount storage)
    {
        var names = Erasing.Names(storage);
        var places = new List<string>();
        foreach (var name in names.Containers)
        {
            await foreach (var _ in storage.Blobs.GetContainer(name).ListAsync("", default))
            {
                places.Add($"container {name}");
                break;
            }
        }

        await foreach (var table in storage.Tables.QueryAsync())
            places.Add($"table {table.Name}");
        places.AddRange(names.Queues.Select(name => $"queue {name}"));
        return places;
    }
}
