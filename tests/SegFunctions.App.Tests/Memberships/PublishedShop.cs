using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Tests.Memberships;

/// <summary>A small shop whose runs publish, and readers who know what they must see of each of them.</summary>
internal sealed class PublishedShop
{
    public static readonly string[] Shards = ["00", "ab"];
    private static readonly string[] Segments = ["stage:active", "stage:lapsed", "rfm:champions", "cluster:1", "prediction:churn-high"];
    private const int PageSize = 3;

    private readonly MembershipTables _read;
    private readonly IdentityTable _identities;
    private readonly Dictionary<long, SortedDictionary<string, ExpectedCustomer>> _expected = [];
    private long _checks;

    public PublishedShop(StorageAccount storage, Func<StorageCall, Task> watch)
    {
        _read = new MembershipTables(storage);
        _identities = new IdentityTable(storage);
        Written = new MembershipTables(WatchedStorage.Over(storage, watch));
        Runs = new RunTable(Written);
        SegmentTable = new SegmentTable(Written);
        Publisher = new ShardPublisher(Written);
    }

    public MembershipTables Written { get; }

    public RunTable Runs { get; }

    public SegmentTable SegmentTable { get; }

    public ShardPublisher Publisher { get; }

    public long Checks => _checks;

    /// <summary>The run that readers see, and what each of its customers is in.</summary>
    public IReadOnlyDictionary<string, ExpectedCustomer> Current { get; private set; } = new SortedDictionary<string, ExpectedCustomer>(StringComparer.Ordinal);

    public long Seen { get; private set; }

    public static CustomerKey Key(int number) => new(((UInt128)(number % 2 == 0 ? 0x00 : 0xab) << 120) | (UInt128)(uint)number);

    public static CustomerProfile Profile(string key, int orders, IEnumerable<string> segments) => new()
    {
        Customer = key,
        Stage = "stage:active",
        Facts = new CustomerFacts { Orders = orders, Revenue = orders * 10 },
        Memberships = [.. segments.Select(segment => new Membership(segment, SegmentKind.Stage, null, [new Bilingual("é", "è")]))],
    };

    /// <summary>Takes the place for a new run from whoever holds it.</summary>
    public async Task<Attempt> BeginAsync(int number, IReadOnlyDictionary<string, CustomerProfile> found)
    {
        var id = $"20260304T0506{number:00}000Z-{number:x4}";
        var place = Assert.IsType<RunPlace.Taken>(await Runs.TakePlaceAsync(id, (_, _) => Task.FromResult(true), default));
        var begun = new DateTimeOffset(2026, 3, 4, 5, 6, number, TimeSpan.Zero);
        var expected = new SortedDictionary<string, ExpectedCustomer>(StringComparer.Ordinal);
        foreach (var (key, customer) in found)
        {
            var before = Current.GetValueOrDefault(key);
            expected[key] = new ExpectedCustomer(
                customer.Facts.Orders,
                customer.Memberships.ToDictionary(
                    membership => membership.Segment, membership => before?.Since.GetValueOrDefault(membership.Segment, begun) ?? begun, StringComparer.Ordinal));
        }

        _expected[place.Sequence] = expected;
        return new Attempt(id, place.Sequence, begun, found);
    }

    /// <summary>What a refresh does before it writes rows.</summary>
    public async Task PrepareAsync(Attempt run)
    {
        await SegmentTable.SweepAsync(Seen, default);
        if (run.Sequence > Seen + 1)
            await Publisher.RepairAsync(Seen, run.Sequence, default);
    }

    public async Task<long> PublishAsync(Attempt run)
    {
        long written = 0;
        foreach (var shard in Shards)
        {
            var found = run.Found.Where(customer => CustomerKey.TryParse(customer.Key, out var key) && key.Shard == shard).ToDictionary(StringComparer.Ordinal);
            written += await Publisher.PublishAsync(shard, run.Sequence, Seen, run.Begun, found, default);
        }

        return written;
    }

    public async Task SwitchAsync(Attempt run)
    {
        await SegmentTable.WriteAsync(
            run.Sequence,
            Segments.Select(id => new SegmentRecord(new SegmentDefinition(id, SegmentKind.Stage, new Bilingual(id, id), new Bilingual("", "")), 0, 0, 0, 0, null)),
            default);
        var current = new CurrentRun(run.Sequence, run.Id, run.Begun, new Bilingual("", ""), run.Begun, new Dictionary<string, string>(StringComparer.Ordinal), run.Found.Count);
        var record = new RunRecord { Id = run.Id, Sequence = run.Sequence, Status = RunStatus.Completed, Trigger = "http", StartedAt = run.Begun };
        Assert.True(await Runs.SwitchAsync(current, record, default));
        Seen = run.Sequence;
        Current = _expected[run.Sequence];
    }

