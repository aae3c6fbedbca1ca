using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SegFunctions.App;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Memberships;
using SegFunctions.Customers;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Benchmarks.Serving;

/// <summary>Look-ups of one customer each, on tables in memory: what the app itself costs beside a round trip to the table service.</summary>
public class LookupBenchmarks
{
    private const string Secret = "YmVuY2htYXJrcyBvbmx5LCBubyBzZWNyZXQgYXQgYWw=";
    private static readonly DateTimeOffset PublishedAt = new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero);

    private SegFunctionsHost? _host;
    private HttpClient? _http;
    private MembershipReader? _reader;
    private TableClient? _table;
    private CustomerKey[] _keys = [];
    private Uri[] _urls = [];
    private int _next;

    public static IEnumerable<LookupShape> Shapes => [new("10,000 customers", 1, 10_000)];

    [ParamsSource(nameof(Shapes))]
    public required LookupShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task CleanupAsync()
    {
        _http?.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync(CancellationToken.None);
            await _host.DisposeAsync();
        }
    }

    private async Task SetupAsync()
    {
        var storage = StorageAccount.InMemory(TimeProvider.System);
        var configuration = HostConfiguration.Load(hostJson: null, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [AppSettingNames.CustomerKeySecret] = Secret,
            [AppSettingNames.VaultKey] = Secret,
            [AppSettingNames.ApiKey] = Secret,
        });
        _host = SegFunctionsHost.Create(SegFunctionsApp.Options(configuration, () => storage) with
        {
            Url = "http://127.0.0.1:0",
            RunsTriggers = false,
            Logging = logging => logging.ClearProviders(),
        });
        await _host.StartAsync(CancellationToken.None);

        var tables = _host.Services.GetRequiredService<MembershipTables>();
        await PublishAsync(tables, new CustomerKeyDerivation(Convert.FromBase64String(Secret)));
        _reader = _host.Services.GetRequiredService<MembershipReader>();
        _table = tables.Memberships;
        _http = new HttpClient { BaseAddress = _host.Url };
        _http.DefaultRequestHeaders.Add("x-functions-key", Secret);
        _urls = [.. Enumerable.Range(0, Shape.Customers).Select(number => new Uri($"/api/v1/customers/{IdOf(number)}/memberships", UriKind.Relative))];
    }

    /// <summary>The row alone, not read.</summary>
    [Benchmark(Baseline = true)]
    public async Task<bool> RowAlone()
    {
        var key = _keys[Next()];
        return (await _table!.GetEntityIfExistsAsync<TableEntity>(key.Shard, key.ToString())).HasValue;
    }

    [Benchmark]
    public async Task<int> Reader() =>
        (await _reader!.FindAsync(_keys[Next()], run: 1, CancellationToken.None))!.Customer.Memberships.Count;

    [Benchmark]
    public async Task<int> HttpGet()
    {
        using var answer = await _http!.GetAsync(_urls[Next()]);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private static string IdOf(int number) => $"{10_000 + number}";

    private int Next() => _next = (_next + 7919) % Shape.Customers;

    private async Task PublishAsync(MembershipTables tables, CustomerKeyDerivation keys)
    {
        await tables.EnsureCreatedAsync(CancellationToken.None);
        _keys = [.. Enumerable.Range(0, Shape.Customers).Select(number => keys.Derive(CustomerKeyDerivation.DefaultNamespace, IdOf(number)))];
        foreach (var key in _keys)
        {
            var document = MembershipDocument.Create(Profile(key), before: null, PublishedAt);
            var row = new MembershipRow(key.ToString(), new CustomerVersion(1, MembershipDocument.HashOf(document.Customer), document.Write()), null, default);
            await tables.Memberships.UpsertEntityAsync(row.Write(key.Shard), TableUpdateMode.Replace);
        }

        var current = new CurrentRun(
            1, "20260101T030000000Z-0000", PublishedAt, new Bilingual("as of 1 Jan 2026", "au 1er janv. 2026"), PublishedAt,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["churn"] = "1" }, Shape.Customers);
        var runs = _host!.Services.GetRequiredService<RunTable>();
        await runs.TakePlaceAsync(current.RunId, (_, _) => Task.FromResult(false), CancellationToken.None);
        await runs.SwitchAsync(
            current,
            new RunRecord { Id = current.RunId, Sequence = 1, Status = RunStatus.Completed, Trigger = "http", StartedAt = PublishedAt, EndedAt = PublishedAt },
            CancellationToken.None);
    }

    private static CustomerProfile Profile(CustomerKey key)
    {
        var reason = new Bilingual("last order 12 days ago, usually every 30 days", "dernière commande il y a 12 jours, d'ordinaire tous les 30 jours");
        return new CustomerProfile
        {
            Customer = key.ToString(),
            Stage = "stage-active",
            Facts = new CustomerFacts { Orders = 12, Revenue = 345.6, AverageBasket = 28.8, RecencyDays = 12, TenureDays = 400, UsualGapDays = 30 },
            Memberships =
            [
                new Membership("stage-active", SegmentKind.Stage, null, [reason]),
                new Membership("rfm-loyal", SegmentKind.Rfm, null, [reason, reason]),
                new Membership("cluster-1", SegmentKind.Cluster, 0.7, [reason, reason]),
            ],
        };
    }
}

public sealed record LookupShape(string Name, int Rows, int Customers) : Shape(Name, Rows);
