using SegFunctions.App.Memberships;
using SegFunctions.App.Tests.Hosting;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Memberships;

/// <summary>Runs publish, fail half-way, are repeated and race, while readers look between any two calls to storage.</summary>
public sealed class PublishingTests
{
    private const int Customers = 9;

    [Fact]
    public async Task Readers_see_one_run_and_nothing_else_at_every_moment()
    {
        long checks = 0;
        for (var seed = 1; seed <= 20; seed++)
            checks += await LiveAsync(seed, StorageAccount.InMemory(new ManualTimeProvider()), days: 7, lookEvery: 1);
        Assert.True(checks > 500, $"only {checks} looks were taken");
    }

    /// <summary>Some days of a shop whose runs end in every way.</summary>
    internal static async Task<long> LiveAsync(int seed, StorageAccount storage, int days, int lookEvery)
    {
        var random = new Random(seed);
        var cut = new CutOff();
        var writes = 0;
        PublishedShop? shop = null;
        shop = new PublishedShop(storage, async call =>
        {
            if (call is { IsWrite: true, IsDone: true } && Interlocked.Increment(ref writes) % lookEvery == 0)
                await shop!.CheckAsync();
            await cut.WatchAsync(call);
        });
        var data = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
        for (var day = 1; day <= days; day++)
        {
            data = PublishedShop.NextDay(data, random, Customers);
            var run = await shop.BeginAsync(day, data);
            switch (random.Next(4))
            {
                case 0:
                    // Given up wherever it happens to be.
                    await UntilCutAsync(cut, random.Next(1, 20), async () =>
                    {
                        await shop.PrepareAsync(run);
                        await shop.PublishAsync(run);
                    });
                    continue;
                case 1:
                    // Cut off again and again, and repeated.
                    await RepeatAsync(() => shop.PrepareAsync(run));
                    await RepeatAsync(() => shop.PublishAsync(run));
                    await RepeatAsync(() => shop.SwitchAsync(run));
                    break;
                case 2:
                    // Delivered twice at the same time, and once more after it was done.
                    await shop.PrepareAsync(run);
                    await Task.WhenAll(Task.Run(() => shop.PublishAsync(run)), Task.Run(() => shop.PublishAsync(run)), Task.Run(() => shop.PrepareAsync(run)));
                    await shop.PublishAsync(run);
                    await shop.PrepareAsync(run);
                    await shop.SwitchAsync(run);
                    break;
                default:
                    // Answers that get lost on the way.
                    cut.Fault = CutOff.LostAnswer(random.Next(2) == 0 ? 409 : 412);
                    await shop.PrepareAsync(run);
                    cut.Arm(random.Next(1, 20));
                    try
                    {
                        await shop.PublishAsync(run);
                    }
                    finally
                    {
                        cut.Disarm();
                        cut.Fault = () => new CutOffException();
                    }

                    await shop.SwitchAsync(run);
                    break;
            }

            await shop.CheckAsync();
        }

        return shop.Checks;

        // Each try may get further than the one before; else a long step would never end.
        async Task RepeatAsync(Func<Task> act)
        {
            for (var most = 10; await UntilCutAsync(cut, random.Next(1, most), act); most += 10)
            {
            }
        }
    }

    [Fact]
    public async Task Run_without_change_writes_nothing()
    {
        var shop = Quiet();
        var data = PublishedShop.NextDay(new Dictionary<string, CustomerProfile>(StringComparer.Ordinal), new Random(1), 40);
        Assert.True(await CompleteAsync(shop, 1, data) > data.Count);
        var etags = await VersionsAsync(shop);

        Assert.Equal(0, await CompleteAsync(shop, 2, data));
        Assert.Equal(etags, await VersionsAsync(shop));
    }

