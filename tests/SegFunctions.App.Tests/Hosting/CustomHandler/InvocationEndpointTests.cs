using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SegFunctions.App.Hosting;
using SegFunctions.Storage;

namespace SegFunctions.App.Tests.Hosting.CustomHandler;

/// <summary>The process as the Functions host sees it; envelopes as that host writes them, value by value.</summary>
public sealed class InvocationEndpointTests : IAsyncLifetime
{
    private readonly Calls _calls = new();
    private readonly StorageAccount _storage = StorageAccount.InMemory(TimeProvider.System);
    private SegFunctionsHost? _host;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async Task InitializeAsync()
    {
        var port = Some.FreePort();
        _host = await Some.StartedAsync(Some.Options(_calls) with { CustomHandlerPort = port, ApiKey = null, Storage = () => _storage });
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _host!.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Readiness_ping_is_answered_with_200()
    {
        using var answer = await Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Binary_queue_message_arrives_as_its_bytes()
    {
        // {"shop":"Über","rows":2}
        await SucceedAsync("TakeBytes", """
            { "Data": { "message": "eyJzaG9wIjoiw5xiZXIiLCJyb3dzIjoyfQ==" },
              "Metadata": {
                "DequeueCount": "3",
                "ExpirationTime": "2026-05-18T09:10:11+00:00",
                "Id": "\"b7c2a1de-0000-4c53-9c8e-7f4f0b0e4a10\"",
                "InsertionTime": "2026-05-11T09:10:11+02:00",
                "NextVisibleTime": "2026-05-11T09:20:12+00:00",
                "PopReceipt": "\"AgAAAAMAAAAAAAAAx8mJ4n2r2gE=\"",
                "sys": { "MethodName": "TakeBytes", "UtcNow": "2026-05-11T09:10:12.123456Z", "RandGuid": "0a1f0172-aeda-41a3-b52d-2586b3fa82fc" } } }
            """);

        Assert.Equal(
            new QueueCall(
                """{"shop":"Über","rows":2}""",
                "b7c2a1de-0000-4c53-9c8e-7f4f0b0e4a10",
                3,
                new DateTimeOffset(2026, 5, 11, 7, 10, 11, TimeSpan.Zero),
                new DateTimeOffset(2026, 5, 18, 9, 10, 11, TimeSpan.Zero)),
            await _calls.NextAsync<QueueCall>());
    }

    [Fact]
    public async Task Text_queue_message_is_decoded_twice()
    {
        await SucceedAsync("TakeText", """
            { "Data": { "message": "\"grüß\\\"e\"" }, "Metadata": { "DequeueCount": "1", "Id": "\"m-1\"" } }
            """);

        Assert.Equal(new QueueCall("grüß\"e", "m-1", 1, null, null), await _calls.NextAsync<QueueCall>());
    }

    [Fact]
    public async Task Text_that_looks_like_base64_stays_text()
    {
        await SucceedAsync("TakeText", """{ "Data": { "message": "\"test\"" }, "Metadata": {} }""");

        Assert.Equal("test", (await _calls.NextAsync<QueueCall>()).Text);
    }

    [Fact]
    public async Task Metadata_that_a_text_message_has_overwritten_is_not_believed()
    {
        // The message is {"id":"mine","dequeueCount":9,"file":"a.csv"}; the host has put its values over the queue's own.
        await SucceedAsync("TakeText", """
            { "Data": { "message": "\"{\\\"id\\\":\\\"mine\\\",\\\"dequeueCount\\\":9,\\\"file\\\":\\\"a.csv\\\"}\"" },
              "Metadata": { "DequeueCount": "\"9\"", "Id": "\"mine\"", "InsertionTime": "2026-05-11T09:10:11+00:00", "file": "\"a.csv\"" } }
            """);

        var call = await _calls.NextAsync<QueueCall>();
        Assert.Equal("""{"id":"mine","dequeueCount":9,"file":"a.csv"}""", call.Text);
        Assert.Null(call.Id);
        Assert.Null(call.DequeueCount);
        Assert.Equal(new DateTimeOffset(2026, 5, 11, 9, 10, 11, TimeSpan.Zero), call.InsertionTime);
    }

    [Fact]
    public async Task Timer_arrives_with_its_status()
    {
        await SucceedAsync("Nightly", """
            { "Data": { "timer": { "Schedule": { "AdjustForDST": true },
                "ScheduleStatus": { "Last": "2026-05-10T03:00:00.0012345+00:00", "Next": "2026-05-11T03:00:00+00:00", "LastUpdated": "2026-05-10T03:00:00.0012345+00:00" },
                "IsPastDue": true } },
              "Metadata": { "sys": { "MethodName": "Nightly", "UtcNow": "2026-05-11T03:00:00.0312345Z", "RandGuid": "741f0172-0000-41a3-b52d-2586b3fa82fc" } } }
            """);

        Assert.Equal(
            new TimerCall(
                IsPastDue: true,
                new DateTimeOffset(2026, 5, 10, 3, 0, 0, TimeSpan.Zero).AddTicks(12345),
                new DateTimeOffset(2026, 5, 11, 3, 0, 0, TimeSpan.Zero)),
            await _calls.NextAsync<TimerCall>());
    }

    [Fact]
    public async Task Timer_without_status_arrives()
    {
        await SucceedAsync("Nightly", """{ "Data": { "timer": { "Schedule": {}, "ScheduleStatus": null, "IsPastDue": false } }, "Metadata": {} }""");

        Assert.Equal(new TimerCall(IsPastDue: false, null, null), await _calls.NextAsync<TimerCall>());
    }

    [Fact]
    public async Task Service_bus_message_arrives_with_its_metadata()
    {
        // {"customer":"C-99"}
        await SucceedAsync("TakeBus", """
            { "Data": { "message": "eyJjdXN0b21lciI6IkMtOTkifQ==" },
              "Metadata": { "DeliveryCount": "2", "LockToken": "\"6f1c\"", "MessageId": "\"m-7\"", "ContentType": "\"application/json\"",
                "SequenceNumber": "4242", "CorrelationId": "\"c-1\"", "Subject": "\"viewed\"", "Label": "\"viewed\"",
                "EnqueuedTimeUtc": "2026-05-04T05:06:07", "EnqueuedTime": "2026-05-04T05:06:07+00:00",
                "ApplicationProperties": { "tenant": "acme", "rank": 3 }, "UserProperties": { "tenant": "acme" },
                "MessageReceiver": { "anything": [] }, "sys": { } } }
            """);

        var call = await _calls.NextAsync<BusCall>();
        Assert.Equal("""{"customer":"C-99"}""", call.Text);
        Assert.Equal(("m-7", 2L, 4242L), (call.Metadata.MessageId, call.Metadata.DeliveryCount, call.Metadata.SequenceNumber));
        Assert.Equal(("application/json", "c-1", "viewed"), (call.Metadata.ContentType, call.Metadata.CorrelationId, call.Metadata.Subject));
        Assert.Null(call.Metadata.SessionId);
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 5, 6, 7, TimeSpan.Zero), call.Metadata.EnqueuedTime);
        Assert.Equal(("acme", "3"), (call.Metadata.ApplicationProperties["tenant"], call.Metadata.ApplicationProperties["rank"]));
    }

