using System.Text.Json;
using Azure;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Uploads;

/// <summary>The table <c>Uploads</c>: a row for each version of each file, and which content is in the lake already.</summary>
internal sealed class UploadTable
{
    private const string UploadPartition = "upload";
    private const string ContentPartition = "content";
    private const string DecisionPartition = "decision";
    private readonly TableClient _uploads;
    private readonly OnceCreated _created;

    public UploadTable(StorageAccount storage)
    {
        _uploads = storage.Tables.GetTableClient("Uploads");
        _created = new OnceCreated(token => _uploads.CreateIfNotExistsAsync(token));
    }

    public async Task WriteAsync(UploadRecord upload, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        await _uploads.UpsertEntityAsync(
            new TableEntity(UploadPartition, upload.Id) { ["data"] = JsonSerializer.Serialize(upload, AppJson.Default.UploadRecord) },
            TableUpdateMode.Replace,
            cancellationToken);
    }

    public async Task<UploadRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!UploadId.IsValid(id))
            return null;
        var row = await _uploads.GetEntityIfExistsAsync<TableEntity>(UploadPartition, id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>All uploads, newest first.</summary>
    public async Task<IReadOnlyList<UploadRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var uploads = new List<UploadRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {UploadPartition}");
        await foreach (var row in _uploads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            uploads.Add(Read(row));
        uploads.Reverse();
        return uploads;
    }

    /// <summary>Claims a content for an upload; the first one keeps it.</summary>
    /// <param name="content">Hash of the file's bytes and of how they were read.</param>
    /// <returns>The upload that has the content: this one, or the one that was first.</returns>
    public async Task<string> ClaimContentAsync(string content, string upload, CancellationToken cancellationToken)
    {
        try
        {
            await _uploads.AddEntityAsync(new TableEntity(ContentPartition, content) { ["upload"] = upload }, cancellationToken);
            return upload;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return await FindContentAsync(content, cancellationToken) ?? upload;
        }
    }

    /// <summary>The upload whose content this is, or null.</summary>
    public async Task<string?> FindContentAsync(string content, CancellationToken cancellationToken)
    {
        var row = await _uploads.GetEntityIfExistsAsync<TableEntity>(ContentPartition, content, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString("upload") : null;
    }

    /// <summary>Decides about an upload; the first decision stands.</summary>
    /// <returns>The decision that stands: this one, or the one that was first.</returns>
    public async Task<UploadDecision> DecideAsync(string upload, UploadDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            await _uploads.AddEntityAsync(new TableEntity(DecisionPartition, upload) { ["decision"] = decision.ToString() }, cancellationToken);
            return decision;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return await FindDecisionAsync(upload, cancellationToken) ?? decision;
        }
    }

    /// <summary>What was decided about an upload, or null.</summary>
    public async Task<UploadDecision?> FindDecisionAsync(string upload, CancellationToken cancellationToken)
    {
        var row = await _uploads.GetEntityIfExistsAsync<TableEntity>(DecisionPartition, upload, cancellationToken: cancellationToken);
        return row.HasValue ? Enum.Parse<UploadDecision>(row.Value!.GetString("decision")!) : null;
    }

    private static UploadRecord Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString("data")!, AppJson.Default.UploadRecord)!;
}
