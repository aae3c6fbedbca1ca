using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SegFunctions.App.Hosting;

namespace SegFunctions.App.Tests.Hosting.Http;

/// <summary>HTTP functions on the built-in host.</summary>
public sealed class HttpFunctionTests : IAsyncLifetime
{
    private readonly Calls _calls = new();
    private SegFunctionsHost? _host;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async Task InitializeAsync()
    {
        _host = await Some.StartedAsync(Some.Options(_calls, ("AzureWebJobs.Health.Disabled", "true")));
        _client = new HttpClient { BaseAddress = _host.Url };
        _client.DefaultRequestHeaders.Add("x-functions-key", Some.Key);
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _host!.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("wrong-key-of-some-length", null)]
    [InlineData(null, "wrong-key-of-some-length")]
    [InlineData("wrong-key-of-some-length", Some.Key)]
    [InlineData("", null)]
    public async Task Missing_or_wrong_key_answers_401_without_saying_more(string? header, string? code)
    {
        using var client = new HttpClient { BaseAddress = _host!.Url };
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("x-functions-key", header);

        using var answer = await client.GetAsync($"/api/v1/things/t-1/parts{(code is null ? "" : $"?code={code}")}");

        var problem = await ProblemAsync(answer, HttpStatusCode.Unauthorized);
        Assert.False(problem.TryGetProperty("detail", out _));
    }

    [Theory]
    [InlineData(Some.Key, null)]
    [InlineData(null, Some.Key)]
    [InlineData(Some.Key, "wrong-key-of-some-length")]
    public async Task Right_key_opens_in_header_or_query_and_the_header_wins(string? header, string? code)
    {
        using var client = new HttpClient { BaseAddress = _host!.Url };
        if (header is not null)
            client.DefaultRequestHeaders.Add("x-functions-key", header);

        using var answer = await client.GetAsync($"/api/v1/things/t-1/parts{(code is null ? "" : $"?code={code}")}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Anonymous_function_needs_no_key()
    {
        using var client = new HttpClient { BaseAddress = _host!.Url };

        using var answer = await client.GetAsync("/api/openapi.json");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/v1/things/t-1/parts")]
    [InlineData("/")]
    [InlineData("/TakeBytes")]
    public async Task Unknown_address_answers_404(string address)
    {
        using var answer = await Client.GetAsync(address);

        var problem = await ProblemAsync(answer, HttpStatusCode.NotFound);
        Assert.Equal("No function answers at this address.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Queue_function_cannot_be_reached_over_http()
    {
        using var answer = await Client.PostAsync("/TakeBytes", new StringContent("""{ "Data": { "message": "eA==" } }"""));

        await ProblemAsync(answer, HttpStatusCode.NotFound);
        Assert.False(_calls.TryNext(out _));
    }

    [Fact]
    public async Task Other_method_answers_405_with_what_is_allowed()
    {
        using var answer = await Client.DeleteAsync("/api/v1/things");

        var problem = await ProblemAsync(answer, HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["POST", "PUT"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Contains("PUT", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_function_answers_404()
    {
        using var answer = await Client.GetAsync("/api/v1/health");

        await ProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_without_a_body_becomes_problem_details()
    {
        using var answer = await Client.GetAsync("/api/v1/things/missing/parts");

        var problem = await ProblemAsync(answer, HttpStatusCode.NotFound);
        Assert.False(problem.TryGetProperty("detail", out _));
    }

    [Fact]
    public async Task Unexpected_failure_answers_500_with_a_trace_id_and_nothing_of_the_exception()
    {
        using var answer = await Client.GetAsync("/api/v1/things/broken/parts");

        var problem = await ProblemAsync(answer, HttpStatusCode.InternalServerError);
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_that_does_not_fit_answers_400_with_its_place()
    {
        using var answer = await Client.PutAsync("/api/v1/things", new StringContent("{\n  \"id\": [", Encoding.UTF8, "application/json"));

        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains("$.id, line 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_content_answers_415()
    {
        using var answer = await Client.PutAsync("/api/v1/things", new StringContent("id=1", Encoding.UTF8, "text/plain"));

        await ProblemAsync(answer, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Body_without_a_length_is_refused_as_it_would_get_lost_in_azure()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/things") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await Client.SendAsync(request);

        await ProblemAsync(answer, HttpStatusCode.LengthRequired);
    }

    [Theory]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    public async Task Path_that_azure_would_cut_is_refused(string id)
    {
        using var answer = await Client.GetAsync($"/api/v1/things/{id}/parts");

        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains("Azure Functions would cut it", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a%20b", "a b")]
    [InlineData("caf%C3%A9", "café")]
    [InlineData("key:abc", "key:abc")]
    public async Task Path_values_arrive_unescaped(string id, string expected)
    {
        var thing = await Client.GetFromJsonAsync<JsonElement>($"/api/v1/things/{id}/parts");

        Assert.Equal(expected, thing.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Repeated_query_keys_arrive_joined_as_in_azure()
    {
        var thing = await Client.GetFromJsonAsync<JsonElement>("/api/v1/things/t-1/parts?limit=1&limit=2");

        Assert.Equal("1,2", thing.GetProperty("limit").GetString());
    }

    [Fact]
    public async Task Headers_that_azure_drops_or_keeps_for_itself_do_not_arrive()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/things/t-1/parts");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", "e30=");
        request.Headers.Add("x-ms-token-aad-id-token", "abc");
        request.Headers.Add("X-Kept", "1");
        request.Content = new ByteArrayContent([1]);
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Content.Headers.ContentLanguage.Add("en");

        using var answer = await Client.SendAsync(request);

        var headers = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers").GetString()!.Split(',');
        Assert.Contains("x-kept", headers);
        Assert.Contains("content-length", headers);
        Assert.DoesNotContain(headers, name => name.StartsWith("x-ms-", StringComparison.Ordinal) || name is "content-encoding" or "content-language");
    }

    [Fact]
    public async Task Body_over_the_limit_of_azure_answers_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/things") { Content = new LengthOnly(104_857_601) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;

        using var answer = await Client.SendAsync(request);

        await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem;
    }

    /// <summary>Announces a body that is never sent.</summary>
    private sealed class LengthOnly(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
