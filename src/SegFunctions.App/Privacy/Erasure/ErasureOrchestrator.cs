using SegFunctions.Orchestration;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Erases one person from every store; it survives the loss of its process at any point.</summary>
/// <remarks>
/// The tombstone stands before the first step, so what is taken out does not come back. The stores are cleared in the place of a refresh: none that still
/// knows the person can publish meanwhile or after. Then a refresh learns without the person, and a search of all stores ends it.
/// </remarks>
internal sealed class ErasureOrchestrator : Orchestrator<ErasureInput, bool>
{
    /// <summary>Name under which instances are scheduled.</summary>
    public const string OrchestrationName = "ErasePerson";

    /// <summary>How often all steps are repeated where the search still finds something.</summary>
    private const int Rounds = 3;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    // An outage of hours must not end an erasure.
    private static readonly RetryPolicy Retry = new(
        maxNumberOfAttempts: 30, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10));

    /// <summary>Id of the instance that erases under a tombstone.</summary>
    public static string InstanceOf(string id) => $"erasure-{id}";

    public override async Task<bool> RunAsync(OrchestrationContext context, ErasureInput input)
    {
        try
        {
            return await EraseAsync(context, input);
        }
        catch (TaskFailedException failed)
        {
            await context.CallActivityAsync(ErasureActivities.Fail, new FailedErasure(input, failed.Failure.Message), Retry);
            throw;
        }
    }

    private static async Task<bool> EraseAsync(OrchestrationContext context, ErasureInput input)
    {
        await context.CallActivityAsync(ErasureActivities.Identify, input, Retry);
        for (var round = 1; ; round++)
        {
            while (!await context.CallActivityAsync<bool>(ErasureActivities.TakePlace, input, Retry))
                await context.CreateTimerAsync(Wait);
            var receipts = new List<StoreReceipt>();
            foreach (var store in ErasureActivities.Stores)
                receipts.Add(await context.CallActivityAsync<StoreReceipt>(ErasureActivities.NameOf(store), input, Retry));
            await context.CallActivityAsync(ErasureActivities.LeavePlace, input, Retry);

            var cleared = new ClearedStores(input.Id, context.CurrentUtcDateTime);
            Relearning relearning;
            while ((relearning = await context.CallActivityAsync<Relearning>(ErasureActivities.Relearn, cleared, Retry)) == Relearning.Waiting)
                await context.CreateTimerAsync(Wait);
            receipts.Add(await context.CallActivityAsync<StoreReceipt>(ErasureActivities.DropModels, relearning, Retry));

            var rescan = await context.CallActivityAsync<RescanReceipt>(ErasureActivities.Search, input, Retry);
            if (rescan.Found.Count > 0 && round < Rounds)
                continue;
            await context.CallActivityAsync(ErasureActivities.Close, new ErasureOutcome(input, receipts, rescan), Retry);
            return rescan.Found.Count == 0;
        }
    }
}

/// <summary>When the stores had been cleared: a refresh that began later knows nothing of the person.</summary>
internal sealed record ClearedStores(string Id, DateTimeOffset At);

/// <summary>What an erasure came to.</summary>
internal sealed record ErasureOutcome(ErasureInput Input, IReadOnlyList<StoreReceipt> Receipts, RescanReceipt Rescan);

/// <summary>An erasure that cannot go on.</summary>
internal sealed record FailedErasure(ErasureInput Input, string Error);