    [Fact]
    public async Task Run_after_one_that_was_given_up_undoes_all_of_it()
    {
        var shop = Quiet();
        var random = new Random(2);
        var data = PublishedShop.NextDay(new Dictionary<string, CustomerProfile>(StringComparer.Ordinal), random, 40);
        await CompleteAsync(shop, 1, data);
        var other = await shop.BeginAsync(2, PublishedShop.NextDay(data, random, 40));
        await shop.PrepareAsync(other);
        await shop.PublishAsync(other);
        await shop.CheckAsync();

        await CompleteAsync(shop, 3, data);

        await shop.CheckAsync();
        Assert.DoesNotContain(await shop.RowsAsync(tables => tables.SegmentMembers), row => row.GetInt64("from") == 2 || row.GetInt64("to") == 2);
        Assert.DoesNotContain(await shop.RowsAsync(tables => tables.Memberships), row => row.GetInt64("run") == 2);
    }

    [Fact]
    public async Task Customers_who_go_leave_no_row_behind()
    {
        var shop = Quiet();
        var data = PublishedShop.NextDay(new Dictionary<string, CustomerProfile>(StringComparer.Ordinal), new Random(3), 40);
        var nobody = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
        await CompleteAsync(shop, 1, data);
        await CompleteAsync(shop, 2, nobody);
        await shop.CheckAsync();
        Assert.Equal(data.Count, (await shop.RowsAsync(tables => tables.Memberships)).Count);

        await CompleteAsync(shop, 3, nobody);

        await shop.CheckAsync();
        Assert.Empty(await shop.RowsAsync(tables => tables.Memberships));
        Assert.Empty(await shop.RowsAsync(tables => tables.SegmentMembers));
    }

    [Fact]
    public async Task Membership_that_ends_and_begins_again_has_a_new_date_and_one_that_lasts_keeps_its_own()
    {
        var shop = Quiet();
        var key = PublishedShop.Key(1).ToString();
        await CompleteAsync(shop, 1, Only(key, 1, "stage:active", "rfm:champions"));
        await CompleteAsync(shop, 2, Only(key, 2, "stage:active"));
        await CompleteAsync(shop, 3, Only(key, 3, "stage:active", "rfm:champions"));

        await shop.CheckAsync();
        Assert.Equal(1, shop.Current[key].Since["stage:active"].Second);
        Assert.Equal(3, shop.Current[key].Since["rfm:champions"].Second);
    }

    [Fact]
    public async Task More_rows_than_a_transaction_takes_are_published()
    {
        var shop = Quiet();
        var data = Enumerable.Range(0, 450).Select(number => PublishedShop.Key(number).ToString())
            .ToDictionary(key => key, key => PublishedShop.Profile(key, 1, ["stage:active"]), StringComparer.Ordinal);

        Assert.Equal(900, await CompleteAsync(shop, 1, data));
        await shop.CheckAsync();
    }

    [Fact]
    public async Task Columns_of_another_owner_stay()
    {
        var shop = Quiet();
        var key = PublishedShop.Key(0).ToString();
        await CompleteAsync(shop, 1, Only(key, 1, "stage:active"));
        await shop.Written.Memberships.UpsertEntityAsync(new TableEntity("00", key) { ["live"] = "kept" }, TableUpdateMode.Merge);

        await CompleteAsync(shop, 2, Only(key, 2, "stage:lapsed"));

        await shop.CheckAsync();
        Assert.Equal("kept", Assert.Single(await shop.RowsAsync(tables => tables.Memberships)).GetString("live"));
    }

    [Fact]
    public async Task Row_that_others_write_meanwhile_is_compared_again()
    {
        var storage = StorageAccount.InMemory(new ManualTimeProvider());
        var key = PublishedShop.Key(0).ToString();
        var plain = new MembershipTables(storage);
        var disturbances = 2;
        var shop = new PublishedShop(storage, async call =>
        {
            if (call is { Resource: "Memberships", Operation: "submit", IsDone: false } && disturbances-- > 0)
                await plain.Memberships.UpsertEntityAsync(new TableEntity("00", key) { ["live"] = disturbances }, TableUpdateMode.Merge);
        });

        await CompleteAsync(shop, 1, Only(key, 1, "stage:active"));

        await shop.CheckAsync();
    }

