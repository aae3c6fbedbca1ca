using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Privacy.Retention;

namespace SegFunctions.App.Functions;

/// <summary>Keeps its word once a day, and what a restore may break at each start: who was erased stays erased, what is old goes, what an old key has sealed is sealed anew.</summary>
internal sealed partial class PrivacyHousekeepingFunctions(
    RestoreGuard guard, RetentionSweep retention, VaultRotation rotation, ILogger<PrivacyHousekeepingFunctions> logger)
{
    [Function("GuardErasures")]
    public async Task GuardAsync([TimerTrigger("0 0 5 * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        await guard.CheckAsync(cancellationToken);

    [Function("EnforceRetention")]
    public async Task RetainAsync([TimerTrigger("0 20 5 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var (rows, blobs) = await retention.SweepAsync(cancellationToken);
        LogRetention(rows, blobs);
    }

    [Function("RotateVaultKeys")]
    public async Task RotateAsync([TimerTrigger("0 40 5 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        LogRotation(await rotation.RotateAsync(cancellationToken));

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "Retention took {Rows} rows out of the lake and deleted {Blobs} blobs.")]
    private partial void LogRetention(long rows, int blobs);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Information, Message = "{Blobs} blobs of the vault were sealed with the newest key.")]
    private partial void LogRotation(int blobs);
}
