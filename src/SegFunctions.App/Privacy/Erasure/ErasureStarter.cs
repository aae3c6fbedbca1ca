using SegFunctions.Customers;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Begins erasures. What it has begun is carried on by the daily check, should the process die before the orchestration is scheduled.</summary>
internal sealed class ErasureStarter(
    ErasureCases cases, ErasureTable erasures, TombstoneStore tombstones, OrchestrationClient orchestrations, TimeProvider time)
{
    /// <summary>Sets the tombstone and starts the erasure; asked again while one is under way it changes nothing.</summary>
    /// <param name="rawId">The raw id by which the person was named, or null.</param>
    public async Task<ErasureRecord> StartAsync(CustomerKey key, string? rawId, CancellationToken cancellationToken)
    {
        var id = tombstones.Of(key).ToString();
        var person = cases.New();
        person.Keys.Add(key);
        if (rawId is not null)
            person.Traces.Add(rawId);
        await cases.SaveAsync(id, person, cancellationToken);
        await tombstones.AddAsync([tombstones.Of(key)], cancellationToken);
        return await ResumeAsync(id, cancellationToken);
    }

    /// <summary>Starts the erasure of a case that is sealed already.</summary>
    public async Task<ErasureRecord> ResumeAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var instance = ErasureOrchestrator.InstanceOf(id);
        var standing = await erasures.FindAsync(id, cancellationToken);
        var isWorking = await orchestrations.GetAsync(instance, InstanceParts.Summary, cancellationToken) is { } known && !known.Status.IsFinished();
        if (standing is { Status: ErasureStatus.Running } && isWorking)
            return standing;
        // Looked for last: the case of an erasure that works is deleted before it ends.
        if (standing is not null && await cases.FindAsync(id, cancellationToken) is null)
            return standing;
        var record = new ErasureRecord { Id = id, Status = ErasureStatus.Running, RequestedAt = standing is { Status: not ErasureStatus.Completed } ? standing.RequestedAt : now };
        await erasures.WriteAsync(record, cancellationToken);
        await orchestrations.ScheduleNewAsync(
            ErasureOrchestrator.OrchestrationName,
            new ErasureInput(id, record.RequestedAt),
            new ScheduleOptions { InstanceId = instance, IfExists = ExistingInstance.ReplaceFinished },
            cancellationToken);
        return record;
    }
}
