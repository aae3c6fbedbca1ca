using System.Net;
using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Tests.Hosting.OpenApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private SegFunctionsHost? _host;
    private HttpClient? _client;

    public async Task InitializeAsync()
    {
        _host = await Some.StartedAsync(Some.Options(new Calls()));
        _client = new HttpClient { BaseAddress = _host.Url };
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _host!.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Description_is_valid_openapi_and_holds_every_http_function()
    {
        var document = await ReadAsync();

        var expected = Some.Registry().Functions
            .Where(function => function.Trigger is HttpFunctionTrigger)
            .SelectMany(function => ((HttpFunctionTrigger)function.Trigger).Methods.Select(method => $"{method} /api/{((HttpFunctionTrigger)function.Trigger).Route}"));
        var described = document.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method.Method.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        foreach (var operation in document.Paths.SelectMany(path => path.Value.Operations!.Values))
        {
            Assert.True(operation.Responses!["default"].Content!.ContainsKey("application/problem+json"));
            Assert.NotNull(operation.OperationId);
        }
    }

    [Fact]
    public async Task Parameters_bodies_and_answers_are_described_with_their_types()
    {
        var document = await ReadAsync();

        var get = document.Paths["/api/v1/things/{id}/parts"].Operations![HttpMethod.Get];
        Assert.Equal("One thing.", get.Summary);
        Assert.Equal(
            [("id", ParameterLocation.Path, true, JsonSchemaType.String), ("limit", ParameterLocation.Query, false, JsonSchemaType.Integer)],
            get.Parameters!.Select(parameter => (parameter.Name!, parameter.In!.Value, parameter.Required, parameter.Schema!.Type!.Value)));
        Assert.Equal(["200", "401", "404", "default"], get.Responses!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("There is no such thing.", get.Responses["404"].Description);
        var thing = get.Responses["200"].Content!["application/json"].Schema!;
        Assert.Equal(["headers", "id", "limit"], thing.Properties!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(JsonSchemaType.String, thing.Properties["id"].Type);
        Assert.Equal(JsonSchemaType.String | JsonSchemaType.Null, thing.Properties["limit"].Type);

        var put = document.Paths["/api/v1/things"].Operations![HttpMethod.Put];
        Assert.True(put.RequestBody!.Required);
        Assert.Equal(["headers", "id", "limit"], put.RequestBody.Content!["application/json"].Schema!.Properties!.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("201", put.Responses!.Keys);
    }

    [Fact]
    public async Task Functions_with_a_key_say_so_and_anonymous_ones_do_not()
    {
        using var json = JsonDocument.Parse(await _client!.GetStringAsync("/api/openapi.json"));
        var paths = json.RootElement.GetProperty("paths");

        Assert.Equal(2, paths.GetProperty("/api/v1/things").GetProperty("put").GetProperty("security").GetArrayLength());
        Assert.Equal(0, paths.GetProperty("/api/v1/health").GetProperty("get").GetProperty("security").GetArrayLength());
        Assert.False(paths.GetProperty("/api/v1/health").GetProperty("get").GetProperty("responses").TryGetProperty("401", out _));
    }

    [Fact]
    public async Task Unchanged_description_is_not_sent_again()
    {
        using var first = await _client!.GetAsync("/api/openapi.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/openapi.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private async Task<OpenApiDocument> ReadAsync()
    {
        var json = await _client!.GetStringAsync("/api/openapi.json");
        var read = OpenApiDocument.Parse(json, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        return read.Document!;
    }
}