    /// <summary>Fails unless a reader of the current run, and of every run whose segments still stand, sees that run and nothing else.</summary>
    public async Task CheckAsync()
    {
        Interlocked.Increment(ref _checks);
        var runs = new RunTable(_read);
        var segments = new SegmentTable(_read);
        var current = await runs.FindCurrentAsync(default);
        for (var run = Math.Max(0, Seen - 1); run <= Seen + 1; run++)
        {
            // A switch that is under way: who finds the segments finds the whole run.
            var stands = run == (current?.Sequence ?? 0) || await segments.FindAsync(run, Segments[0], default) is not null;
            if (stands)
                await CheckAsync(run);
        }
    }

    /// <summary>All rows of a table, past every filter.</summary>
    public async Task<List<TableEntity>> RowsAsync(Func<MembershipTables, TableClient> table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table(_read).QueryAsync<TableEntity>())
            rows.Add(row);
        return rows;
    }

    private async Task CheckAsync(long run)
    {
        var expected = _expected.GetValueOrDefault(run) ?? [];
        var customers = new MembershipReader(_read, new CurrentRunReader(new RunTable(_read), TimeProvider.System), _identities);
        var members = new SegmentMembersReader(_read);
        var everybody = _expected.Values.SelectMany(customersOfRun => customersOfRun.Keys).Distinct(StringComparer.Ordinal);
        var stillStands = new SegmentTable(_read);
        var problems = new List<string>();
        foreach (var text in everybody)
        {
            Assert.True(CustomerKey.TryParse(text, out var key));
            var document = await customers.FindAsync(key, run, default);
            var wanted = expected.GetValueOrDefault(text);
            if (document?.Customer.Facts.Orders != wanted?.Orders || !Same(document?.Since, wanted?.Since))
                problems.Add($"run {run}, customer {text}: {document?.Customer.Facts.Orders} instead of {wanted?.Orders}");
        }

        foreach (var segment in Segments)
        {
            var listed = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            PageToken? token = null;
            do
            {
                var page = await members.ReadAsync(segment, run, token, PageSize, default);
                foreach (var member in page.Members)
                    listed.Add(member.Customer, member.Since);
                token = page.Next;
            }
            while (token is not null);
            var wanted = expected.Where(customer => customer.Value.Since.ContainsKey(segment))
                .ToDictionary(customer => customer.Key, customer => customer.Value.Since[segment], StringComparer.Ordinal);
            if (!Same(listed, wanted))
                problems.Add($"run {run}, members of {segment}: [{string.Join(' ', listed)}] instead of [{string.Join(' ', wanted)}]");
        }

        // While two publishers work, the segments of the run before may be swept between the look and the reading.
        if (problems.Count > 0 && run != Seen && await stillStands.FindAsync(run, Segments[0], default) is null)
            return;
        Assert.Empty(problems);
    }

    private static bool Same(IReadOnlyDictionary<string, DateTimeOffset>? found, IReadOnlyDictionary<string, DateTimeOffset>? wanted) =>
        (found?.Count ?? 0) == (wanted?.Count ?? 0)
        && (wanted is null || wanted.All(entry => found!.TryGetValue(entry.Key, out var value) && value == entry.Value));

    internal sealed record ExpectedCustomer(int Orders, IReadOnlyDictionary<string, DateTimeOffset> Since);

    internal sealed record Attempt(string Id, long Sequence, DateTimeOffset Begun, IReadOnlyDictionary<string, CustomerProfile> Found);

    /// <summary>Another day of the shop: customers come, change and go.</summary>
    public static Dictionary<string, CustomerProfile> NextDay(IReadOnlyDictionary<string, CustomerProfile> before, Random random, int customers)
    {
        var day = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
        for (var number = 0; number < customers; number++)
        {
            var key = Key(number).ToString();
            var standing = before.GetValueOrDefault(key);
            switch (random.Next(6))
            {
                case 0:
                    break;
                case 1 or 2:
                    day[key] = Profile(key, random.Next(1, 4), Segments.Where(_ => random.Next(2) == 0));
                    break;
                default:
                    if (standing is not null)
                        day[key] = standing;
                    break;
            }
        }

        return day;
    }
}
