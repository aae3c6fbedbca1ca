using System.Text;
using System.Text.Json;
using Azure;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Uploads;

public sealed class UploadTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly StorageAccount _storage;

    public UploadTests() => _storage = StorageAccount.InMemory(_time);

    private BlobContainer Container => _storage.Blobs.GetContainer("uploads");

    [Fact]
    public void Event_is_the_one_that_event_grid_sends()
    {
        var blob = new BlobEntry("crm/Kunden Übersicht#1.csv", 734003200, new ETag("\"0x8DC3F1\""), new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), "text/csv");

        using var parsed = JsonDocument.Parse(BlobCreatedEvent.Write(Container, blob));

        var root = parsed.RootElement;
        Assert.Equal("Microsoft.Storage.BlobCreated", root.GetProperty("eventType").GetString());
        Assert.Equal("/blobServices/default/containers/uploads/blobs/crm/Kunden Übersicht#1.csv", root.GetProperty("subject").GetString());
        Assert.Equal("2026-03-04T05:06:07Z", root.GetProperty("eventTime").GetString());
        Assert.Equal(("", "1"), (root.GetProperty("dataVersion").GetString(), root.GetProperty("metadataVersion").GetString()));
        Assert.True(root.GetProperty("id").TryGetGuid(out _));
        var data = root.GetProperty("data");
        Assert.Equal(["api", "blobType", "contentLength", "contentType", "eTag", "sequencer", "url"], data.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("PutBlockList", "0x8DC3F1", "text/csv", 734003200L, "BlockBlob"), (
            data.GetProperty("api").GetString(),
            data.GetProperty("eTag").GetString(),
            data.GetProperty("contentType").GetString(),
            data.GetProperty("contentLength").GetInt64(),
            data.GetProperty("blobType").GetString()));
        var url = new Uri(data.GetProperty("url").GetString()!);
        Assert.EndsWith("/uploads/crm/Kunden%20%C3%9Cbersicht%231.csv", url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequencer_orders_the_versions_of_a_blob_as_text()
    {
        var first = Entry("0x8DC3F1", second: 0);
        BlobEntry[] versions = [first, Entry("0x8DC3F2", second: 0), Entry("0x8DC3F0", second: 1), Entry("0x10000000", second: 2)];

        var sequencers = versions.Select(Sequencer).ToArray();

        Assert.Equal(sequencers.Order(StringComparer.Ordinal), sequencers);
        Assert.Equal(4, sequencers.Distinct(StringComparer.Ordinal).Count());

        static BlobEntry Entry(string tag, int second) => new("a.csv", 1, new ETag(tag), new DateTimeOffset(2026, 3, 4, 5, 6, second, TimeSpan.Zero), null);

        string? Sequencer(BlobEntry blob) => JsonDocument.Parse(BlobCreatedEvent.Write(Container, blob)).RootElement.GetProperty("data").GetProperty("sequencer").GetString();
    }

    [Fact]
    public async Task New_and_changed_uploads_and_mappings_are_reported_once_each()
    {
        await using var watcher = await StartAsync();
        await WriteAsync("orders.csv", "1");
        await WriteAsync("orders.csv.mapping.json", "{}");
        Assert.Equal(["orders.csv", "orders.csv.mapping.json"], new[] { await NextAsync(), await NextAsync() }.Order(StringComparer.Ordinal));

        await WriteAsync("orders.csv", "2");
        await WriteAsync("shop/events.ndjson", "3");

        Assert.Equal(["orders.csv", "shop/events.ndjson"], new[] { await NextAsync(), await NextAsync() }.Order(StringComparer.Ordinal));
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Restart_does_not_report_again_what_was_reported()
    {
        await WriteAsync("orders.csv", "1");
        await using (var before = await StartAsync())
        {
            await NextAsync();
            await before.StopAsync(CancellationToken.None);
        }

        await WriteAsync("later.csv", "2");
        await using var after = await StartAsync();

        Assert.Equal("later.csv", await NextAsync());
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Crash_between_message_and_receipt_reports_again_with_the_same_id()
    {
        await WriteAsync("orders.csv", "1");
        await using (var before = await StartAsync())
        {
            await NextAsync();
            await before.StopAsync(CancellationToken.None);
        }

        // What a crash right after the message leaves: no receipt.
        var state = _storage.Blobs.GetContainer(SegFunctions.App.Hosting.HostId.Container);
        var receipts = new List<string>();
        await foreach (var receipt in state.ListAsync(SegFunctions.App.Hosting.HostId.UploadReceipts, CancellationToken.None))
            receipts.Add(receipt.Name);
        await state.DeleteAsync(Assert.Single(receipts), ifMatch: null, CancellationToken.None);
        await using var after = await StartAsync();

        Assert.Equal("orders.csv", await NextAsync());
        Assert.Single(_ids.Distinct());
        Assert.Equal(2, _ids.Count);
    }

    [Fact]
    public async Task Receipts_end_with_their_blobs()
    {
        await WriteAsync("orders.csv", "1");
        await WriteAsync("kept.csv", "1");
        await using var watcher = await StartAsync();
        await NextAsync();
        await NextAsync();

        await Container.DeleteAsync("orders.csv", ifMatch: null, CancellationToken.None);

        var state = _storage.Blobs.GetContainer(SegFunctions.App.Hosting.HostId.Container);
        await Task.Run(async () =>
        {
            while (true)
            {
                var count = 0;
                await foreach (var receipt in state.ListAsync(SegFunctions.App.Hosting.HostId.UploadReceipts, CancellationToken.None))
                    count++;
                if (count == 1)
                    return;
                await Task.Yield();
            }
        }).WhileAdvancingAsync(_time, Step);
    }

    private readonly List<Guid> _ids = [];

    private async Task<TriggerLoops> StartAsync()
    {
        var watcher = new UploadWatcher(_storage, new UploadWatcherOptions(), _time, Some.Silent<UploadWatcher>());
        var loops = new TriggerLoops(() => [watcher], TimeSpan.FromSeconds(20), _time, Some.Silent<TriggerLoops>());
        await loops.PrepareAsync(_storage, CancellationToken.None);
        loops.Start();
        return loops;
    }

    private async Task WriteAsync(string name, string content)
    {
        await Container.CreateIfNotExistsAsync(CancellationToken.None);
        await Container.WriteAsync(name, Encoding.UTF8.GetBytes(content), options: null, CancellationToken.None);
    }

    private async Task<string> NextAsync()
    {
        var queue = _storage.Queues.GetQueue("uploads-received");
        async Task<QueueMessage> ReceiveAsync()
        {
            while (true)
            {
                var received = await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None);
                if (received.Count > 0)
                    return received[0];
                await Task.Yield();
            }
        }

        var message = await Task.Run(ReceiveAsync).WhileAdvancingAsync(_time, Step);
        await queue.DeleteAsync(message, CancellationToken.None);
        using var parsed = JsonDocument.Parse(message.Body);
        _ids.Add(parsed.RootElement.GetProperty("id").GetGuid());
        return parsed.RootElement.GetProperty("subject").GetString()!["/blobServices/default/containers/uploads/blobs/".Length..];
    }

    /// <summary>A further upload is the next thing that is reported: nothing else came before it.</summary>
    private async Task NothingMoreAsync()
    {
        await WriteAsync("zz-last.csv", "9");
        Assert.Equal("zz-last.csv", await NextAsync());
        Assert.Equal(0, await _storage.Queues.GetQueue("uploads-received").CountAsync(CancellationToken.None));
    }
}
