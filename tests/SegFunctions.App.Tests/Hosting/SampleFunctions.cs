using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>One function per kind of trigger.</summary>
internal sealed class SampleFunctions(Calls calls, ILogger<SampleFunctions> logger)
{
    [Function("TakeBytes")]
    public async Task TakeBytesAsync(
        [QueueTrigger("sample-bytes")] ReadOnlyMemory<byte> message,
        QueueMessageMetadata metadata,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        Assert.Equal("TakeBytes", context.FunctionName);
        LogTaken(logger, message.Length, arg3: null);
        await calls.RecordAsync(Call(Encoding.UTF8.GetString(message.Span), metadata), cancellationToken);
    }

    [Function("TakeText")]
    public Task TakeTextAsync(
        [QueueTrigger("sample-text", Connection = "AzureWebJobsStorage")] string message,
        QueueMessageMetadata metadata,
        CancellationToken cancellationToken) =>
        calls.RecordAsync(Call(message, metadata), cancellationToken);

    [Function("Nightly")]
    public Task NightlyAsync([TimerTrigger("0 0 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        calls.RecordAsync(new TimerCall(timer.IsPastDue, timer.ScheduleStatus?.Last, timer.ScheduleStatus?.Next), cancellationToken);

    [Function("TakeBus")]
    public Task TakeBusAsync([ServiceBusTrigger("events", Connection = "Bus")] ReadOnlyMemory<byte> message, ServiceBusMessageMetadata metadata) =>
        calls.RecordAsync(new BusCall(Encoding.UTF8.GetString(message.Span), metadata), CancellationToken.None);

    [Function("GetThing")]
    [Summary("One thing.")]
    [Returns<Thing>]
    [Returns(404, Description = "There is no such thing.")]
    [Query<int>("limit", "How many parts at most.")]
    public Task<IResult> GetThingAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/things/{id}/parts")] HttpRequest request, string id)
    {
        if (id == "broken")
            throw new InvalidOperationException("the secret of the house");
        return Task.FromResult(id == "missing"
            ? Results.NotFound()
            : Results.Ok(new Thing(id, request.Query["limit"].ToString(), Headers(request))));
    }

    [Function("PutThing")]
    [Accepts<Thing>]
    [Returns<Thing>(201)]
    public async Task<IResult> PutThingAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "put", "post", Route = "v1/things")] HttpRequest req, CancellationToken cancellationToken)
    {
        var thing = await req.ReadJsonAsync<Thing>(cancellationToken);
        return Results.Created($"/api/v1/things/{thing.Id}/parts", thing);
    }

    [Function("Health")]
    [Returns(200)]
    public Task<IResult> HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/health")] HttpRequest res) =>
        Task.FromResult(Results.Text("well"));

    private static readonly Action<ILogger, int, Exception?> LogTaken =
        LoggerMessage.Define<int>(LogLevel.Information, new EventId(1), "took {Bytes} bytes");

    private static QueueCall Call(string text, QueueMessageMetadata metadata) =>
        new(text, metadata.Id, metadata.DequeueCount, metadata.InsertionTime, metadata.ExpirationTime);

    private static string Headers(HttpRequest request) =>
        string.Join(',', request.Headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
}

internal sealed record Thing(string Id, string? Limit = null, string? Headers = null);
