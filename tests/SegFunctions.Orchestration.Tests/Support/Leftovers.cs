using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>What should not be there once everything has come to rest.</summary>
public static class Leftovers
{
    /// <summary>Messages, inbox rows and inbox payloads.</summary>
    public static async Task<IReadOnlyList<string>> LeftoversAsync(this EngineHost host)
    {
        var found = new List<string>();
        if (await host.Steps.CountAsync(default) is var steps and > 0)
            found.Add($"{steps} messages in {host.Steps.Name}");
        if (await host.Activities.CountAsync(default) is var activities and > 0)
            found.Add($"{activities} messages in {host.Activities.Name}");
        found.AddRange((await host.RowsAsync()).Where(row => row.Contains("/inbox-", StringComparison.Ordinal)));
        found.AddRange((await host.BlobsAsync()).Where(blob => blob.Contains("/inbox/", StringComparison.Ordinal)));
        return found;
    }

    /// <summary>Every row as <c>partition/row</c>.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(this EngineHost host)
    {
        var rows = new List<string>();
        await foreach (var row in host.Storage.Tables.GetTableClient(host.Options.Table).QueryAsync<TableEntity>())
            rows.Add($"{row.PartitionKey}/{row.RowKey}");
        return rows;
    }

    public static async Task<IReadOnlyList<string>> BlobsAsync(this EngineHost host)
    {
        var blobs = new List<string>();
        await foreach (var blob in host.Storage.Blobs.GetContainer(host.Options.Container).ListAsync("", default))
            blobs.Add(blob.Name);
        return blobs;
    }
}
