using Azure;
using Azure.Core;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tables;

/// <summary>The table service of one storage account: its tables and their clients.</summary>
/// <remarks>
/// Thread-safe; one instance serves a whole process. Named and shaped as in Azure.Data.Tables, of which it has the
/// asynchronous part. <see cref="InMemoryTableServiceClient"/> is its twin for tests and large local runs.
/// </remarks>
public class TableServiceClient
{
    private const string NextTable = "x-ms-continuation-NextTableName";
    private readonly TableRequests? _requests;

    /// <param name="connectionString">
    /// <c>UseDevelopmentStorage=true</c>, or the account's with key or shared access signature; explicit endpoints win.
    /// </param>
    /// <exception cref="ArgumentException">A setting is missing or malformed; the message names it.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TableConnection.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint">The service's address with a shared access signature as its query.</param>
    public TableServiceClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableConnection.From(endpoint), options)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TableConnection.From(endpoint, credential), options)
    {
    }

    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableConnection.From(endpoint, credential), options)
    {
    }

    /// <param name="tokenCredential">A managed identity or the like, with the role Storage Table Data Contributor.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableConnection.From(endpoint, tokenCredential), options)
    {
    }

    /// <summary>For twins, which override every method.</summary>
    protected TableServiceClient()
    {
    }

    internal TableServiceClient(TableRequests requests) => _requests = requests;

    private TableServiceClient(TableConnection connection, TableClientOptions? options)
        : this(new TableRequests(connection, options))
    {
    }

    public virtual string AccountName => Requests.AccountName;

    public virtual Uri Uri => Requests.Endpoint;

    private TableRequests Requests => _requests ?? throw new InvalidOperationException($"{GetType().Name} does not override this member.");

    /// <summary>The client of a table, whether it exists or not; no request is sent.</summary>
    /// <exception cref="ArgumentException">That can be no table's name.</exception>
    public virtual TableClient GetTableClient(string tableName) => new(Requests, tableName);

    /// <exception cref="RequestFailedException">
    /// 409 <see cref="TableErrorCode.TableAlreadyExists"/>, also where only the case of the name differs;
    /// 409 <see cref="TableErrorCode.TableBeingDeleted"/> for up to a minute after a deletion.
    /// </exception>
    public virtual async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        TableRules.CheckTableName(tableName);
        using var message = Requests.CreateTable(tableName);
        return Response.FromValue(new TableItem(tableName), await Requests.SendAsync(message, cancellationToken));
    }

    /// <returns>The answer has status 409 where the table was there.</returns>
    public virtual async Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default)
    {
        TableRules.CheckTableName(tableName);
        using var message = Requests.CreateTable(tableName);
        var response = await Requests.SendAsync(message, cancellationToken, expected: 409);
        if (response.Status == 409)
        {
            var failure = new RequestFailedException(response);
            if (failure.ErrorCode != TableErrorCode.TableAlreadyExists)
                throw failure;
        }

        return Response.FromValue(new TableItem(tableName), response);
    }

    /// <returns>An answer with status 404 where there was no such table.</returns>
    public virtual async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        TableRules.CheckTableName(tableName);
        using var message = Requests.Create(RequestMethod.Delete, $"Tables('{tableName}')");
        return await Requests.SendAsync(message, cancellationToken, expected: 404);
    }

    /// <summary>Lists tables by name.</summary>
    /// <param name="filter">An OData condition on <c>TableName</c>; see <see cref="TableClient.CreateQueryFilter"/>.</param>
    public virtual AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default)
    {
        TableRules.CheckPageSize(maxPerPage);
        return new PageSource<TableItem>(ListAsync, maxPerPage, cancellationToken);

        async Task<Page<TableItem>> ListAsync(string? token, int? size, CancellationToken cancellation)
        {
            using var message = Requests.CreateQuery("Tables", filter, size, select: null);
            if (token is not null)
                TableRequests.Append(message, "NextTableName", Uri.UnescapeDataString(token));
            var response = await Requests.SendAsync(message, cancellation);
            var next = response.Headers.TryGetValue(NextTable, out var name) ? Uri.EscapeDataString(name) : null;
            return Page<TableItem>.FromValues(EntityReader.ReadTables(response.Content.ToMemory().Span), next, response);
        }
    }

    /// <summary>A filter whose values are escaped; see <see cref="TableClient.CreateQueryFilter"/>.</summary>
    public static string CreateQueryFilter(FormattableString filter) => TableClient.CreateQueryFilter(filter);
}
