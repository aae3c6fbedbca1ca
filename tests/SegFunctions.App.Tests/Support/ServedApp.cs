using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SegFunctions.App.Functions;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.App.Privacy;
using SegFunctions.App.Refresh;
using SegFunctions.App.Uploads;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Support;

/// <summary>The whole app in memory: HTTP on a test server, storage in a dictionary, messages delivered when the test says so.</summary>
internal sealed class ServedApp : IAsyncDisposable
{
    public const string Key = "a-key-for-the-tests-1234";
    private const int MostDeliveries = 5;
    private static readonly string[] Queues = ["uploads-received", "orchestration-steps", "orchestration-activities", RefreshAfterUpload.QueueName];
    private readonly SegFunctionsHost _host;
    private readonly List<string> _log;

    private ServedApp(SegFunctionsHost host, StorageAccount storage, ManualTimeProvider time, List<string> log)
    {
        (_host, Storage, Time, _log) = (host, storage, time, log);
        Anonymous = ((TestServer)host.Services.GetRequiredService<IServer>()).CreateClient();
        Client = ((TestServer)host.Services.GetRequiredService<IServer>()).CreateClient();
        Client.DefaultRequestHeaders.Add("x-functions-key", Key);
    }

    public HttpClient Client { get; }

    public HttpClient Anonymous { get; }

    /// <summary>Storage as it is, without watch.</summary>
    public StorageAccount Storage { get; }

    public ManualTimeProvider Time { get; }

    public IServiceProvider Services => _host.Services;

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    public BlobContainer Uploads => Storage.Blobs.GetContainer("uploads");

    /// <summary>Starts the app on a storage emulator of its own, with every container and queue in place.</summary>
    public static async Task<ServedApp> StartOnAsync(AzuriteServer azurite)
    {
        var storage = StorageAccount.Connect(azurite.ConnectionString);
        foreach (var container in StoredPlaces.Containers)
            await storage.Blobs.GetContainer(container.Name).CreateIfNotExistsAsync(default);
        foreach (var queue in StoredPlaces.Queues)
            await storage.Queues.GetQueue(queue).CreateIfNotExistsAsync(default);
        return await StartAsync(storage: storage);
    }

