using System.Runtime.CompilerServices;
using Azure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Tests.Support;

/// <summary>A call to storage, before it is made or when it is done.</summary>
/// <param name="Resource">Table, container or queue.</param>
internal readonly record struct StorageCall(string Resource, string Operation, bool IsWrite, bool IsDone);

/// <summary>Storage that lets a test look, or interfere, before and after any real call; what the watch throws the caller sees.</summary>
internal static class WatchedStorage
{
    public static StorageAccount Over(StorageAccount inner, Func<StorageCall, Task> watch) => new(
        new Tables(inner.Tables, watch), new Blobs(inner.Blobs, watch), new Queues(inner.Queues, watch), inner.Claims, inner.Leases);

    private static async Task<T> CallAsync<T>(Func<StorageCall, Task> watch, string resource, string operation, bool isWrite, Func<Task<T>> call)
    {
        await watch(new StorageCall(resource, operation, isWrite, IsDone: false));
        var result = await call();
        await watch(new StorageCall(resource, operation, isWrite, IsDone: true));
        return result;
    }

    private sealed class Tables(TableServiceClient inner, Func<StorageCall, Task> watch) : TableServiceClient
    {
        public override TableClient GetTableClient(string tableName) => new Table(inner.GetTableClient(tableName), watch);
    }

    private sealed class Table(TableClient inner, Func<StorageCall, Task> watch) : TableClient
    {
        public override string Name => inner.Name;

        public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
            inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
            WriteAsync("add", () => inner.AddEntityAsync(entity, cancellationToken));

        public override Task<Response> UpsertEntityAsync<T>(
            T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
            WriteAsync("upsert", () => inner.UpsertEntityAsync(entity, mode, cancellationToken));

        public override Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
            WriteAsync("update", () => inner.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken));

        public override Task<Response> DeleteEntityAsync(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
            WriteAsync("delete", () => inner.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken));

        public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            CallAsync(watch, inner.Name, "get", isWrite: false, () => inner.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken));

        public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        {
            var actions = transactionActions.ToList();
            return WriteAsync("submit", () => inner.SubmitTransactionAsync(actions, cancellationToken));
        }

        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            new Pages<T>(inner.QueryAsync<T>(filter, maxPerPage, select, cancellationToken), inner.Name, watch);

        private Task<T> WriteAsync<T>(string operation, Func<Task<T>> call) => CallAsync(watch, inner.Name, operation, isWrite: true, call);
    }

    private sealed class Pages<T>(AsyncPageable<T> inner, string table, Func<StorageCall, Task> watch) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await foreach (var page in inner.AsPages(continuationToken, pageSizeHint))
            {
                await watch(new StorageCall(table, "query", IsWrite: false, IsDone: true));
                yield return page;
            }
        }
    }

    private sealed class Blobs(BlobStore inner, Func<StorageCall, Task> watch) : BlobStore
    {
        public override BlobContainer GetContainer(string name) => new Container(inner.GetContainer(name), watch);
    }

    private sealed class Container(BlobContainer inner, Func<StorageCall, Task> watch) : BlobContainer
    {
        public override string Name => inner.Name;

        public override Uri Uri => inner.Uri;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "find", isWrite: false, () => inner.FindAsync(name, cancellationToken));

        public override async Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken) =>
            await CallAsync(watch, inner.Name, "open", isWrite: false, () => inner.OpenReadAsync(name, ifMatch, cancellationToken));

        public override Task<ETag> WriteAsync(
            string name, Func<Stream, CancellationToken, Task> writeContent, BlobWriteOptions? options, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "write", isWrite: true, () => inner.WriteAsync(name, writeContent, options, cancellationToken));

        public override Task<ETag> WriteAsync(
            string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "write", isWrite: true, () => inner.WriteAsync(name, content, options, cancellationToken));

        public override Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "delete", isWrite: true, () => inner.DeleteAsync(name, ifMatch, cancellationToken));

        public override async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await watch(new StorageCall(inner.Name, "list", IsWrite: false, IsDone: false));
            await foreach (var blob in inner.ListAsync(prefix, cancellationToken))
                yield return blob;
        }

        public override Task<(byte[] Content, ETag ETag)?> FindContentAsync(string name, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "read", isWrite: false, () => inner.FindContentAsync(name, cancellationToken));
    }

    private sealed class Queues(QueueStore inner, Func<StorageCall, Task> watch) : QueueStore
    {
        public override MessageQueue GetQueue(string name) => new Queue(inner.GetQueue(name), watch);
    }

    private sealed class Queue(MessageQueue inner, Func<StorageCall, Task> watch) : MessageQueue
    {
        public override string Name => inner.Name;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken) =>
            CallAsync(watch, inner.Name, "send", isWrite: true, async () =>
            {
                await inner.SendAsync(payload, delay, cancellationToken);
                return true;
            });

        public override Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int maximum, TimeSpan visibility, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(maximum, visibility, cancellationToken);

        public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken) => inner.PeekAsync(cancellationToken);

        public override Task<QueueMessage?> SetVisibilityAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
            inner.SetVisibilityAsync(message, visibility, cancellationToken);

        public override Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
            inner.DeleteAsync(message, cancellationToken);

        public override Task<int> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);
    }
}
