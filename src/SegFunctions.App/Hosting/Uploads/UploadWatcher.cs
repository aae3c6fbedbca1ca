using SegFunctions.App.Hosting.Loops;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Hosting.Uploads;

/// <summary>Turns new and changed blobs in the container of uploads into the messages that Event Grid sends in Azure.</summary>
/// <remarks>
/// One instance watches at a time. A receipt is written after its message was sent: a process that dies in between sends the
/// message again, with the same id, and never loses one. Receipts end with the version that they stand for.
/// </remarks>
internal sealed partial class UploadWatcher(
    StorageAccount storage, UploadWatcherOptions options, TimeProvider time, ILogger<UploadWatcher> logger)
    : TriggerLoop
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TroubleWait = TimeSpan.FromSeconds(5);

    // A look at a large container must not become the process's main occupation.
    private const int IdleShare = 10;

    private readonly BlobContainer _uploads = storage.Blobs.GetContainer(options.Container);
    private readonly BlobContainer _state = storage.Blobs.GetContainer(HostId.Container);
    private readonly MessageQueue _queue = storage.Queues.GetQueue(options.Queue);

    public override string Name => nameof(UploadWatcher);

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _uploads.CreateIfNotExistsAsync(cancellationToken);
        await _state.CreateIfNotExistsAsync(cancellationToken);
        await _queue.CreateIfNotExistsAsync(cancellationToken);
    }

    public override async Task RunAsync(StopSignals signals)
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                var lease = await storage.Leases.AcquireAsync(HostId.ListenerLease(Name), LeaseTime, LeaseRetry, signals.Stopping);
                await using (lease)
                {
                    using var ending = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, signals.Stopping);
                    await WatchAsync(ending.Token);
                }
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                LogLeaseLost();
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                LogTrouble(StorageTrouble.Describe(exception));
                await Task.Delay(TroubleWait, time, signals.Stopping);
            }
        }
    }

    /// <summary>Reads the receipts, then looks again and again until it is told to end.</summary>
    private async Task WatchAsync(CancellationToken ending)
    {
        var receipts = new List<string>();
        await foreach (var receipt in _state.ListAsync(HostId.UploadReceipts, ending))
            receipts.Add(receipt.Name[HostId.UploadReceipts.Length..]);
        var ledger = new UploadLedger(receipts);
        while (true)
        {
            var began = time.GetTimestamp();
            await LookAsync(ledger, ending);
            var pause = time.GetElapsedTime(began) * IdleShare;
            await Task.Delay(pause > options.Interval ? pause : options.Interval, time, ending);
        }
    }

    private async Task LookAsync(UploadLedger ledger, CancellationToken ending)
    {
        var listing = new List<BlobEntry>();
        await foreach (var blob in _uploads.ListAsync(prefix: "", ending))
            listing.Add(blob);
        foreach (var blob in ledger.FindNew(listing))
        {
            var receipt = BlobCreatedEvent.Identify(blob);
            await _queue.SendAsync(BlobCreatedEvent.Write(_uploads, blob), TimeSpan.Zero, ending);
            await _state.WriteAsync(HostId.UploadReceipts + receipt, ReadOnlyMemory<byte>.Empty, options: null, ending);
            ledger.Reported(receipt);
            LogSeen(blob.Length);
        }

        foreach (var receipt in ledger.FindStale(listing))
        {
            await _state.DeleteAsync(HostId.UploadReceipts + receipt, ifMatch: null, ending);
            ledger.Forgotten(receipt);
        }
    }

    // File names are people's own words and may name a person; they stay out of the logs.
    [LoggerMessage(EventId = 160, Level = LogLevel.Information, Message = "A new upload of {Bytes} bytes was reported to intake")]
    private partial void LogSeen(long bytes);

    [LoggerMessage(EventId = 161, Level = LogLevel.Warning, Message = "The container of uploads cannot be watched; trying again: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(EventId = 162, Level = LogLevel.Warning, Message = "The lease of the watcher of uploads was lost")]
    private partial void LogLeaseLost();
}
