using System.Collections.Concurrent;
using Azure;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>Called before and after every call to storage; what it throws is what the caller sees.</summary>
public delegate Task StorageWatch(string operation, bool isDone);

/// <summary>Storage that lets a test interfere before or after any real call.</summary>
public sealed class WatchedStorage
{
    private readonly ConcurrentDictionary<QueueMessage, MessageQueue> _held = new();

    public WatchedStorage(OrchestrationStorage inner, StorageWatch watch) =>
        Storage = new(new WatchedTables(inner.Tables, watch), new WatchedBlobs(inner.Blobs, watch), new WatchedQueues(inner.Queues, watch, _held));

    public OrchestrationStorage Storage { get; }

    /// <summary>What the visibility time-out does with the messages that a dead process had received.</summary>
    public async Task ReleaseMessagesAsync()
    {
        foreach (var (message, queue) in _held)
            await queue.SetVisibilityAsync(message, TimeSpan.Zero, default);
    }

    private static async Task<T> CallAsync<T>(StorageWatch watch, string operation, Func<Task<T>> call)
    {
        await watch(operation, isDone: false);
        var result = await call();
        await watch(operation, isDone: true);
        return result;
    }

    private static Task CallAsync(StorageWatch watch, string operation, Func<Task> call) => CallAsync(watch, operation, async () =>
    {
        await call();
        return 0;
    });

    private sealed class WatchedTables(TableServiceClient inner, StorageWatch watch) : TableServiceClient
    {
        public override TableClient GetTableClient(string tableName) => new WatchedTable(inner.GetTableClient(tableName), watch);
    }

    private sealed class WatchedTable(TableClient inner, StorageWatch watch) : TableClient
    {
        public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
            inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
            CallAsync(watch, $"add {entity.RowKey}", () => inner.AddEntityAsync(entity, cancellationToken));

        public override Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
            CallAsync(watch, $"update {entity.RowKey}", () => inner.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken));

        public override Task<Response> DeleteEntityAsync(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
            CallAsync(watch, $"delete {rowKey}", () => inner.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken));

        public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            CallAsync(watch, $"get {rowKey}", () => inner.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken));

        public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        {
            var actions = transactionActions.ToList();
            return CallAsync(watch, $"submit {actions[0].Entity.RowKey}", () => inner.SubmitTransactionAsync(actions, cancellationToken));
        }

        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            new WatchedPages<T>(inner.QueryAsync<T>(filter, maxPerPage, select, cancellationToken), watch);
    }

    private sealed class WatchedPages<T>(AsyncPageable<T> inner, StorageWatch watch) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await watch("query", isDone: false);
            await foreach (var page in inner.AsPages(continuationToken, pageSizeHint))
                yield return page;
            await watch("query", isDone: true);
        }
    }

    private sealed class WatchedBlobs(BlobStore inner, StorageWatch watch) : BlobStore
    {
        public override BlobContainer GetContainer(string name) => new WatchedContainer(inner.GetContainer(name), watch);
    }

    private sealed class WatchedContainer(BlobContainer inner, StorageWatch watch) : BlobContainer
    {
        public override string Name => inner.Name;

        public override Uri Uri => inner.Uri;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public override Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken) =>
            inner.OpenReadAsync(name, ifMatch, cancellationToken);

        public override Task<ETag> WriteAsync(
            string name, Func<Stream, CancellationToken, Task> writeContent, BlobWriteOptions? options, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, writeContent, options, cancellationToken);

        public override Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken) =>
            CallAsync(watch, "delete blob", () => inner.DeleteAsync(name, ifMatch, cancellationToken));

        public override async IAsyncEnumerable<BlobEntry> ListAsync(
            string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await watch("list blobs", isDone: false);
            await foreach (var blob in inner.ListAsync(prefix, cancellationToken))
                yield return blob;
            await watch("list blobs", isDone: true);
        }

        public override Task<ETag> WriteAsync(
            string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken) =>
            CallAsync(watch, "write blob", () => inner.WriteAsync(name, content, options, cancellationToken));

        public override Task<(byte[] Content, ETag ETag)?> FindContentAsync(string name, CancellationToken cancellationToken) =>
            CallAsync(watch, "read blob", () => inner.FindContentAsync(name, cancellationToken));
    }

    private sealed class WatchedQueues(QueueStore inner, StorageWatch watch, ConcurrentDictionary<QueueMessage, MessageQueue> held) : QueueStore
    {
        public override MessageQueue GetQueue(string name) => new WatchedQueue(inner.GetQueue(name), watch, held);
    }

    private sealed class WatchedQueue(MessageQueue inner, StorageWatch watch, ConcurrentDictionary<QueueMessage, MessageQueue> held) : MessageQueue
    {
        public override string Name => inner.Name;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken) =>
            CallAsync(watch, "send", () => inner.SendAsync(payload, delay, cancellationToken));

        public override Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int maximum, TimeSpan visibility, CancellationToken cancellationToken) =>
            CallAsync(watch, "receive", async () =>
            {
                var messages = await inner.ReceiveAsync(maximum, visibility, cancellationToken);
                foreach (var message in messages)
                    held[message] = inner;
                return messages;
            });

        public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken) => inner.PeekAsync(cancellationToken);

        public override Task<QueueMessage?> SetVisibilityAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
            inner.SetVisibilityAsync(message, visibility, cancellationToken);

        public override Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
            CallAsync(watch, "delete message", () =>
            {
                held.TryRemove(message, out MessageQueue? _);
                return inner.DeleteAsync(message, cancellationToken);
            });

        public override Task<int> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);
    }
}
