using System.Globalization;
using System.Text.Json;
using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>The table <c>Segments</c>: one partition a run, so that a switch shows all segments of a run at once.</summary>
internal sealed class SegmentTable(MembershipTables tables)
{
    public async Task WriteAsync(long run, IEnumerable<SegmentRecord> segments, CancellationToken cancellationToken)
    {
        var partition = Partition(run);
        var actions = segments.Select(segment => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace,
            new TableEntity(partition, segment.Definition.Id)
            {
                ["data"] = JsonSerializer.Serialize(segment, AppJson.Published.SegmentRecord),
            }));
        foreach (var batch in actions.Chunk(100))
            await tables.Segments.SubmitTransactionAsync(batch, cancellationToken);
    }

    /// <summary>All segments of a run, in order of their ids.</summary>
    public async Task<IReadOnlyList<SegmentRecord>> ListAsync(long run, CancellationToken cancellationToken)
    {
        var partition = Partition(run);
        var segments = new List<SegmentRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in tables.Segments.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            segments.Add(Read(row));
        return segments;
    }

    public async Task<SegmentRecord?> FindAsync(long run, string segment, CancellationToken cancellationToken)
    {
        if (!SegmentIds.IsValid(segment))
            return null;
        var row = await tables.Segments.GetEntityIfExistsAsync<TableEntity>(Partition(run), segment, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Deletes what runs before <paramref name="run"/> found.</summary>
    public async Task SweepAsync(long run, CancellationToken cancellationToken)
    {
        var oldest = Partition(run);
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {oldest}");
        var old = new List<TableEntity>();
        await foreach (var row in tables.Segments.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            old.Add(row);
        foreach (var partition in old.GroupBy(row => row.PartitionKey, StringComparer.Ordinal))
        {
            foreach (var batch in partition.Chunk(100))
                await DeleteAsync(batch, cancellationToken);
        }
    }

    /// <summary>All at once, so that a reader finds all segments of a run or none.</summary>
    private async Task DeleteAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Segments.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), ETag.All)),
                cancellationToken);
        }
        catch (TableTransactionFailedException gone) when (gone.Status == 404)
        {
            // A repeated call came first.
        }
    }

    private static SegmentRecord Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString("data")!, AppJson.Default.SegmentRecord)!;

    // Ten digits, so that partitions sort as the numbers do.
    private static string Partition(long run) => run.ToString("d10", CultureInfo.InvariantCulture);
}
