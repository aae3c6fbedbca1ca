using System.Globalization;
using System.Text;
using SegFunctions.App.Refresh;
using SegFunctions.App.Tests.Identity;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Refresh;

/// <summary>However many partitions a run works in, readers find the same.</summary>
public sealed class PartitionTests
{
    private const int People = 12;

    [Fact]
    public async Task Partitions_do_not_show_in_the_result_and_equal_runs_give_equal_rows()
    {
        var results = new List<List<string>>();
        foreach (var lines in new[] { 500_000L, 500_000L, 300L })
        {
            await using var app = await ServedApp.StartAsync(new RefreshOptions { AfterUploads = false, LinesPerPartition = lines });
            await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv());
            Assert.Equal("completed", (await app.RunAsync(new { asOf = "2026-02-21T00:00:00Z", seed = 7 })).GetProperty("status").GetString());
            results.Add(await ServedRows.ReadAsync(app, withMeta: false));
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public async Task Orders_events_and_scores_follow_the_canonical_key_across_partitions()
    {
        var results = new List<List<string>>();
        foreach (var lines in new[] { 500_000L, 20L })
        {
            await using var app = await ServedApp.StartAsync(new RefreshOptions { AfterUploads = false, LinesPerPartition = lines });
            await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(60) + Twice());
            await app.TakeInAsync("customers/first.csv", SomePeople.Csv(60) + Records("W", "Wackernagel"));
            app.Time.Advance(TimeSpan.FromMinutes(1));
            await app.TakeInAsync("customers/second.csv", SomePeople.Header + Records("X", "Wackernagl"));
            await app.TakeInAsync("events/web.csv", "event_id,event_type,timestamp,customer_id,anonymous_id\n" + string.Concat(Enumerable.Range(0, People).Select(number => $"E{number},page,2026-01-01,X{number},V{number}\n")));
            var run = await app.RunAsync(new { asOf = "2026-02-21T00:00:00Z", seed = 7 });

            // Each person's second key, and the visitor who signed in by it.
            Assert.Equal(2 * People, run.GetProperty("identity").GetProperty("merged").GetInt32());
            Assert.Equal(60 + People, run.GetProperty("customers").GetInt32());
            var crossed = 0;
            for (var number = 0; number < People; number++)
            {
                var identity = await app.GetAsync($"/api/v1/customers/X{number}/identity");
                var (own, canonical) = (identity.GetProperty("customer").GetString()!, identity.GetProperty("canonical").GetString()!);
                Assert.Equal((await app.GetAsync($"/api/v1/customers/W{number}/identity")).GetProperty("customer").GetString(), canonical);
                crossed += own[0] != canonical[0] ? 1 : 0;
                var texts = new[] { $"W{number}", $"X{number}", $"V{number}?source=anonymous" }.Select(id => Text(app, id)).ToArray();
                Assert.Single((await Task.WhenAll(texts)).Distinct());
            }

            Assert.True(crossed > People / 2, $"only {crossed} of {People} merges cross partitions");
            results.Add(await ServedRows.ReadAsync(app, withMeta: false));
        }

        Assert.Equal(results[0], results[1]);
        var spent = results[0].Where(row => row.StartsWith("served", StringComparison.Ordinal)).Count(row => row.Contains("1500", StringComparison.Ordinal));
        Assert.True(spent >= People, $"{spent} have both keys' orders");
    }

    /// <summary>Orders of 1000 by the first key and of 500 by the second.</summary>
    private static string Twice()
    {
        var text = new StringBuilder();
        for (var number = 0; number < People; number++)
        {
            text.Append(SomeOrders.Line($"W-{number}", new DateTime(2026, 1, 5 + number, 0, 0, 0, DateTimeKind.Utc), $"W{number}", price: "1000.00"));
            text.Append(SomeOrders.Line($"X-{number}", new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), $"X{number}", price: "500.00"));
        }

        return text.ToString();
    }

    private static string Records(string key, string family)
    {
        string[] given = ["Adelheid", "Balthasar", "Crescentia", "Dankwart", "Eleonore", "Friedebert", "Gunhild", "Hildebrand", "Ilsebill", "Jeremias", "Kunigunde", "Leberecht"];
        var text = new StringBuilder();
        for (var number = 0; number < People; number++)
            text.Append(CultureInfo.InvariantCulture, $"{key}{number},{given[number]},{family},{given[number]}.{number}w@example.org,+3347210203{number % 10}{number},Am-Markt-{number},Lyon,QZ9W,{1941 + (number * 3)}-0{1 + (number % 9)}-17\n");
        return text.ToString();
    }

    private static async Task<string> Text(ServedApp app, string id)
    {
        var parts = id.Split('?');
        using var answer = await app.Client.GetAsync($"/api/v1/customers/{parts[0]}/memberships{(parts.Length > 1 ? "?" + parts[1] : "")}");
        return await answer.Content.ReadAsStringAsync();
    }
}
