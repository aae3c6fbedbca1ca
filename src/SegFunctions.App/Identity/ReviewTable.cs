using System.Text.Json;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Identity;

/// <summary>The table <c>Reviews</c>: pairs that wait for a human, and every decision. One row a pair of keys.</summary>
internal sealed class ReviewTable
{
    /// <summary>Name of the table.</summary>
    public const string Table = "Reviews";

    private const string Partition = "review";
    private const int RowsAtOnce = 100;
    private readonly TableClient _table;
    private readonly OnceCreated _created;

    public ReviewTable(StorageAccount storage)
    {
        _table = storage.Tables.GetTableClient(Table);
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    public async Task<ReviewRecord?> FindAsync(CustomerKey left, CustomerKey right, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, ReviewRecord.IdOf(left, right), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async Task<IReadOnlyList<ReviewRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var reviews = new List<ReviewRecord>();
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            reviews.Add(Read(row));
        return reviews;
    }

    /// <summary>Everything that humans decided.</summary>
    public async Task<IReadOnlyList<KeyDecision>> DecisionsAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken)).Where(review => review.Status != ReviewStatus.Open).Select(review => new KeyDecision(review.Left, review.Right, review.Status == ReviewStatus.Accepted))];

    public async Task WriteAsync(IEnumerable<ReviewRecord> reviews, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        foreach (var chunk in reviews.Chunk(RowsAtOnce))
            await _table.SubmitTransactionAsync([.. chunk.Select(review => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Write(review)))], cancellationToken);
    }

    /// <summary>Replaces what waits by what a run found; decisions stay, also those taken meanwhile.</summary>
    public async Task ReplaceOpenAsync(string run, IReadOnlyList<KeyReview> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = (await ListAsync(cancellationToken)).ToDictionary(review => review.Id, StringComparer.Ordinal);
        var wanted = new Dictionary<string, ReviewRecord>(StringComparer.Ordinal);
        foreach (var (link, reason) in found)
        {
            var id = ReviewRecord.IdOf(link.Left, link.Right);
            var known = standing.GetValueOrDefault(id);
            if (known is { Status: not ReviewStatus.Open })
                continue;
            var (left, right) = link.Left < link.Right ? (link.Left, link.Right) : (link.Right, link.Left);
            wanted[id] = new ReviewRecord(left, right, ReviewStatus.Open, StoredLink.Of(link), reason, known?.Run ?? run, known?.Since ?? now, null, null);
        }

        foreach (var gone in standing.Values.Where(review => review.Status == ReviewStatus.Open && !wanted.ContainsKey(review.Id)))
            await DeleteAsync(gone, cancellationToken);
        await WriteAsync(wanted.Values, cancellationToken);
    }

    /// <summary>Deletes the rows that name one of the keys.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(IReadOnlySet<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var named = (await ListAsync(cancellationToken)).Where(review => keys.Contains(review.Left) || keys.Contains(review.Right)).ToArray();
        foreach (var review in named)
            await DeleteAsync(review, cancellationToken);
        return named.Length;
    }

    private async Task DeleteAsync(ReviewRecord review, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Partition, review.Id, cancellationToken: cancellationToken);

    private static TableEntity Write(ReviewRecord review)
    {
        var row = new TableEntity(Partition, review.Id)
        {
            ["status"] = review.Status.ToString(),
            ["since"] = review.Since,
        };
        if (review.Link is not null)
            row["link"] = JsonSerializer.Serialize(review.Link, AppJson.Published.StoredLink);
        if (review.Reason is { } reason)
            row["reason"] = reason.ToString();
        if (review.Run is not null)
            row["run"] = review.Run;
        if (review.DecidedAt is { } decided)
            row["decidedAt"] = decided;
        if (review.DecidedBy is not null)
            row["decidedBy"] = review.DecidedBy;
        return row;
    }

    private static ReviewRecord Read(TableEntity row)
    {
        if (!ReviewRecord.TryParse(row.RowKey, out var left, out var right))
            throw new InvalidDataException($"A row of {Table} names no pair of customer keys.");
        return new ReviewRecord(
            left,
            right,
            Enum.Parse<ReviewStatus>(row.GetString("status")!),
            row.GetString("link") is { } link ? JsonSerializer.Deserialize(link, AppJson.Published.StoredLink) : null,
            row.GetString("reason") is { } reason ? Enum.Parse<ReviewReason>(reason) : null,
            row.GetString("run"),
            row.GetDateTimeOffset("since") ?? default,
            row.GetDateTimeOffset("decidedAt"),
            row.GetString("decidedBy"));
    }
}
