using Microsoft.Extensions.Logging;
using SegFunctions.Orchestration.State;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Execution;

/// <summary>Finds what a crash left half done, from the rows alone, and sets it going again.</summary>
internal sealed class Recovery(InstanceStore store, StepRunner steps, ILogger logger)
{
    public async Task<RecoveryReport> RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Time.GetUtcNow();
        var toWake = new HashSet<string>(StringComparer.Ordinal);
        var (resent, purged) = (0, 0);
        var underWay = $"(Status eq '{OrchestrationStatus.Pending}' or Status eq '{OrchestrationStatus.Running}' or IsPurging eq true)";
        await foreach (var entity in store.Table.QueryInstances(underWay, pageSize: null, cancellationToken))
        {
            var row = InstanceRow.From(entity);
            if (row.IsPurging)
            {
                await store.TryPurgeAsync(row, cancellationToken);
                purged++;
                continue;
            }

            if ((row.NextStep == 0 && IsOverdue(row.CreatedOn)) || (row.NextTimer is { } timer && IsOverdue(timer)))
                toWake.Add(row.InstanceId);
            if (row.Unsent.Any(step => IsOverdue(step.CommittedOn)) && await TryResendAsync(row.InstanceId, cancellationToken))
                resent++;
        }

        await foreach (var entity in store.Table.QueryInboxes(cancellationToken))
        {
            if (IsOverdue(entity.GetDateTimeOffset(nameof(InboxRow.At)) ?? default))
                toWake.Add(TableKeyCodec.Decode(entity.PartitionKey));
        }

        await store.SideBySideAsync(toWake, (instanceId, stop) => store.WakeAsync(instanceId, stop), cancellationToken);
        var orphans = await new OrphanSweep(store).RunAsync(cancellationToken);
        var report = new RecoveryReport(toWake.Count, resent, purged, orphans);
        RecoveryLog.Finished(logger, report.Woken, report.Resent, report.Purged, report.Orphans);
        return report;

        bool IsOverdue(DateTimeOffset since) => now - since > store.Options.MessageGrace;
    }

    /// <summary>One instance that this build cannot read must not keep the others from recovering.</summary>
    private async Task<bool> TryResendAsync(string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            return await steps.ResendAsync(instanceId, cancellationToken);
        }
        catch (HistoryFormatException newer)
        {
            StepLog.Unreadable(logger, instanceId, newer.Found);
            return false;
        }
    }
}
