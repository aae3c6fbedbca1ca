using Azure;
using Azure.Core;
using SegFunctions.Storage.Tables.Filters;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tables;

/// <summary>One table.</summary>
/// <remarks>
/// <para>
/// Thread-safe. Named and shaped as in Azure.Data.Tables, of which it has the asynchronous part; rows are
/// <see cref="TableEntity"/>. What the service would refuse is refused before it is sent, with an
/// <see cref="ArgumentException"/> that names the operation, the row and the property: malformed keys, names and dates,
/// values, rows and transactions that are too large.
/// </para>
/// <para>
/// Requests that find the service busy or unreachable are repeated (<see cref="TableClientOptions"/>). A write whose first
/// answer was lost is then answered 409, 412 or 404 although it took effect: whoever must know reads the row back.
/// </para>
/// </remarks>
public class TableClient
{
    private const string NextPartition = "x-ms-continuation-NextPartitionKey";
    private const string NextRow = "x-ms-continuation-NextRowKey";
    private readonly TableRequests? _requests;
    private readonly string? _name;
    private readonly Uri? _uri;

    /// <inheritdoc cref="TableServiceClient(string, TableClientOptions?)"/>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(new TableRequests(TableConnection.Parse(connectionString), options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(new TableRequests(TableConnection.From(endpoint, credential), options), tableName)
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, TokenCredential, TableClientOptions?)"/>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(new TableRequests(TableConnection.From(endpoint, tokenCredential), options), tableName)
    {
    }

    /// <param name="endpoint">The table's own address, its name at the end of the path.</param>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(new TableRequests(TableConnection.From(ServiceOf(endpoint), credential), options), NameIn(endpoint))
    {
    }

    /// <param name="endpoint">The table's own address with a shared access signature as its query.</param>
    public TableClient(Uri endpoint, TableClientOptions? options = null)
        : this(new TableRequests(TableConnection.From(ServiceOf(endpoint)), options), NameIn(endpoint))
    {
    }

    internal TableClient(TableRequests requests, string tableName)
    {
        TableRules.CheckTableName(tableName);
        _requests = requests;
        _name = tableName;
        _uri = requests.AddressOf(tableName);
    }

    /// <summary>For twins, which override every method.</summary>
    protected TableClient()
    {
    }

    public virtual string Name => _name ?? throw NotOverridden();

    public virtual string AccountName => Requests.AccountName;

    public virtual Uri Uri => _uri ?? throw NotOverridden();

    private TableRequests Requests => _requests ?? throw NotOverridden();

    private TableServiceClient Service => new(Requests);

    /// <summary>The filter that an interpolated string means: every value becomes a literal, escaped as OData demands.</summary>
    /// <remarks>
    /// <c>TableClient.CreateQueryFilter($"PartitionKey eq {shard} and Score ge {0.5}")</c>. Values are string, bool, int,
    /// long, double, DateTimeOffset (or DateTime, UTC or local), Guid and <c>byte[]</c> (or BinaryData). Properties must be
    /// compared with values of their own type. NaN and infinities are refused: nothing compares with the one, and service
    /// and emulator disagree about the others; use a finite bound.
    /// </remarks>
    /// <exception cref="ArgumentException">A value has no literal; the message has its position.</exception>
    public static string CreateQueryFilter(FormattableString filter) => FilterLiteral.Interpolate(filter);

    /// <inheritdoc cref="TableServiceClient.CreateTableAsync"/>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        Service.CreateTableAsync(Name, cancellationToken);

    /// <inheritdoc cref="TableServiceClient.CreateTableIfNotExistsAsync"/>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Service.CreateTableIfNotExistsAsync(Name, cancellationToken);

    /// <inheritdoc cref="TableServiceClient.DeleteTableAsync"/>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        Service.DeleteTableAsync(Name, cancellationToken);

    /// <summary>Inserts a row.</summary>
    /// <returns>An answer whose header ETag is the row's version. So for every write.</returns>
    /// <exception cref="RequestFailedException">409 <see cref="TableErrorCode.EntityAlreadyExists"/>.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        var row = TableRules.Row(entity);
        var size = TableRules.CheckEntity(row);
        using var message = Requests.Create(RequestMethod.Post, Name, row, size);
        return await Requests.SendAsync(message, cancellationToken);
    }

    /// <summary>Inserts a row, or merges into or replaces what is there, whatever its version.</summary>
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        var row = TableRules.Row(entity);
        var size = TableRules.CheckEntity(row);
        using var message = Requests.Create(MethodOf(mode), PathOf(row.PartitionKey, row.RowKey), row, size);
        return await Requests.SendAsync(message, cancellationToken);
    }

    /// <summary>Merges into or replaces an existing row.</summary>
    /// <param name="ifMatch">The version that was read, or <see cref="ETag.All"/> for any.</param>
    /// <exception cref="RequestFailedException">
    /// 412 <see cref="TableErrorCode.UpdateConditionNotSatisfied"/>; 404 <see cref="TableErrorCode.ResourceNotFound"/>.
    /// </exception>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        TableRules.CheckUpdateCondition(ifMatch);
        var row = TableRules.Row(entity);
        var size = TableRules.CheckEntity(row);
        using var message = Requests.Create(MethodOf(mode), PathOf(row.PartitionKey, row.RowKey), row, size);
        message.Request.Headers.Add("If-Match", TableRequests.IfMatch(ifMatch));
        return await Requests.SendAsync(message, cancellationToken);
    }

    /// <summary>Deletes a row.</summary>
    /// <param name="ifMatch">The version that was read; the default and <see cref="ETag.All"/> accept any.</param>
    /// <returns>An answer with status 404 where there was no such row.</returns>
    /// <exception cref="RequestFailedException">412 <see cref="TableErrorCode.UpdateConditionNotSatisfied"/>.</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        TableRules.CheckKeys(partitionKey, rowKey);
        using var message = Requests.Create(RequestMethod.Delete, PathOf(partitionKey, rowKey));
        message.Request.Headers.Add("If-Match", TableRequests.IfMatch(ifMatch));
        return await Requests.SendAsync(message, cancellationToken, expected: 404);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="select">The properties to read, keys and Timestamp among them if they are wanted; null reads all.</param>
    /// <exception cref="RequestFailedException">
    /// 404 <see cref="TableErrorCode.ResourceNotFound"/>, or <see cref="TableErrorCode.TableNotFound"/>.
    /// </exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await SendLookUpAsync<T>(partitionKey, rowKey, select, expected: 0, cancellationToken);
        return Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Reads a row if there is one; a missing table reads as a missing row.</summary>
    /// <param name="select">As in <see cref="GetEntityAsync"/>.</param>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await SendLookUpAsync<T>(partitionKey, rowKey, select, expected: 404, cancellationToken);
        return response.Status == 404 ? new NoRowResponse<T>(response) : Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Reads rows in the order of their keys, partition first.</summary>
    /// <param name="filter">An OData condition; <see cref="CreateQueryFilter"/> writes one. Null reads the whole table.</param>
    /// <param name="maxPerPage">1 to 1,000. A page may hold fewer rows, even none, and still not be the last.</param>
    /// <param name="select">As in <see cref="GetEntityAsync"/>.</param>
    /// <returns>
    /// Rows, or pages by <c>AsPages(continuationToken, pageSizeHint)</c>; a page's token is opaque and can be kept.
    /// </returns>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        TableRules.CheckRowType<T>();
        TableRules.CheckPageSize(maxPerPage);
        var names = TableRules.CheckSelect(select);
        return new PageSource<T>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<T>> FetchAsync(string? token, int? size, CancellationToken cancellation)
        {
            using var message = Requests.CreateQuery(Name + "()", filter, size, names);
            if (RowPosition.Parse(token) is { } position)
            {
                TableRequests.Append(message, "NextPartitionKey", position.PartitionKey);
                if (position.RowKey is not null)
                    TableRequests.Append(message, "NextRowKey", position.RowKey);
            }

            var response = await Requests.SendAsync(message, cancellation);
            return Page<T>.FromValues(
                (IReadOnlyList<T>)(object)EntityReader.ReadRows(response.Content.ToMemory().Span), Next(response)?.ToToken(), response);
        }
    }

    /// <summary>Does all operations or none.</summary>
    /// <param name="transactionActions">1 to 100 operations on different rows of one partition, together at most 4 MiB.</param>
    /// <returns>The answer to each operation; the header ETag of a write's is the row's new version.</returns>
    /// <exception cref="TableTransactionFailedException">An operation failed and nothing was done.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        TableTransactionAction[] actions = [.. transactionActions];
        var sizes = TableRules.CheckTransaction(actions);
        var (content, contentType) = TransactionBody.Write(actions, sizes, Uri);
        using var message = Requests.CreateTransaction(content, contentType);
        var response = await Requests.SendAsync(message, cancellationToken);
        IReadOnlyList<Response> answers = TransactionAnswer.Read(response.Content.ToMemory().Span, actions.Length);
        return Response.FromValue(answers, response);
    }

    private static RequestMethod MethodOf(TableUpdateMode mode) =>
        mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;

    private static T Read<T>(Response response) => (T)(object)EntityReader.ReadRow(response.Content.ToMemory().Span);

    private static RowPosition? Next(Response response)
    {
        if (!response.Headers.TryGetValue(NextPartition, out var partitionKey))
            return null;
        response.Headers.TryGetValue(NextRow, out var rowKey);
        return new RowPosition(partitionKey, rowKey);
    }

    private static Uri ServiceOf(Uri table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var path = table.AbsolutePath.TrimEnd('/');
        return new UriBuilder(table) { Path = path[..(path.LastIndexOf('/') + 1)] }.Uri;
    }

    private static string NameIn(Uri table)
    {
        var path = table.AbsolutePath.TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private string PathOf(string partitionKey, string rowKey) => Name + TableRequests.RowSelector(partitionKey, rowKey);

    private async Task<Response> SendLookUpAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select, int expected, CancellationToken cancellationToken)
    {
        TableRules.CheckRowType<T>();
        TableRules.CheckKeys(partitionKey, rowKey);
        using var message = Requests.CreateQuery(PathOf(partitionKey, rowKey), filter: null, top: null, TableRules.CheckSelect(select));
        return await Requests.SendAsync(message, cancellationToken, expected);
    }

    private InvalidOperationException NotOverridden() => new($"{GetType().Name} does not override this member.");
}
