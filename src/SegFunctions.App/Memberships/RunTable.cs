using System.Text.Json;
using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>The table <c>Runs</c>: which run readers see, which one is working, and what each run came to.</summary>
/// <remarks>
/// All of it stands in one partition, so that the switch and the end of a run are one transaction. Run ids begin with
/// the time of their start and sort by it.
/// </remarks>
internal sealed class RunTable(MembershipTables tables)
{
    private const string Partition = "runs";
    private const string CurrentRow = "current";
    private const string SequenceRow = "sequence";
    private const string ActiveRow = "active";
    private const string RunPrefix = "run-";
    private const string SequenceColumn = "sequence";
    private readonly TableClient _runs = tables.Runs;

    /// <summary>The run that readers see, or null before the first one.</summary>
    public async Task<CurrentRun?> FindCurrentAsync(CancellationToken cancellationToken)
    {
        var row = await FindAsync(CurrentRow, cancellationToken);
        return row is null ? null : JsonSerializer.Deserialize(row.GetString("data")!, AppJson.Default.CurrentRun);
    }

    /// <summary>
    /// Takes the one place for a working run. A run that holds it already keeps it and its number, so that a repeated
    /// call changes nothing.
    /// </summary>
    /// <param name="isOver">Tells of another holder whether it has ended without giving the place back.</param>
    /// <returns>The run's sequence number, or the id of the run that is working.</returns>
    public async Task<RunPlace> TakePlaceAsync(
        string runId, Func<string, CancellationToken, Task<bool>> isOver, CancellationToken cancellationToken)
    {
        await tables.EnsureCreatedAsync(cancellationToken);
        while (true)
        {
            var active = await FindAsync(ActiveRow, cancellationToken);
            var holder = active?.GetString("runId");
            if (holder == runId)
                return new RunPlace.Taken(active!.GetInt64(SequenceColumn)!.Value);
            if (!string.IsNullOrEmpty(holder) && !await isOver(holder, cancellationToken))
                return new RunPlace.Occupied(holder);

            var last = await FindAsync(SequenceRow, cancellationToken);
            var sequence = (last?.GetInt64("last") ?? 0) + 1;
            var sequenceRow = new TableEntity(Partition, SequenceRow) { ["last"] = sequence };
            var activeRow = new TableEntity(Partition, ActiveRow) { ["runId"] = runId, [SequenceColumn] = sequence };
            try
            {
                await _runs.SubmitTransactionAsync([Put(sequenceRow, last), Put(activeRow, active)], cancellationToken);
                return new RunPlace.Taken(sequence);
            }
            catch (TableTransactionFailedException lost) when (lost.Status is 404 or 409 or 412)
            {
                // Somebody else took the place, its holder gave it back, or an earlier try of this very call took it: look again.
            }
        }
    }

    /// <summary>Whether <paramref name="runId"/> holds the place. A run that does not must publish nothing more.</summary>
    public async Task<bool> HoldsPlaceAsync(string runId, CancellationToken cancellationToken) =>
        (await FindAsync(ActiveRow, cancellationToken))?.GetString("runId") == runId;

    /// <summary>Gives the place back if <paramref name="runId"/> holds it.</summary>
    public async Task LeavePlaceAsync(string runId, CancellationToken cancellationToken)
    {
        var active = await FindAsync(ActiveRow, cancellationToken);
        if (active?.GetString("runId") != runId)
            return;
        try
        {
            await _runs.DeleteEntityAsync(Partition, ActiveRow, active.ETag, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            // A repeated call came first.
        }
    }

    /// <summary>
    /// Makes <paramref name="run"/> the one that readers see, writes what it came to and gives its place back: all at once,
    /// and only while the run holds the place. A repeated call changes nothing.
    /// </summary>
    /// <returns>False when the run has lost its place: another one works, and what this one wrote will be undone.</returns>
    public async Task<bool> SwitchAsync(CurrentRun run, RunRecord record, CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await FindAsync(CurrentRow, cancellationToken);
            if (standing?.GetInt64(SequenceColumn) is { } seen && seen >= run.Sequence)
                return seen == run.Sequence;
            var active = await FindAsync(ActiveRow, cancellationToken);
            if (active?.GetString("runId") != run.RunId)
            {
                // An earlier try of this call may have switched between the two reads.
                var now = await FindAsync(CurrentRow, cancellationToken);
                return now?.GetInt64(SequenceColumn) == run.Sequence;
            }

            var current = new TableEntity(Partition, CurrentRow)
            {
                [SequenceColumn] = run.Sequence,
                ["data"] = JsonSerializer.Serialize(run, AppJson.Default.CurrentRun),
            };
            try
            {
                await _runs.SubmitTransactionAsync(
                    [
                        Put(current, standing),
                        new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Partition, ActiveRow), active.ETag),
                        new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(record)),
                    ],
                    cancellationToken);
                return true;
            }
            catch (TableTransactionFailedException lost) when (lost.Status is 404 or 409 or 412)
            {
                // Settled by reading again.
            }
        }
    }

    /// <summary>Writes what is known of a run; the newest knowledge wins.</summary>
    public Task WriteAsync(RunRecord run, CancellationToken cancellationToken) =>
        _runs.UpsertEntityAsync(Row(run), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Writes the begin of a run, unless more is known of it already.</summary>
    public async Task AddAsync(RunRecord run, CancellationToken cancellationToken)
    {
        try
        {
            await _runs.AddEntityAsync(Row(run), cancellationToken);
        }
        catch (RequestFailedException known) when (known.Status == 409)
        {
            // The run itself was quicker.
        }
    }

    public async Task<RunRecord?> FindAsync(RunId id, CancellationToken cancellationToken)
    {
        var row = await FindAsync(RunPrefix + id.Value, cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>All runs, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await tables.EnsureCreatedAsync(cancellationToken);
        var runs = new List<RunRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {RunPrefix} and RowKey lt {RunPrefix + "~"}");
        await foreach (var row in _runs.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            runs.Add(Read(row));
        runs.Reverse();
        return runs;
    }

    private static TableEntity Row(RunRecord run) =>
        new(Partition, RunPrefix + run.Id) { ["data"] = JsonSerializer.Serialize(run, AppJson.Published.RunRecord) };

    private static TableTransactionAction Put(TableEntity entity, TableEntity? standing) => standing is null
        ? new TableTransactionAction(TableTransactionActionType.Add, entity)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, standing.ETag);

    private static RunRecord Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString("data")!, AppJson.Default.RunRecord)!;

    private async Task<TableEntity?> FindAsync(string row, CancellationToken cancellationToken)
    {
        var answer = await _runs.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
        return answer.HasValue ? answer.Value : null;
    }
}
