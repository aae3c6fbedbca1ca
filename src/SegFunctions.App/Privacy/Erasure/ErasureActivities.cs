using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.App.Refresh;
using SegFunctions.Customers.Privacy;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>The steps of an erasure. Each can be repeated, and a repetition finds nothing left to do.</summary>
internal sealed class ErasureActivities(
    ErasureCases cases, ErasureTable erasures, TombstoneStore tombstones, TombstoneDerivation derivation, PersonSearch search, EarlierMemberships earlier, Rescan rescan,
    RunTable runs, RefreshStarter refreshes, RunHistory history, LakeOrders orders, ModelsStep models, IEnumerable<ErasureStep> steps, TimeProvider time)
{
    public const string Identify = "IdentifyErased";
    public const string TakePlace = "TakePlaceForErasure";
    public const string LeavePlace = "LeavePlaceOfErasure";
    public const string Relearn = "RelearnWithoutErased";
    public const string DropModels = "DropModelsOfErased";
    public const string Search = "SearchForErased";
    public const string Close = "CloseErasure";
    public const string Fail = "FailErasure";

    /// <summary>Runs that may fail before old models go without new ones.</summary>
    private const int MostRuns = 2;

    /// <summary>The stores in the order in which they are cleared: rows as they were sent first, for their traces lie in the vault.</summary>
    public static IReadOnlyList<string> Stores { get; } = ["uploads", "quarantine", "reports", "lake", "vault", "features", "models", "tables", "queues"];

    public static string NameOf(string store) => $"Erase-{store}";

    public void Register(OrchestrationRegistry registry)
    {
        registry.AddActivity<ErasureInput, bool>(Identify, (_, input, token) => IdentifyAsync(input, token));
        registry.AddActivity<ErasureInput, bool>(TakePlace, (_, input, token) => TakePlaceAsync(input, token));
        registry.AddActivity<ErasureInput, bool>(LeavePlace, (_, input, token) => LeavePlaceAsync(input, token));
        registry.AddActivity<ClearedStores, Relearning>(Relearn, (_, cleared, token) => RelearnAsync(cleared, token));
        registry.AddActivity<Relearning, StoreReceipt>(DropModels, (_, relearning, token) => DropModelsAsync(relearning, token));
        registry.AddActivity<ErasureInput, RescanReceipt>(Search, (_, input, token) => SearchAsync(input, token));
        registry.AddActivity<ErasureOutcome, bool>(Close, (_, outcome, token) => CloseAsync(outcome, token));
        registry.AddActivity<FailedErasure, bool>(Fail, (_, failed, token) => FailAsync(failed, token));
        foreach (var store in Stores)
        {
            var step = steps.Single(step => step.Store == store);
            registry.AddActivity<ErasureInput, StoreReceipt>(NameOf(store), (_, input, token) => EraseAsync(step, input, token));
        }
    }

    /// <summary>From here on all keys of the person are refused.</summary>
    private async Task<bool> IdentifyAsync(ErasureInput input, CancellationToken cancellationToken)
    {
        var person = await cases.ReadAsync(input.Id, cancellationToken);
        await search.CompleteAsync(person, cancellationToken);
        await cases.SaveAsync(input.Id, person, cancellationToken);
        await tombstones.AddAsync(person.Keys.Select(derivation.Of).Concat(person.Traces.Contacts.Select(derivation.OfContact)), cancellationToken);
        return true;
    }

    private async Task<bool> TakePlaceAsync(ErasureInput input, CancellationToken cancellationToken)
    {
        // What another upload brought in before it knew the tombstone is found by a second look.
        var person = await cases.ReadAsync(input.Id, cancellationToken);
        var place = await refreshes.TakePlaceAsync(ErasureOrchestrator.InstanceOf(input.Id), cancellationToken);
        if (place is not RunPlace.Taken)
            return false;
        await search.CompleteAsync(person, cancellationToken);
        await cases.SaveAsync(input.Id, person, cancellationToken);
        await tombstones.AddAsync(person.Keys.Select(derivation.Of).Concat(person.Traces.Contacts.Select(derivation.OfContact)), cancellationToken);
        return true;
    }

    private async Task<bool> LeavePlaceAsync(ErasureInput input, CancellationToken cancellationToken)
    {
        await runs.LeavePlaceAsync(ErasureOrchestrator.InstanceOf(input.Id), cancellationToken);
        return true;
    }

    private async Task<StoreReceipt> EraseAsync(ErasureStep step, ErasureInput input, CancellationToken cancellationToken)
    {
        using var receipt = new ReceiptBuilder(step.Store);
        await step.EraseAsync(await cases.ReadAsync(input.Id, cancellationToken), receipt, cancellationToken);
        return receipt.Build();
    }

    private async Task<Relearning> RelearnAsync(ClearedStores cleared, CancellationToken cancellationToken)
    {
        var later = (await history.ListAsync(cancellationToken)).Where(run => run.StartedAt >= cleared.At).ToArray();
        if (later.Any(run => run.Status == RunStatus.Completed))
            return Relearning.Done;
        if (later.Any(run => run.Status == RunStatus.Running))
            return Relearning.Waiting;
        if (later.Length >= MostRuns || (await orders.ListAsync(cancellationToken)).Sum(upload => upload.Rows) == 0)
            return Relearning.Impossible;
        await refreshes.StartAsync("erasure", null, null, cancellationToken);
        return Relearning.Waiting;
    }

    private async Task<StoreReceipt> DropModelsAsync(Relearning relearning, CancellationToken cancellationToken)
    {
        using var receipt = new ReceiptBuilder("models that knew the person");
        var kept = relearning == Relearning.Done ? (await runs.FindCurrentAsync(cancellationToken))?.RunId : null;
        await models.DeleteOthersAsync(kept, receipt, cancellationToken);
        return receipt.Build();
    }

    private async Task<RescanReceipt> SearchAsync(ErasureInput input, CancellationToken cancellationToken)
    {
        var person = await cases.ReadAsync(input.Id, cancellationToken);
        await earlier.ForgetAsync(person.Traces.Mentions, cancellationToken);
        var found = await rescan.FindAsync(person, cancellationToken);
        if (found.Found.Count > 0)
        {
            // Something was taken for clear that is not, or came in meanwhile: the next round reads everything.
            person.Clear.Forget();
            await cases.SaveAsync(input.Id, person, cancellationToken);
        }

        return found;
    }

    internal async Task<bool> CloseAsync(ErasureOutcome outcome, CancellationToken cancellationToken)
    {
        var id = outcome.Input.Id;
        var isDone = outcome.Rescan.Found.Count == 0;
        if (await cases.FindAsync(id, cancellationToken) is { } person)
        {
            await erasures.WriteAsync(
                new ErasureRecord
                {
                    Id = id,
                    Status = isDone ? ErasureStatus.Running : ErasureStatus.Failed,
                    RequestedAt = outcome.Input.RequestedAt,
                    CompletedAt = isDone ? null : time.GetUtcNow(),
                    Keys = person.Keys.Count,
                    Receipts = outcome.Receipts,
                    Rescan = outcome.Rescan,
                    Error = isDone ? null : $"Something of the person is left in {string.Join(", ", outcome.Rescan.Found)}. The next daily check tries again.",
                },
                cancellationToken);
            // The case of a failed erasure stays, sealed: without it nobody would know what to look for.
            if (isDone)
                await cases.DeleteAsync(id, cancellationToken);
        }

        // Nothing is left only once the case has gone as well. A try that died in between finds its record and no case.
        if (isDone && await erasures.FindAsync(id, cancellationToken) is { Status: ErasureStatus.Running, Rescan: not null } closing && closing.RequestedAt == outcome.Input.RequestedAt)
            await erasures.WriteAsync(closing with { Status = ErasureStatus.Completed, CompletedAt = time.GetUtcNow() }, cancellationToken);
        return true;
    }

    private async Task<bool> FailAsync(FailedErasure failed, CancellationToken cancellationToken)
    {
        var id = failed.Input.Id;
        await runs.LeavePlaceAsync(ErasureOrchestrator.InstanceOf(id), cancellationToken);
        await erasures.WriteAsync(
            new ErasureRecord { Id = id, Status = ErasureStatus.Failed, RequestedAt = failed.Input.RequestedAt, CompletedAt = time.GetUtcNow(), Error = failed.Error }, cancellationToken);
        return true;
    }
}