    [Fact]
    public async Task Run_that_a_later_one_has_overtaken_writes_no_more()
    {
        var shop = Quiet();
        var key = PublishedShop.Key(0).ToString();
        var slow = await shop.BeginAsync(1, Only(key, 1, "stage:active"));
        await CompleteAsync(shop, 2, Only(key, 2, "stage:lapsed"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Publisher.PublishAsync("00", slow.Sequence, 0, slow.Begun, slow.Found, default));

        await shop.CheckAsync();
    }

    [Fact]
    public async Task Repair_that_is_repeated_late_undoes_nothing_of_the_run()
    {
        var storage = StorageAccount.InMemory(new ManualTimeProvider());
        PublishedShop? shop = null;
        Func<Task>? meanwhile = null;
        shop = new PublishedShop(storage, async call =>
        {
            // Between what a repair has read and what it writes.
            if (call is { Resource: "SegmentMembers", Operation: "query" } && Interlocked.Exchange(ref meanwhile, null) is { } act)
                await act();
        });
        var key = PublishedShop.Key(0).ToString();
        await CompleteAsync(shop, 1, Only(key, 1, "stage:active"));
        var given = await shop.BeginAsync(2, Only(key, 2, "stage:lapsed"));
        await shop.PublishAsync(given);
        var run = await shop.BeginAsync(3, Only(key, 3, "stage:lapsed"));

        meanwhile = async () =>
        {
            await shop.PrepareAsync(run);
            await shop.PublishAsync(run);
        };
        await shop.PrepareAsync(run);
        await shop.SwitchAsync(run);

        await shop.CheckAsync();
    }

    private static PublishedShop Quiet() => new(StorageAccount.InMemory(new ManualTimeProvider()), _ => Task.CompletedTask);

    private static Dictionary<string, CustomerProfile> Only(string key, int orders, params string[] segments) =>
        new(StringComparer.Ordinal) { [key] = PublishedShop.Profile(key, orders, segments) };

    private static async Task<long> CompleteAsync(PublishedShop shop, int number, IReadOnlyDictionary<string, CustomerProfile> data)
    {
        var run = await shop.BeginAsync(number, data);
        await shop.PrepareAsync(run);
        var written = await shop.PublishAsync(run);
        await shop.SwitchAsync(run);
        return written;
    }

    private static async Task<List<string>> VersionsAsync(PublishedShop shop) =>
    [
        .. (await shop.RowsAsync(tables => tables.Memberships)).Concat(await shop.RowsAsync(tables => tables.SegmentMembers))
            .Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}"),
    ];

    /// <returns>Whether it was cut off.</returns>
    private static async Task<bool> UntilCutAsync(CutOff cut, int moment, Func<Task> act)
    {
        cut.Arm(moment);
        try
        {
            await act();
            return false;
        }
        catch (CutOffException)
        {
            return true;
        }
        finally
        {
            cut.Disarm();
        }
    }
}

/// <summary>The same on a real service.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class PublishingAzuriteTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Readers_see_one_run_and_nothing_else_on_the_service_too()
    {
        // The tables have fixed names: each test that uses them on the service empties them first.
        var storage = StorageAccount.Connect(azurite.ConnectionString);
        var tables = new MembershipTables(storage);
        await tables.EnsureCreatedAsync(default);
        foreach (var table in new[] { tables.Memberships, tables.SegmentMembers, tables.Segments, tables.Runs })
        {
            await foreach (var row in table.QueryAsync<TableEntity>())
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, Azure.ETag.All);
        }

        Assert.True(await PublishingTests.LiveAsync(seed: 7, storage, days: 3, lookEvery: 20) > 3);
    }
}
