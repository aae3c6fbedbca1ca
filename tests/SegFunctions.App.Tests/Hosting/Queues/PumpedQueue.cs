using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.Storage;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Tests.Hosting.Queues;

/// <summary>The sample function <c>TakeBytes</c> with a pump at its queue.</summary>
internal sealed class PumpedQueue : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TriggerLoops _loops;
    private readonly StorageAccount _storage;

    public PumpedQueue(StorageAccount storage, TimeProvider time, Calls calls, QueuePumpOptions options, string name = "sample-bytes", TimeSpan? functionTimeout = null, TimeSpan? grace = null)
    {
        _storage = storage;
        Name = name;
        Wake = new WakeSignal(time);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(storage);
        services.AddSingleton(calls);
        services.AddScoped<SampleFunctions>();
        _services = services.BuildServiceProvider();
        var pump = new QueuePump(
            Some.Registry().Find("TakeBytes")!,
            name,
            storage,
            new FunctionInvoker(_services.GetRequiredService<IServiceScopeFactory>()),
            options,
            functionTimeout ?? TimeSpan.FromMinutes(30),
            Wake,
            time,
            Some.Silent<QueuePump>());
        _loops = new TriggerLoops(() => [pump], grace ?? TimeSpan.FromSeconds(20), time, Some.Silent<TriggerLoops>());
    }

    public string Name { get; }

    public MessageQueue Queue => _storage.Queues.GetQueue(Name);

    public MessageQueue Poison => _storage.Queues.GetQueue(Name + "-poison");

    public WakeSignal Wake { get; }

    public Task Failed => _loops.Failed;

    public Task SendAsync(string text) => Queue.SendAsync(Encoding.UTF8.GetBytes(text), TimeSpan.Zero, CancellationToken.None);

    public async Task StartAsync()
    {
        await _loops.PrepareAsync(_storage, CancellationToken.None);
        _loops.Start();
    }

    public Task StopAsync() => _loops.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _loops.StopAsync(new CancellationToken(canceled: true));
        await _loops.DisposeAsync();
        await _services.DisposeAsync();
    }
}
