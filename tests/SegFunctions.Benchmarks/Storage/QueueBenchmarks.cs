using BenchmarkDotNet.Attributes;
using SegFunctions.Storage.Queues;

namespace SegFunctions.Benchmarks.Storage;

/// <summary>Messages of a kilobyte sent, received and deleted; what a step of an orchestration costs in its queue.</summary>
public class QueueBenchmarks
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(1);

    private readonly byte[] _payload = new byte[1_024];
    private OpenedStorage? _storage;
    private MessageQueue? _queue;

    public static IEnumerable<StorageShape> Shapes => StorageShape.Of("32 messages of 1 KB", 32);

    [ParamsSource(nameof(Shapes))]
    public required StorageShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _storage!.CloseAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public async Task ReceiveOneByOne()
    {
        await SendAsync();
        for (var received = 0; received < Shape.Rows;)
            received += await ReceiveAsync(maximum: 1);
    }

    [Benchmark]
    public async Task ReceiveUpTo32()
    {
        await SendAsync();
        for (var received = 0; received < Shape.Rows;)
            received += await ReceiveAsync(maximum: 32);
    }

    private async Task SetupAsync()
    {
        _storage = await Shape.OpenAsync();
        _queue = _storage.Account.Queues.GetQueue("measured");
        await _queue.CreateIfNotExistsAsync(CancellationToken.None);
    }

    private async Task SendAsync()
    {
        for (var sent = 0; sent < Shape.Rows; sent++)
            await _queue!.SendAsync(_payload, TimeSpan.Zero, CancellationToken.None);
    }

    private async Task<int> ReceiveAsync(int maximum)
    {
        var messages = await _queue!.ReceiveAsync(maximum, Visibility, CancellationToken.None);
        foreach (var message in messages)
            await _queue.DeleteAsync(message, CancellationToken.None);
        return messages.Count;
    }
}