    [Fact]
    public async Task Claimed_payload_is_fetched_before_the_function_sees_it()
    {
        var payload = new string('x', 100_000);
        var queue = _storage.Queues.GetQueue("sample-bytes");
        await queue.SendAsync(Encoding.UTF8.GetBytes(payload), TimeSpan.Zero, CancellationToken.None);
        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.True(message.Body.Length < 1000);

        await SucceedAsync("TakeBytes", $$$"""{ "Data": { "message": "{{{Convert.ToBase64String(message.Body.Span)}}}" }, "Metadata": {} }""");

        Assert.Equal(payload, (await _calls.NextAsync<QueueCall>()).Text);
    }

    [Fact]
    public async Task What_the_function_logs_stands_in_the_answer()
    {
        using var answer = await SucceedAsync("TakeBytes", """{ "Data": { "message": "eA==" }, "Metadata": {} }""");

        Assert.Equal("took 1 bytes", Assert.Single(answer.RootElement.GetProperty("Logs").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Failing_function_answers_500_without_the_exceptions_words()
    {
        _calls.Then = (_, _) => throw new InvalidOperationException("a customer's name");

        using var answer = await FailAsync("TakeBytes", """{ "Data": { "message": "eA==" }, "Metadata": {} }""", HttpStatusCode.InternalServerError);

        Assert.Contains("TakeBytes failed: InvalidOperationException.", Logs(answer));
    }

    [Theory]
    [InlineData("""{ "Data": { "message": "no base64!" }, "Metadata": {} }""", "'message' must be a base64 string")]
    [InlineData("""{ "Data": { "other": "eA==" }, "Metadata": {} }""", "'Data' has no 'message'")]
    [InlineData("""{ "Metadata": {} }""", "An invocation is a JSON object")]
    [InlineData("[]", "An invocation is a JSON object")]
    [InlineData("{ \"Data\":\n{", "The invocation is no JSON: line 2")]
    public async Task Envelope_that_cannot_be_read_is_refused(string envelope, string reason)
    {
        using var answer = await FailAsync("TakeBytes", envelope, HttpStatusCode.BadRequest);

        Assert.Contains(Logs(answer), line => line!.StartsWith(reason, StringComparison.Ordinal));
        Assert.False(_calls.TryNext(out _));
    }

    [Fact]
    public async Task Text_that_is_encoded_once_only_is_refused()
    {
        using var answer = await FailAsync("TakeText", """{ "Data": { "message": "hello" }, "Metadata": {} }""", HttpStatusCode.BadRequest);

        Assert.Contains(Logs(answer), line => line!.StartsWith("'message' must be a JSON string that holds a JSON string", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_function_answers_404_with_a_body()
    {
        using var answer = await FailAsync("Nobody", """{ "Data": {}, "Metadata": {} }""", HttpStatusCode.NotFound);

        Assert.Contains("There is no function 'Nobody' in this version of the app.", Logs(answer));
    }

    [Fact]
    public async Task Invocation_may_be_larger_than_kestrels_own_limit()
    {
        var envelope = new StringBuilder("""{ "Data": { "message": "eA==" }, "Metadata": {} }""").Append(' ', 31_000_000).ToString();

        await SucceedAsync("TakeBytes", envelope);

        Assert.Equal("x", (await _calls.NextAsync<QueueCall>()).Text);
    }

    [Fact]
    public async Task Forwarded_http_request_needs_no_key_of_ours()
    {
        using var answer = await Client.GetAsync("/api/v1/things/t-1/parts?limit=4");

        var thing = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("t-1", "4"), (thing.GetProperty("id").GetString(), thing.GetProperty("limit").GetString()));
    }

    [Fact]
    public async Task Http_function_answers_in_the_envelope_too()
    {
        using var answer = await SucceedAsync("PutThing", """
            { "Data": { "req": { "Url": "https://app.example/api/v1/things?code=KEY", "Method": "PUT", "Query": { "code": "KEY" },
                "Headers": { "Content-Type": ["application/json"] }, "Params": { }, "Identities": [ ], "Body": "{\"id\":\"t-9\"}" } },
              "Metadata": { "Query": { }, "Headers": { }, "sys": { } } }
            """);

        var res = answer.RootElement.GetProperty("Outputs").GetProperty("res");
        Assert.Equal(201, res.GetProperty("statusCode").GetInt32());
        Assert.Equal("/api/v1/things/t-9/parts", res.GetProperty("headers").GetProperty("Location").GetString());
        Assert.Equal("t-9", JsonDocument.Parse(res.GetProperty("body").GetString()!).RootElement.GetProperty("id").GetString());
    }

    private async Task<JsonDocument> SucceedAsync(string function, string envelope)
    {
        var (status, body) = await InvokeAsync(function, envelope);
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body.RootElement}");
        return body;
    }

    private async Task<JsonDocument> FailAsync(string function, string envelope, HttpStatusCode expected)
    {
        var (status, body) = await InvokeAsync(function, envelope);
        Assert.Equal(expected, status);
        Assert.DoesNotContain("a customer's name", body.RootElement.ToString(), StringComparison.Ordinal);
        return body;
    }

    /// <summary>Sends as the Functions host does, chunked and with its headers, and holds the answer to what that host reads.</summary>
    private async Task<(HttpStatusCode Status, JsonDocument Body)> InvokeAsync(string function, string envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{function}")
        {
            Content = new StringContent(envelope, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Azure-Functions-HostVersion", "4.1037.0.0");
        request.Headers.Add("X-Azure-Functions-InvocationId", "0d6d2b0e-3c0e-4c1f-9a55-0b6f1a1f7c11");
        using var answer = await Client.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(JsonValueKind.Object, body.RootElement.GetProperty("Outputs").ValueKind);
        Assert.Equal(JsonValueKind.Array, body.RootElement.GetProperty("Logs").ValueKind);
        Assert.Equal(JsonValueKind.Null, body.RootElement.GetProperty("ReturnValue").ValueKind);
        return (answer.StatusCode, body);
    }

    private static string?[] Logs(JsonDocument answer) =>
        [.. answer.RootElement.GetProperty("Logs").EnumerateArray().Select(line => line.GetString())];
}
