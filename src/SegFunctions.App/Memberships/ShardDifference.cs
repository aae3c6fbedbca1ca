using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>What a run has to write into one shard, and nothing more.</summary>
/// <remarks>
/// Pure: the same rows and the same results give the same difference, and a difference that has been written in part gives
/// the rest. Member lists are written before the rows of <c>Memberships</c>: a row that carries this run's number says that
/// its customer's lists are done.
/// </remarks>
internal sealed class ShardDifference
{
    /// <summary>End of a membership that lasts.</summary>
    public const long Open = long.MaxValue;

    public const string FromColumn = "from";
    public const string ToColumn = "to";
    public const string SinceColumn = "since";

    private readonly string _shard;
    private readonly long _run;
    private readonly long _seen;
    private readonly DateTimeOffset _now;

    private ShardDifference(string shard, long run, long seen, DateTimeOffset now)
    {
        _shard = shard;
        _run = run;
        _seen = seen;
        _now = now;
    }

    /// <summary>Writes to <c>SegmentMembers</c>, by partition.</summary>
    public SortedDictionary<string, List<TableTransactionAction>> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends of memberships that no reader can see any more: rows to delete, if they are there.</summary>
    public List<(string Partition, string Row)> Forgotten { get; } = [];

    /// <summary>Writes to <c>Memberships</c>, each under the ETag of the row that was compared.</summary>
    public List<TableTransactionAction> Rows { get; } = [];

    /// <summary>A later run has written into the shard: this one was given up and must write nothing more.</summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>Partition of <c>SegmentMembers</c> for one segment and shard.</summary>
    public static string MemberPartition(string segment, string shard) => $"{segment}|{shard}";

    /// <param name="shard">Two hexadecimal digits.</param>
    /// <param name="run">Number of the run that publishes.</param>
    /// <param name="seen">Number of the run that readers see; 0 before the first.</param>
    /// <param name="now">Begin of new memberships.</param>
    /// <param name="standing">All rows of the shard in <c>Memberships</c>.</param>
    /// <param name="found">All customers of the shard in this run.</param>
    public static ShardDifference Between(
        string shard, long run, long seen, DateTimeOffset now,
        IReadOnlyDictionary<string, MembershipRow> standing,
        IReadOnlyDictionary<string, CustomerProfile> found)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(run, seen);
        var difference = new ShardDifference(shard, run, seen, now);
        if (standing.Values.Any(row => row.Current.Run > run))
        {
            difference.IsOvertaken = true;
            return difference;
        }

        foreach (var (key, customer) in found)
            difference.Put(key, customer, standing.GetValueOrDefault(key));
        foreach (var (key, row) in standing)
        {
            if (!found.ContainsKey(key))
                difference.Remove(row);
        }

        return difference;
    }

    private void Put(string key, CustomerProfile customer, MembershipRow? row)
    {
        var hash = MembershipDocument.HashOf(customer);
        if (row is not null && row.Current.Hash == hash && row.Current.Data is not null && (row.Current.Run == _run || row.Current.Run <= _seen))
            return;

        var visible = row?.At(_seen);
        var before = MembershipDocument.Read(visible);
        var after = MembershipDocument.Create(customer, before, _now);
        ChangeLists(key, before, after, row);
        var version = new CustomerVersion(_run, hash, after.Write());
        Write(new MembershipRow(key, version, visible, default), row);
    }

    private void Remove(MembershipRow row)
    {
        var visible = row.At(_seen);
        if (visible?.Data is null)
        {
            // Readers do not see this customer and will not: what stands is left over from a run that was given up, or
            // the mark of a customer who left before.
            if (row.Current.Run <= _seen)
                Forget(row, staying: null, joining: null);
            Rows.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(_shard, row.Key), row.ETag));
            return;
        }

        if (row.Current.Run == _run)
            return;
        ChangeLists(row.Key, MembershipDocument.Read(visible), null, row);
        Write(new MembershipRow(row.Key, new CustomerVersion(_run, "", null), visible, default), row);
    }

    private void ChangeLists(string key, MembershipDocument? before, MembershipDocument? after, MembershipRow? row)
    {
        foreach (var (segment, since) in after?.Since ?? EmptySince)
        {
            if (before is null || !before.Since.ContainsKey(segment))
            {
                Add(segment, TableTransactionActionType.UpsertReplace, new TableEntity(MemberPartition(segment, _shard), key)
                {
                    [FromColumn] = _run,
                    [ToColumn] = Open,
                    [SinceColumn] = since,
                });
            }
        }

        foreach (var segment in (before?.Since ?? EmptySince).Keys)
        {
            if (after is null || !after.Since.ContainsKey(segment))
            {
                Add(segment, TableTransactionActionType.UpsertMerge, new TableEntity(MemberPartition(segment, _shard), key)
                {
                    [ToColumn] = _run,
                });
            }
        }

        // The version that this write pushes out of the row takes its ended memberships along.
        if (row is not null && row.Current.Run <= _seen)
            Forget(row, before, after);
    }

    private void Forget(MembershipRow row, MembershipDocument? staying, MembershipDocument? joining)
    {
        foreach (var segment in (MembershipDocument.Read(row.Previous)?.Since ?? EmptySince).Keys)
        {
            if (staying?.Since.ContainsKey(segment) != true && joining?.Since.ContainsKey(segment) != true)
                Forgotten.Add((MemberPartition(segment, _shard), row.Key));
        }
    }

    private void Add(string segment, TableTransactionActionType type, TableEntity entity)
    {
        var partition = MemberPartition(segment, _shard);
        if (!Members.TryGetValue(partition, out var actions))
            Members[partition] = actions = [];
        actions.Add(new TableTransactionAction(type, entity));
    }

    private void Write(MembershipRow row, MembershipRow? standing) => Rows.Add(standing is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row.Write(_shard))
        : new TableTransactionAction(TableTransactionActionType.UpdateMerge, row.Write(_shard), standing.ETag));

    private static readonly IReadOnlyDictionary<string, DateTimeOffset> EmptySince = new Dictionary<string, DateTimeOffset>();
}
