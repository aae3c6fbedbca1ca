using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Makes the requests of the table service's REST interface and sends them.</summary>
internal sealed class TableRequests
{
    // The first version that takes tokens.
    private const string ServiceVersion = "2020-12-06";
    private const string JsonType = "application/json";
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;

    public TableRequests(TableConnection connection, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        Endpoint = connection.Endpoint;
        AccountName = connection.AccountName;
        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = new TableError() };
        pipeline.PerRetryPolicies.Add(connection.Authorization(options));
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>Without a slash at the end.</summary>
    public Uri Endpoint { get; }

    public string AccountName { get; }

    /// <summary>What follows a table's name in the address of a row; quotes are doubled, then everything is escaped.</summary>
    public static string RowSelector(string partitionKey, string rowKey) =>
        $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    /// <summary>The value of an If-Match header; the default accepts any version.</summary>
    public static string IfMatch(ETag etag) => etag == default ? ETag.All.ToString() : etag.ToString("H");

    public Uri AddressOf(string path) => new($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <param name="path">Relative to the endpoint, escaped.</param>
    public HttpMessage Create(RequestMethod method, string path)
    {
        var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(AddressOf(path));
        request.Headers.Add("x-ms-version", ServiceVersion);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", MinimalMetadata);
        return message;
    }

    public HttpMessage Create(RequestMethod method, string path, TableEntity entity, int size)
    {
        var content = new SegmentedContent(size + 256);
        using (var writer = new Utf8JsonWriter(content, EntityWriter.Options))
            EntityWriter.Write(writer, entity);
        return WithBody(Create(method, path), content, JsonType);
    }

    public HttpMessage CreateTable(string name)
    {
        var content = new SegmentedContent();
        using (var writer = new Utf8JsonWriter(content, EntityWriter.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("TableName"u8, name);
            writer.WriteEndObject();
        }

        return WithBody(Create(RequestMethod.Post, "Tables"), content, JsonType);
    }

    public HttpMessage CreateTransaction(SegmentedContent content, string contentType)
    {
        var message = Create(RequestMethod.Post, "$batch");
        message.Request.Content = content;
        message.Request.Headers.Add("Content-Type", contentType);
        return message;
    }

    /// <summary>A query with the parameters that are not null.</summary>
    public HttpMessage CreateQuery(string path, string? filter, int? top, string[]? select)
    {
        var message = Create(RequestMethod.Get, path);
        if (!string.IsNullOrWhiteSpace(filter))
            Append(message, "$filter", filter);
        if (top is { } maximum)
            Append(message, "$top", maximum.ToString());
        if (select is not null)
            Append(message, "$select", string.Join(',', select));
        return message;
    }

    public static void Append(HttpMessage message, string name, string value) =>
        message.Request.Uri.AppendQuery(name, Uri.EscapeDataString(value), escapeValue: false);

    /// <summary>Sends, with the retries of the options.</summary>
    /// <param name="expected">A failure status that is an answer all the same.</param>
    /// <exception cref="RequestFailedException">The service refused, or could not be reached.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken, int expected = 0)
    {
        await _pipeline.SendAsync(message, cancellationToken);
        var response = message.Response;
        return response.Status < 400 || response.Status == expected ? response : throw new RequestFailedException(response);
    }

    private static HttpMessage WithBody(HttpMessage message, RequestContent content, string contentType)
    {
        message.Request.Content = content;
        message.Request.Headers.Add("Content-Type", contentType);
        message.Request.Headers.Add("Prefer", "return-no-content");
        return message;
    }

    private static string Escape(string key) =>
        Uri.EscapeDataString(key.Contains('\'') ? key.Replace("'", "''", StringComparison.Ordinal) : key);
}