    public static async Task<ServedApp> StartAsync(
        RefreshOptions? refresh = null, Func<StorageCall, Task>? watch = null, ManualTimeProvider? time = null, StorageAccount? storage = null)
    {
        time ??= new ManualTimeProvider();
        storage ??= StorageAccount.InMemory(time);
        var seen = watch is null ? storage : WatchedStorage.Over(storage, watch);
        var log = new List<string>();
        var host = SegFunctionsHost.Create(new SegFunctionsHostOptions
        {
            Functions = SegFunctionsApp.Functions(),
            Storage = () => seen,
            Services = (services, configuration) =>
            {
                SegFunctionsApp.Register(services, configuration);
                services.AddSingleton(refresh ?? new RefreshOptions { AfterUploads = false });
                services.AddSingleton<IServer, TestServer>();
            },
            Configuration = HostConfiguration.Load(hostJson: null,
            [
                KeyValuePair.Create(AppSettingNames.CustomerKeySecret, (string?)Convert.ToBase64String("a secret of the tests, long enough"u8)),
                KeyValuePair.Create(AppSettingNames.VaultKey, (string?)Convert.ToBase64String("0123456789abcdef0123456789abcdef"u8)),
            ]),
            ApiKey = Key,
            RunsTriggers = false,
            Time = time,
            Logging = logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new ListLog(log)),
        });
        await host.StartAsync(CancellationToken.None);
        return new ServedApp(host, storage, time, log);
    }

    /// <summary>Writes a file into <c>uploads</c> and sends the event of it.</summary>
    public Task<BlobEntry> DropAsync(string name, string content) => DropAsync(name, Encoding.UTF8.GetBytes(content));

    public async Task<BlobEntry> DropAsync(string name, byte[] content)
    {
        await Uploads.WriteAsync(name, content, null, default);
        var blob = (await Uploads.FindAsync(name, default))!;
        await AnnounceAsync(blob);
        return blob;
    }

    public Task AnnounceAsync(BlobEntry blob) =>
        Storage.Queues.GetQueue("uploads-received").SendAsync(BlobCreatedEvent.Write(Uploads, blob), TimeSpan.Zero, default);

    /// <summary>Drops a file, takes it in, and tells what became of it.</summary>
    public async Task<UploadRecord> TakeInAsync(string name, string content)
    {
        var blob = await DropAsync(name, content);
        await PumpAsync();
        return await UploadAsync(blob);
    }

    public async Task<UploadRecord> UploadAsync(BlobEntry blob) =>
        await Services.GetRequiredService<UploadTable>().FindAsync(UploadId.Of(blob), default)
        ?? throw new InvalidOperationException($"There is no upload of {blob.Name}.");

    /// <summary>Delivers messages until there are none that are visible.</summary>
    /// <param name="stopAfter">Most messages to deliver.</param>
    /// <param name="mostDeliveries">Deliveries after which a message that fails is poison.</param>
    /// <returns>Messages that failed too often and would go to a poison queue.</returns>
    public async Task<int> PumpAsync(int stopAfter = 20_000, int mostDeliveries = MostDeliveries)
    {
        var poisoned = 0;
        for (var delivered = 0; delivered < stopAfter;)
        {
            var before = delivered;
            foreach (var name in Queues)
            {
                var queue = Storage.Queues.GetQueue(name);
                foreach (var message in await queue.ReceiveAsync(32, TimeSpan.FromMinutes(5), default))
                {
                    if (delivered >= stopAfter)
                    {
                        await queue.SetVisibilityAsync(message, TimeSpan.Zero, default);
                        continue;
                    }

                    delivered++;
                    if (await TryDeliverAsync(name, message))
                        await queue.DeleteAsync(message, default);
                    else if (message.DequeueCount < mostDeliveries)
                        await queue.SetVisibilityAsync(message, TimeSpan.Zero, default);
                    else
                    {
                        poisoned++;
                        await queue.DeleteAsync(message, default);
                    }
                }
            }

            if (delivered == before)
                return poisoned;
        }

        return poisoned;
    }

    /// <summary>Starts a run over HTTP and works until it has ended.</summary>
    public async Task<JsonElement> RunAsync(object? request = null)
    {
        using var answer = await PostAsync("/api/v1/runs", request ?? new { });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var location = answer.Headers.Location!.ToString();
        await PumpAsync();
        return await GetAsync(location);
    }

    /// <summary>Posts JSON with its length, as Azure Functions wants it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string address, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await Client.PostAsync(address, content);
    }

    public Task<JsonElement> GetAsync(string address) => Client.GetFromJsonAsync<JsonElement>(address);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    private async Task<bool> TryDeliverAsync(string queue, QueueMessage message)
    {
        await using var scope = Services.CreateAsyncScope();
        var body = await Storage.Claims.RedeemAsync(message.Body, default);
        var services = scope.ServiceProvider;
        try
        {
            await (queue switch
            {
                "uploads-received" => services.GetRequiredService<UploadFunctions>()
                    .ReceiveAsync(body, new QueueMessageMetadata { DequeueCount = message.DequeueCount }, default),
                "orchestration-steps" => services.GetRequiredService<OrchestrationFunctions>().StepAsync(body, default),
                "orchestration-activities" => services.GetRequiredService<OrchestrationFunctions>().ActivityAsync(body, default),
                _ => services.GetRequiredService<RunFunctions>().RefreshAfterUploadAsync(body, default),
            });
            return true;
        }
        catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    private sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add($"{formatter(state, exception)} {exception}");
        }
    }
}
