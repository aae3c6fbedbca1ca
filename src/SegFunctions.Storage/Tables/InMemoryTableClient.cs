using Azure;
using SegFunctions.Storage.Tables.InMemory;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tables;

/// <summary>A table of an <see cref="InMemoryTableServiceClient"/>. Thread-safe.</summary>
public sealed class InMemoryTableClient : TableClient
{
    private readonly InMemoryTableServiceClient _service;

    internal InMemoryTableClient(InMemoryTableServiceClient service, string name)
    {
        _service = service;
        Name = name;
        Uri = new Uri(service.Uri, name);
    }

    public override string Name { get; }

    public override string AccountName => _service.AccountName;

    public override Uri Uri { get; }

    public override Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        _service.CreateTableAsync(Name, cancellationToken);

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        _service.CreateTableIfNotExistsAsync(Name, cancellationToken);

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        _service.DeleteTableAsync(Name, cancellationToken);

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        WriteAsync(TableTransactionActionType.Add, entity, default, cancellationToken);

    public override Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        WriteAsync(
            mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace,
            entity, default, cancellationToken);

    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            TableRules.CheckUpdateCondition(ifMatch);
            return Write(
                mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace,
                entity, ifMatch);
        });

    public override Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            TableRules.CheckKeys(partitionKey, rowKey);
            try
            {
                _service.Find(Name).Write(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch, size: 0);
                return (Response)new TableResponse(204, etag: null);
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return new TableResponse(404, etag: null);
            }
        });

    public override Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () => Get<T>(partitionKey, rowKey, select));

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            try
            {
                return (NullableResponse<T>)Get<T>(partitionKey, rowKey, select);
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return new NoRowResponse<T>(new TableResponse(404, etag: null));
            }
        });

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        TableRules.CheckRowType<T>();
        TableRules.CheckPageSize(maxPerPage);
        var names = TableRules.CheckSelect(select);
        return new PageSource<T>(
            (token, size, cancellation) => Twin.Answer(cancellation, () => Query<T>(filter, names, token, size)),
            maxPerPage,
            cancellationToken);
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(transactionActions);
            TableTransactionAction[] actions = [.. transactionActions];
            var sizes = TableRules.CheckTransaction(actions);
            TransactionBody.CheckSize(actions, sizes, Uri);
            var rows = _service.Find(Name).Write(actions, sizes);
            var answers = new Response[rows.Length];
            for (var i = 0; i < answers.Length; i++)
                answers[i] = new TableResponse(204, rows[i]?.ETag.ToString());
            return Response.FromValue<IReadOnlyList<Response>>(answers, new TableResponse(202, etag: null));
        });

    private Task<Response> WriteAsync(
        TableTransactionActionType action, ITableEntity entity, ETag ifMatch, CancellationToken cancellationToken) =>
        Twin.Answer(cancellationToken, () => Write(action, entity, ifMatch));

    private Response Write(TableTransactionActionType action, ITableEntity entity, ETag ifMatch)
    {
        var checkedRow = TableRules.Row(entity);
        var size = TableRules.CheckEntity(checkedRow);
        var row = _service.Find(Name).Write(action, checkedRow, ifMatch, size);
        return new TableResponse(204, row!.ETag.ToString());
    }

    private Response<T> Get<T>(string partitionKey, string rowKey, IEnumerable<string>? select)
    {
        TableRules.CheckRowType<T>();
        TableRules.CheckKeys(partitionKey, rowKey);
        var names = TableRules.CheckSelect(select);
        var row = _service.Find(Name).Find(partitionKey, rowKey);
        return Response.FromValue((T)(object)row.ToEntity(names), new TableResponse(200, row.ETag.ToString()));
    }

    private Page<T> Query<T>(string? filter, string[]? select, string? token, int? maximum)
    {
        var expression = Twin.Parse(filter);
        var (rows, next) = _service.Find(Name).Scan(expression, RowPosition.Parse(token), maximum ?? TableRules.MaxPageSize);
        var entities = new T[rows.Count];
        for (var i = 0; i < entities.Length; i++)
            entities[i] = (T)(object)rows[i].ToEntity(select);
        return Page<T>.FromValues(entities, next?.ToToken(), new TableResponse(200, etag: null));
    }
}
