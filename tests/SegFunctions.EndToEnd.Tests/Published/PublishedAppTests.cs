using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Cli.Sample;
using SegFunctions.Storage;
using SegFunctions.Storage.Queues;
using SegFunctions.Testing;
using Xunit.Abstractions;

namespace SegFunctions.EndToEnd.Tests.Published;

/// <summary>The published folder, with the test in the place of the Functions host.</summary>
[Trait("Category", "Long")]
public sealed class PublishedAppTests(PublishedApp app, ITestOutputHelper output) : IClassFixture<PublishedApp>
{
    private readonly StorageAccount _storage = StorageAccount.Connect(app.Connection);

    /// <summary>The first message that each queue function was given.</summary>
    private readonly Dictionary<string, byte[]> _messages = new(StringComparer.Ordinal);

    [Fact]
    public async Task File_is_taken_in_and_served_by_a_functions_host_that_only_passes_messages_and_every_function_answers()
    {
        var (process, client) = app.Start();
        await using var running = process;
        using var calls = client;
        Assert.Equal(HttpStatusCode.OK, await PublishedApp.FirstAnswerAsync(process, client, "/"));

        await DropAsync();
        await PassMessagesUntilAsync(client, () => HasEndedAsync(client));
        var customer = new ShopSample(customers: 60, seed: 5).SomeCustomerIds(1)[0];
        var served = await GetAsync(client, $"/api/v1/customers/{customer}/memberships");
        Assert.NotEmpty(served.GetProperty("memberships").EnumerateArray());

        foreach (var (name, trigger) in app.Triggers)
        {
            switch (trigger.GetProperty("type").GetString())
            {
                case "queueTrigger":
                    await PassAgainAsync(client, name);
                    break;
                case "timerTrigger":
                    await SucceedAsync(client, name, new { timer = new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = false } });
                    break;
                case "httpTrigger":
                    await AskAsync(client, name, trigger, customer);
                    break;
                default:
                    Assert.Fail($"{name} has a trigger that this test does not know: {trigger}");
                    break;
            }
        }

