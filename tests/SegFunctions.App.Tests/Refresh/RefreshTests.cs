using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Memberships;
using SegFunctions.App.Refresh;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Refresh;

/// <summary>From orders in the lake to what is served.</summary>
public sealed class RefreshTests
{
    [Fact]
    public void Orchestrator_keeps_to_the_rules_of_replay() => OrchestratorRules.AssertKept(typeof(RefreshOrchestrator));

    [Fact]
    public async Task Orders_become_served_memberships()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv());

        var run = await app.RunAsync();

        Assert.Equal(("completed", 60), (run.GetProperty("status").GetString(), run.GetProperty("customers").GetInt32()));
        var customer = await app.GetAsync("/api/v1/customers/C0003/memberships");
        Assert.Equal(run.GetProperty("id").GetString(), customer.GetProperty("run").GetProperty("id").GetString());
        Assert.NotEmpty(customer.GetProperty("memberships").EnumerateArray());
        var listed = 0;
        foreach (var segment in (await app.GetAsync("/api/v1/segments?kind=stage")).GetProperty("segments").EnumerateArray())
            listed += segment.GetProperty("members").GetInt32();
        Assert.Equal(60, listed);
    }

    [Fact]
    public async Task Run_without_orders_fails_at_once_with_its_reason_and_makes_room_for_the_next()
    {
        await using var app = await ServedApp.StartAsync();

        var failed = await app.RunAsync();
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Contains("There are no orders yet", failed.GetProperty("error").GetString(), StringComparison.Ordinal);

        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(6));
        var early = await app.RunAsync(new { asOf = "2001-01-01T00:00:00Z" });
        Assert.Contains("There are no orders before 2001-01-01", early.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("completed", (await app.RunAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Second_run_without_change_writes_no_row_and_a_new_upload_only_what_differs()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv());
        Assert.True((await app.RunAsync()).GetProperty("rowsWritten").GetInt64() > 100);
        var before = await ServedRows.ReadAsync(app, withMeta: true);

        var again = await app.RunAsync();

        Assert.Equal(0, again.GetProperty("rowsWritten").GetInt64());
        Assert.Equal(before, await ServedRows.ReadAsync(app, withMeta: true));

        await app.TakeInAsync("orders/more.csv", SomeOrders.Header + SomeOrders.Line("X1", new DateTime(2025, 5, 5), "NEW"));
        var third = await app.RunAsync();
        Assert.Equal("completed", third.GetProperty("status").GetString());
        Assert.Equal(61, third.GetProperty("customers").GetInt32());
        Assert.True(third.GetProperty("rowsWritten").GetInt64() > 0);
        using var newcomer = await app.Client.GetAsync("/api/v1/customers/NEW/memberships");
        Assert.Equal(HttpStatusCode.OK, newcomer.StatusCode);
    }

    [Fact]
    public async Task Cancelled_subscriptions_make_churn_a_matter_of_contracts()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.OfTwoTastes(200));
        await app.TakeInAsync("events/subscriptions.csv", SomeOrders.Cancellations(200));

        var run = await app.RunAsync();

        var report = run.GetProperty("churn");
        Assert.True(report.GetProperty("contractual").GetBoolean(), report.ToString());
        var left = (await app.GetAsync("/api/v1/customers/C0004/memberships")).GetProperty("scores").GetProperty("churn");
        Assert.False(left.GetProperty("atRisk").GetBoolean());
        Assert.Equal("ended the contract on 16 Feb 2026", Assert.Single(left.GetProperty("reasons").EnumerateArray()).GetString());
        foreach (var stays in new[] { "C0000", "C0001" })
            Assert.True((await app.GetAsync($"/api/v1/customers/{stays}/memberships")).GetProperty("scores").GetProperty("churn").GetProperty("atRisk").GetBoolean());
        var segment = await app.GetAsync("/api/v1/segments/prediction:churn-low?lang=fr");
        Assert.Contains("que le contrat prenne fin", segment.GetProperty("segment").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_next_is_served_with_reasons_in_the_language_asked_for()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.OfTwoTastes(120));

        var run = await app.RunAsync();
        var drinker = await app.GetAsync("/api/v1/customers/C0004/memberships?lang=fr");

        foreach (var next in new[] { "nextProducts", "nextCategories" })
            Assert.True(run.GetProperty(next).GetProperty("customers").GetInt32() > 50, run.GetProperty(next).GetRawText());
        Assert.Equal("related", run.GetProperty("nextProducts").GetProperty("model").GetString());
        var scores = drinker.GetProperty("scores");
        var products = scores.GetProperty("next").GetProperty("products").EnumerateArray().ToArray();
        Assert.NotEmpty(products);
        Assert.All(products, product => Assert.Matches("^(acheté avec : |apprécié par|acheté lors de|déjà acheté)", product.GetProperty("reasons")[0].GetString()!));
        Assert.StartsWith("Coffee no. ", products[0].GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal("coffee", Assert.Single(scores.GetProperty("next").GetProperty("categories").EnumerateArray()).GetProperty("id").GetString());
        Assert.True(scores.GetProperty("lifetime").GetProperty("clv").GetDouble() > 0);
        Assert.Contains("jours de commande", scores.GetProperty("lifetime").GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(run.GetProperty("migration").GetProperty("intervalDays").GetInt32(), run.GetProperty("nextProducts").GetProperty("horizonDays").GetInt32());
        Assert.Contains(drinker.GetProperty("memberships").EnumerateArray(), membership => membership.GetProperty("segment").GetString()!.StartsWith("prediction:clv-", StringComparison.Ordinal));
        var moves = (await app.GetAsync("/api/v1/segments/stage:active")).GetProperty("moves").EnumerateArray().ToArray();
        Assert.Equal(1, moves.Sum(move => move.GetProperty("probability").GetDouble()), 0.03);
    }

    [Fact]
    public async Task Clusters_keep_their_ids_and_names_in_the_next_run()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(150));
        await app.RunAsync();
        var before = await ClustersAsync(app);
        Assert.True(before.Count > 1, "the shop has kinds of customers");
        await app.TakeInAsync("orders/more.csv", SomeOrders.Header + SomeOrders.Line("X1", new DateTime(2025, 5, 5), "NEW"));

        var run = await app.RunAsync();
        // Readers look at which run is current once a second.
        app.Time.Advance(TimeSpan.FromSeconds(2));

        var after = await ClustersAsync(app);
        Assert.Equal(before.Select(cluster => (cluster.Key, cluster.Value.Name)).Order(), after.Select(cluster => (cluster.Key, cluster.Value.Name)).Order());
        Assert.True(after.Sum(cluster => cluster.Value.Members) > before.Sum(cluster => cluster.Value.Members));
        Assert.Empty(run.GetProperty("clusterChanges").EnumerateArray());
    }

    [Fact]
    public async Task Clusters_of_a_run_that_cannot_be_read_any_more_do_not_stop_the_next()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(150));
        var first = (await app.RunAsync()).GetProperty("id").GetString();
        await app.Storage.Blobs.GetContainer("models").WriteAsync($"clusters/{first}/report.json", "{"u8.ToArray(), null, CancellationToken.None);
        await app.TakeInAsync("orders/more.csv", SomeOrders.Header + SomeOrders.Line("X1", new DateTime(2025, 5, 5), "NEW"));

        Assert.Equal("completed", (await app.RunAsync()).GetProperty("status").GetString());

        Assert.Contains(app.Log, line => line.Contains($"clusters of run {first} cannot be read", StringComparison.Ordinal));
        Assert.NotEmpty(await ClustersAsync(app));
    }

    [Fact]
    public async Task Only_one_run_works_and_a_terminated_one_gives_its_place_up()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(12));
        await app.RunAsync();
        var served = await ServedRows.ReadAsync(app, withMeta: false);
        await app.TakeInAsync("orders/more.csv", SomeOrders.Csv(6, from: 12));

        using var started = await app.PostAsync("/api/v1/runs", new { });
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        // Far enough to have published something.
        await app.PumpAsync(stopAfter: 28);
        using var second = await app.PostAsync("/api/v1/runs", new { });
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains(id!, await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("running", (await app.GetAsync($"/api/v1/runs/{id}")).GetProperty("status").GetString());

        using var ended = await app.PostAsync($"/api/v1/orchestrations/{id}/terminate", new { reason = "a test" });
        Assert.Equal(HttpStatusCode.Accepted, ended.StatusCode);
        await app.PumpAsync();
        Assert.Equal("terminated", (await app.GetAsync($"/api/v1/runs/{id}")).GetProperty("status").GetString());
        Assert.Equal(served, await ServedRows.ReadAsync(app, withMeta: false));

        var next = await app.RunAsync();
        Assert.Equal(("completed", 18), (next.GetProperty("status").GetString(), next.GetProperty("customers").GetInt32()));
    }

    [Fact]
    public async Task Run_whose_start_was_cut_off_is_over_soon()
    {
        var cut = new CutOff();
        await using var app = await ServedApp.StartAsync(watch: cut.WatchAsync);
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(6));
        // After the place was taken and before the orchestration is there.
        cut.Arm(3);
        using (var broken = await app.PostAsync("/api/v1/runs", new { }))
            Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        cut.Disarm();
        using (var busy = await app.PostAsync("/api/v1/runs", new { }))
            Assert.Equal(HttpStatusCode.Conflict, busy.StatusCode);

        app.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("completed", (await app.RunAsync()).GetProperty("status").GetString());
        Assert.DoesNotContain((await app.GetAsync("/api/v1/runs")).GetProperty("runs").EnumerateArray(), run => run.GetProperty("status").GetString() == "running");
    }

    [Fact]
    public async Task Run_that_is_cut_off_anywhere_gives_the_same_rows()
    {
        var undisturbed = await MembershipsAsync(null);
        var cut = new CutOff();
        var disturbed = await MembershipsAsync(cut);
        Assert.Equal(undisturbed, disturbed);

        static async Task<List<string>> MembershipsAsync(CutOff? cut)
        {
            var random = new Random(5);
            await using var app = await ServedApp.StartAsync(watch: call =>
            {
                // Every so many writes somebody dies: never twice for one message, so that none is given up.
                if (cut is not null && cut.HasFired && random.Next(12) == 0)
                    cut.Arm(random.Next(10, 40));
                return cut?.WatchAsync(call) ?? Task.CompletedTask;
            });
            await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(30));
            cut?.Arm(30);
            using var answer = await app.PostAsync("/api/v1/runs", new { asOf = "2026-02-21T00:00:00Z" });
            var location = answer.Headers.Location!.ToString();
            for (var round = 0; round < 60; round++)
            {
                await app.PumpAsync();
                if ((await app.GetAsync(location)).GetProperty("status").GetString() == "completed")
                    break;
                // Retries of activities wait for the clock, lost messages for the recovery.
                app.Time.Advance(TimeSpan.FromMinutes(3));
                cut?.Disarm();
                await app.Services.GetRequiredService<SegFunctions.Orchestration.OrchestrationEngine>().RecoverAsync(default);
            }

            cut?.Disarm();
            Assert.Equal("completed", (await app.GetAsync(location)).GetProperty("status").GetString());
            return (await ServedRows.ReadAsync(app, withMeta: false)).Where(row => !row.StartsWith("meta", StringComparison.Ordinal)).ToList();
        }
    }

    [Fact]
    public async Task First_plan_of_a_run_stays()
    {
        await using var app = await ServedApp.StartAsync();
        var features = app.Services.GetRequiredService<FeatureStore>();
        await features.WriteFileOnceAsync("run", "plan.json", "first"u8.ToArray(), default);

        await features.WriteFileOnceAsync("run", "plan.json", "second"u8.ToArray(), default);

        Assert.Equal("first"u8.ToArray(), await features.ReadFileAsync("run", "plan.json", default));
    }

    [Fact]
    public async Task Only_the_holder_of_the_place_can_switch_readers()
    {
        await using var app = await ServedApp.StartAsync();
        var runs = app.Services.GetRequiredService<RunTable>();
        var first = await TakeAsync("20260304T050607123Z-0001");
        Assert.Equal(first, await TakeAsync("20260304T050607123Z-0001"));
        Assert.IsType<RunPlace.Occupied>(await runs.TakePlaceAsync("20260304T050607123Z-0002", (_, _) => Task.FromResult(false), default));
        var second = await TakeAsync("20260304T050607123Z-0002");

        Assert.False(await SwitchAsync("20260304T050607123Z-0001", first));
        Assert.Null(await runs.FindCurrentAsync(default));
        Assert.True(await SwitchAsync("20260304T050607123Z-0002", second));
        Assert.True(await SwitchAsync("20260304T050607123Z-0002", second));
        Assert.False(await runs.HoldsPlaceAsync("20260304T050607123Z-0002", default));
        Assert.Equal(second, (await runs.FindCurrentAsync(default))!.Sequence);

        async Task<long> TakeAsync(string id) =>
            Assert.IsType<RunPlace.Taken>(await runs.TakePlaceAsync(id, (_, _) => Task.FromResult(true), default)).Sequence;

        Task<bool> SwitchAsync(string id, long sequence) => runs.SwitchAsync(
            new CurrentRun(sequence, id, default, new("", ""), default, new Dictionary<string, string>(StringComparer.Ordinal), 0),
            new RunRecord { Id = id, Sequence = sequence, Status = RunStatus.Completed, Trigger = "http", StartedAt = default },
            default);
    }

    [Fact]
    public async Task Many_who_ask_for_the_place_at_once_get_it_once()
    {
        await using var app = await ServedApp.StartAsync();
        var runs = app.Services.GetRequiredService<RunTable>();

        var places = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            runs.TakePlaceAsync($"20260304T050607123Z-{number:x4}", (_, _) => Task.FromResult(false), default))));

        Assert.Single(places.OfType<RunPlace.Taken>());
    }

    [Fact]
    public async Task Uploads_make_one_run_once_they_have_come_to_rest()
    {
        await using var app = await ServedApp.StartAsync(new RefreshOptions());
        await app.TakeInAsync("orders/a.csv", SomeOrders.Csv(6));
        app.Time.Advance(TimeSpan.FromSeconds(10));
        await app.TakeInAsync("orders/b.csv", SomeOrders.Csv(6, from: 6));
        app.Time.Advance(TimeSpan.FromSeconds(10));
        await app.PumpAsync();
        Assert.Empty((await app.GetAsync("/api/v1/runs")).GetProperty("runs").EnumerateArray());

        app.Time.Advance(TimeSpan.FromSeconds(6));
        await app.PumpAsync();
        app.Time.Advance(TimeSpan.FromMinutes(5));
        await app.PumpAsync();

        var run = Assert.Single((await app.GetAsync("/api/v1/runs")).GetProperty("runs").EnumerateArray());
        Assert.Equal(("completed", "upload", 12), (run.GetProperty("status").GetString(), run.GetProperty("trigger").GetString(), run.GetProperty("customers").GetInt32()));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(70, 1)]
    public async Task Upload_that_is_being_read_delays_the_refresh_but_not_for_ever(int minutesAgo, int expectedRuns)
    {
        await using var app = await ServedApp.StartAsync(new RefreshOptions());
        var record = new UploadRecord
        {
            Id = "20260304T040000Z-abcdefabcdef",
            File = "orders/slow.csv",
            ETag = "1",
            Length = 1,
            Status = UploadStatus.Reading,
            UploadedAt = app.Time.GetUtcNow(),
            StartedAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(minutesAgo),
        };
        await app.Services.GetRequiredService<UploadTable>().WriteAsync(record, default);
        await app.TakeInAsync("orders/a.csv", SomeOrders.Csv(6));
        await ComeToRestAsync(app);
        Assert.Equal(expectedRuns, (await app.GetAsync("/api/v1/runs")).GetProperty("runs").GetArrayLength());

        // However the other ends, the one that was accepted is not forgotten.
        await app.Services.GetRequiredService<UploadTable>().WriteAsync(record with { Status = UploadStatus.Failed, EndedAt = app.Time.GetUtcNow() }, default);
        await ComeToRestAsync(app);
        Assert.Single((await app.GetAsync("/api/v1/runs")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Upload_during_a_run_gets_a_run_of_its_own_afterwards()
    {
        await using var app = await ServedApp.StartAsync(new RefreshOptions());
        await app.TakeInAsync("orders/a.csv", SomeOrders.Csv(6));
        using (await app.PostAsync("/api/v1/runs", new { }))
            await app.PumpAsync(stopAfter: 4);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var blob = await app.DropAsync("orders/b.csv", SomeOrders.Csv(6, from: 6));
        await app.PumpAsync(stopAfter: 1);
        Assert.Equal(UploadStatus.Accepted, (await app.UploadAsync(blob)).Status);

        for (var i = 0; i < 4; i++)
            await ComeToRestAsync(app);

        var newest = (await app.GetAsync("/api/v1/runs")).GetProperty("runs")[0];
        Assert.Equal(("completed", 12), (newest.GetProperty("status").GetString(), newest.GetProperty("customers").GetInt32()));
    }

    private static async Task ComeToRestAsync(ServedApp app)
    {
        app.Time.Advance(TimeSpan.FromSeconds(16));
        await app.PumpAsync();
    }

    private static async Task<Dictionary<string, (string Name, int Members)>> ClustersAsync(ServedApp app) =>
        (await app.GetAsync("/api/v1/segments?kind=cluster")).GetProperty("segments").EnumerateArray().ToDictionary(
            segment => segment.GetProperty("id").GetString()!,
            segment => (segment.GetProperty("name").GetString()!, segment.GetProperty("members").GetInt32()));
}
