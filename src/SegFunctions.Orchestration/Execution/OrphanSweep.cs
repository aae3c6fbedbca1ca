using SegFunctions.Orchestration.State;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Execution;

/// <summary>Deletes payloads that nothing can refer to any more.</summary>
/// <remarks>
/// What an instance under way refers to is still being decided, so only finished and missing ones are looked at. Of a
/// finished one, a step's payload is an orphan when that step was committed by somebody else, and an inbox payload when no
/// row names it. A step that was never taken may yet be, by a rewind; its payloads stay until then.
/// </remarks>
internal sealed class OrphanSweep(InstanceStore store)
{
    private const string Inbox = "inbox/", Steps = "steps/";

    /// <returns>How many payloads were deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var until = store.Time.GetUtcNow() - store.Options.OrphanAge;
        var deleted = 0;
        var folder = new List<BlobEntry>();
        await foreach (var blob in store.Blobs.ListAsync("", cancellationToken))
        {
            if (folder.Count > 0 && FolderOf(folder[0].Name) != FolderOf(blob.Name))
            {
                deleted += await SweepAsync(folder, until, cancellationToken);
                folder.Clear();
            }

            folder.Add(blob);
        }

        return folder.Count == 0 ? deleted : deleted + await SweepAsync(folder, until, cancellationToken);
    }

    private async Task<int> SweepAsync(List<BlobEntry> folder, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var name = FolderOf(folder[0].Name);
        var slash = name.IndexOf('/');
        var (instanceId, executionId) = (TableKeyCodec.Decode(name[..slash]), name[(slash + 1)..^1]);
        var old = folder.Where(blob => blob.LastModified < until).ToList();
        if (old.Count == 0)
            return 0;
        var row = await store.Table.FindAsync(instanceId, cancellationToken);
        if (row?.ExecutionId != executionId)
        {
            await store.DeleteBlobsAsync(old.Select(blob => blob.Name), cancellationToken);
            return old.Count;
        }

        if (row.IsPurging || !row.Status.IsFinished() || old.TrueForAll(blob => blob.LastModified <= row.SweptOn))
            return 0;
        var orphans = await FindOrphansAsync(row, name, old, cancellationToken);
        await store.DeleteBlobsAsync(orphans, cancellationToken);
        await store.Table.TryMergeAsync(row, [new(nameof(InstanceRow.SweptOn), until.UtcTicks)], cancellationToken);
        return orphans.Count;
    }

    private async Task<List<string>> FindOrphansAsync(
        InstanceRow row, string folder, List<BlobEntry> old, CancellationToken cancellationToken)
    {
        var orphans = new List<string>();
        if (await store.Table.ReadStepsAsync(row, cancellationToken) is not { } steps)
            return orphans;
        var (inbox, more) = await store.Table.ReadInboxAsync(row.InstanceId, int.MaxValue, cancellationToken);
        System.Diagnostics.Debug.Assert(!more, "Without a limit there is no rest.");
        var named = inbox.Select(item => item.Content.Blob).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var blob in old)
        {
            var rest = blob.Name.AsSpan(folder.Length);
            if (rest.StartsWith(Inbox, StringComparison.Ordinal) && !named.Contains(blob.Name))
                orphans.Add(blob.Name);
            if (rest.StartsWith(Steps, StringComparison.Ordinal) && IsLoser(rest[Steps.Length..], steps))
                orphans.Add(blob.Name);
        }

        return orphans;
    }

    /// <param name="rest"><c>number-commit/part</c></param>
    private static bool IsLoser(ReadOnlySpan<char> rest, IReadOnlyList<StepRow> steps)
    {
        var step = rest[..rest.IndexOf('/')];
        var dash = step.IndexOf('-');
        var number = int.Parse(step[..dash]);
        return number < steps.Count && !step[(dash + 1)..].SequenceEqual(steps[number].CommitId);
    }

    /// <summary><c>instance/execution/</c></summary>
    private static string FolderOf(string blob) => blob[..(blob.IndexOf('/', blob.IndexOf('/') + 1) + 1)];
}