        // What the timers and the calls have started comes to its end as well.
        await PassMessagesUntilAsync(client, () => HasEndedAsync(client));
    }

    [Fact]
    public async Task First_answer_comes_within_half_a_second()
    {
        foreach (var path in new[] { "/", "/api/v1/health" })
        {
            var milliseconds = new List<double>();
            for (var i = 0; i < 10; i++)
            {
                var began = TimeProvider.System.GetTimestamp();
                var (process, client) = app.Start();
                await using var running = process;
                using var calls = client;
                Assert.Equal(HttpStatusCode.OK, await PublishedApp.FirstAnswerAsync(process, client, path));
                milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            }

            milliseconds.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"start to first answer of {path}: median {(milliseconds[4] + milliseconds[5]) / 2:0} ms, best {milliseconds[0]:0}, worst {milliseconds[9]:0}"));

            // The best of ten, for the others measure what else the machine does.
            Assert.True(milliseconds[0] < 500, $"{path} took at least {milliseconds[0]:0} ms");
        }
    }

    /// <summary>Whether there are orchestrations, and all of them have completed: a run is published before its last step.</summary>
    private static async Task<bool> HasEndedAsync(HttpClient client)
    {
        var instances = (await GetAsync(client, "/api/v1/orchestrations")).GetProperty("instances").EnumerateArray().ToArray();
        return instances.Length > 0 && instances.All(instance => "completed".Equals(instance.GetProperty("status").GetString(), StringComparison.OrdinalIgnoreCase));
    }

    private async Task DropAsync()
    {
        var folder = Directory.CreateTempSubdirectory("segfunctions-sample").FullName;
        try
        {
            await new ShopSample(customers: 60, seed: 5).WriteAsync(folder, CancellationToken.None);
            var uploads = _storage.Blobs.GetContainer("uploads");
            await uploads.CreateIfNotExistsAsync(CancellationToken.None);
            await uploads.WriteAsync("orders/web-shop.csv", await File.ReadAllBytesAsync(Path.Combine(folder, "orders", "web-shop.csv")), null, CancellationToken.None);
            var blob = await uploads.FindAsync("orders/web-shop.csv", CancellationToken.None);
            await _storage.Queues.GetQueue("uploads-received").SendAsync(BlobCreatedEvent.Write(uploads, blob!), TimeSpan.Zero, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes messages, passes them on, and deletes those that were handled.</summary>
    private async Task PassMessagesUntilAsync(HttpClient client, Func<Task<bool>> isReached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isReached())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < ChildProcess.Guard, "the work did not come to its end");
            foreach (var (name, trigger) in app.Triggers)
            {
                if (trigger.GetProperty("type").GetString() != "queueTrigger")
                    continue;
                var queue = _storage.Queues.GetQueue(trigger.GetProperty("queueName").GetString()!);
                foreach (var message in await queue.ReceiveAsync(8, TimeSpan.FromMinutes(1), CancellationToken.None))
                {
                    _messages.TryAdd(name, message.Body.ToArray());
                    await SucceedAsync(client, name, Data(trigger, message.Body), message);
                    Assert.True(await queue.DeleteAsync(message, CancellationToken.None));
                }
            }
        }
    }

    /// <summary>A message once more, as queues may; a poison queue gets its own queue's.</summary>
    private async Task PassAgainAsync(HttpClient client, string name)
    {
        var trigger = app.Triggers[name];
        var queue = trigger.GetProperty("queueName").GetString()!.Replace("-poison", "", StringComparison.Ordinal);
        var owner = app.Triggers.Single(other => other.Value.TryGetProperty("queueName", out var of) && of.GetString() == queue).Key;
        await SucceedAsync(client, name, Data(trigger, _messages[owner]));

        // What cannot be understood is no success, or the Functions host would delete it; after the last try it is let go.
        using var answer = await PostAsync(client, name, Data(trigger, "nonsense"u8.ToArray()), null);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Array, said.GetProperty("Logs").ValueKind);
        if (!name.EndsWith("Poison", StringComparison.Ordinal))
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private async Task AskAsync(HttpClient client, string name, JsonElement trigger, string customer)
    {
        var route = trigger.GetProperty("route").GetString()!;
        var id = route.Split('/').ElementAtOrDefault(1) switch
        {
            "customers" => customer,
            "segments" => (await GetAsync(client, "/api/v1/segments")).GetProperty("segments")[0].GetProperty("id").GetString()!,
            "uploads" => (await GetAsync(client, "/api/v1/uploads")).GetProperty("uploads")[0].GetProperty("id").GetString()!,
            "runs" or "orchestrations" => (await GetAsync(client, "/api/v1/runs")).GetProperty("runs").EnumerateArray().Last().GetProperty("id").GetString()!,
            _ => "",
        };
        var path = "/api/" + route.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal).Replace("{name}", "go", StringComparison.Ordinal);
        var method = trigger.GetProperty("methods")[0].GetString()!.ToUpperInvariant();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (route == "v1/memberships/lookup")
            request.Content = JsonContent.Create(new { ids = new[] { customer, "nobody" } });
        using var answer = await client.SendAsync(request);
        HttpStatusCode[] expected = name switch
        {
            // Instances that have ended take no orders; a run may be working since the timer's call.
            "TerminateOrchestration" or "RewindOrchestration" or "RaiseOrchestrationEvent" => [HttpStatusCode.Conflict],
            "StartRun" => [HttpStatusCode.Accepted, HttpStatusCode.Conflict],
            _ when method == "GET" || route.EndsWith("lookup", StringComparison.Ordinal) => [HttpStatusCode.OK],
            _ => [HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.Conflict],
        };
        Assert.True(expected.Contains(answer.StatusCode), $"{method} {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static object Data(JsonElement trigger, ReadOnlyMemory<byte> body)
    {
        Assert.Equal("binary", trigger.GetProperty("dataType").GetString());
        return new Dictionary<string, string>(StringComparer.Ordinal) { [trigger.GetProperty("name").GetString()!] = Convert.ToBase64String(body.Span) };
    }

    private static async Task SucceedAsync(HttpClient client, string function, object data, QueueMessage? message = null)
    {
        using var answer = await PostAsync(client, function, data, message);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{function} answered {(int)answer.StatusCode}: {body}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var said = JsonDocument.Parse(body).RootElement;
        Assert.Equal(JsonValueKind.Object, said.ValueKind);
        Assert.Equal(JsonValueKind.Array, said.GetProperty("Logs").ValueKind);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string function, object data, QueueMessage? message) =>
        client.PostAsJsonAsync($"/{function}", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Data"] = data,
            ["Metadata"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["DequeueCount"] = (message?.DequeueCount ?? 1).ToString(CultureInfo.InvariantCulture),
                ["Id"] = JsonSerializer.Serialize(message?.MessageId ?? "8d0d0f0e-7c0b-4a53-9c8e-7f4f0b0e4a10"),
                ["sys"] = new { MethodName = function },
            },
        });

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path);
}
