using SegFunctions.Orchestration.History;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>Where payloads and steps live that are too large for a row or a message. A blob is written once and never changed.</summary>
/// <remarks>
/// Names say to what a blob belongs: <c>instance/execution/start</c>, <c>…/steps/number-commit/part</c>, and
/// <c>…/inbox/row-id</c>. So it can be told of any blob whether anything can still refer to it.
/// </remarks>
internal sealed class PayloadBlobs(BlobContainer container)
{
    private static readonly BlobWriteOptions Json = new() { ContentType = "application/json" };

    public static string Folder(string instanceId) => TableKeyCodec.Encode(instanceId) + "/";

    public static string Start(string instanceId, string executionId) => $"{Folder(instanceId)}{executionId}/start";

    public static string Step(string instanceId, string executionId, int step, string commitId, string part) =>
        $"{Folder(instanceId)}{executionId}/steps/{step:D8}-{commitId}/{part}";

    public static string Inbox(string instanceId, string executionId, string rowKey) =>
        $"{Folder(instanceId)}{executionId}/inbox/{rowKey}-{Guid.NewGuid():N}";

    public Task WriteAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        container.WriteAsync(name, content, Json, cancellationToken);

    /// <exception cref="BlobMissingException">It is gone.</exception>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await container.FindContentAsync(name, cancellationToken))?.Content ?? throw new BlobMissingException(container.Name, name);

    /// <exception cref="BlobMissingException">It is gone.</exception>
    public async Task<byte[]> ReadAsync(Payload payload, CancellationToken cancellationToken) =>
        payload.Json ?? await ReadAsync(payload.Blob!, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.DeleteAsync(name, ifMatch: null, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        container.ListAsync(prefix, cancellationToken);
}
