using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>What should not be there once everything has come to rest.</summary>
public static class Leftovers
{
    /// <summary>Visible messages, inbox rows and inbox payloads.</summary>
    public static async Task<IReadOnlyList<string>> LeftoversAsync(this EngineHost host)
    {
        var found = new List<string>();
        foreach (var queue in new[] { host.Steps, host.Activities })
        {
            // Messages of timers that were overtaken may still wait for their time; they will find nothing to do.
            foreach (var message in await queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), default))
                found.Add($"{queue.Name}: {System.Text.Encoding.UTF8.GetString(message.Body.Span)}");
        }

        found.AddRange(await host.RowsOfInboxAsync());
        found.AddRange((await host.BlobsAsync()).Where(blob => blob.Contains("/inbox/", StringComparison.Ordinal)));
        return found;
    }

    public static async Task<IReadOnlyList<string>> RowsOfInboxAsync(this EngineHost host) =>
        [.. (await host.RowsAsync()).Where(row => row.Contains("/inbox-", StringComparison.Ordinal))];

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
