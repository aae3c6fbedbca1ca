using SegFunctions.App;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Testing;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>Files go in, memberships come out, and the host process dies on the way as often as it is told to.</summary>
/// <param name="folder">Where the files lie.</param>
/// <param name="files">Paths below it, which become the blobs' names.</param>
/// <param name="hold">For how long a message belongs to a process that may be dead.</param>
/// <param name="guard">Most that is waited for anything.</param>
internal sealed class KillSeries(string folder, IReadOnlyList<string> files, TimeSpan hold, TimeSpan guard)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What came of it.</summary>
    /// <param name="Published">What readers see at the end.</param>
    /// <param name="Leftovers">Messages, inbox rows and instances that should not be there.</param>
    /// <param name="Intake">Until the first refresh began.</param>
    /// <param name="Refresh">From there to the end.</param>
    /// <param name="Recoveries">From each kill to the first thing that the next process got done.</param>
    internal sealed record Outcome(
        Published Published, IReadOnlyList<string> Leftovers, TimeSpan Intake, TimeSpan Refresh, IReadOnlyList<TimeSpan> Recoveries);

    public Task<Outcome> UndisturbedAsync() => RunAsync(0, 0, 0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The same with kills at random moments, the first of them in intake, the others in the refresh.</summary>
    /// <param name="undisturbed">Tells how long either takes, so that kills hit work and not rest.</param>
    public Task<Outcome> WithKillsAsync(int inIntake, int inRefresh, int seed, Outcome undisturbed) =>
        RunAsync(inIntake, inRefresh, seed, undisturbed.Intake, undisturbed.Refresh);

    private async Task<Outcome> RunAsync(int inIntake, int inRefresh, int seed, TimeSpan intake, TimeSpan refresh)
    {
        var azurite = new AzuriteServer();
        await azurite.InitializeAsync();
        try
        {
            var storage = StorageAccount.Connect(azurite.ConnectionString);
            await DropAsync(storage);
            var progress = new Progress(storage);
            var random = new Random(seed);
            var recoveries = new List<TimeSpan>();
            var began = TimeProvider.System.GetTimestamp();
            long? killed = null;
            for (var kill = 0; kill < inIntake + inRefresh; kill++)
            {
                var before = await progress.MarkAsync();
                await using var victim = HostRun.Start(azurite.ConnectionString, hold);
                var isInIntake = kill < inIntake;
                if (await progress.IsAtRestAsync(files.Count))
                {
                    // The refresh was quicker than the kills: another one, which finds the same, so that each of them hits work.
                    await SegFunctionsApp.Refreshes(storage, TimeProvider.System).Starter.StartAsync("upload", null, 1, CancellationToken.None);
                }

                await UntilAsync(victim, async () => await progress.MarkAsync() != before && (isInIntake || await progress.HasRunAsync()));
                if (killed is { } moment)
                    recoveries.Add(TimeProvider.System.GetElapsedTime(moment));
                var span = isInIntake ? intake : refresh / Math.Max(1, inRefresh);
                await Task.Delay(span * random.NextDouble(), TimeProvider.System);
                await victim.KillAsync();
                killed = TimeProvider.System.GetTimestamp();
            }

            await using var host = HostRun.Start(azurite.ConnectionString, hold);
            await UntilAsync(host, progress.HasRunAsync);
            var intakeTook = TimeProvider.System.GetElapsedTime(began);
            await UntilAsync(host, () => progress.IsAtRestAsync(files.Count));
            var refreshTook = TimeProvider.System.GetElapsedTime(began) - intakeTook;
            return new Outcome(await Published.ReadAsync(storage), await progress.LeftoversAsync(), intakeTook, refreshTook, recoveries);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    private async Task DropAsync(StorageAccount storage)
    {
        var container = storage.Blobs.GetContainer("uploads");
        await container.CreateIfNotExistsAsync(CancellationToken.None);
        foreach (var file in files)
        {
            await container.WriteAsync(
                file,
                async (target, token) =>
                {
                    await using var source = File.OpenRead(Path.Combine(folder, file));
                    await source.CopyToAsync(target, token);
                },
                new BlobWriteOptions(),
                CancellationToken.None);
        }
    }

    private async Task UntilAsync(ChildProcess host, Func<Task<bool>> isReached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isReached())
        {
            Assert.False(host.HasExited, $"the host ended: {host.Output}{host.Errors}");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < guard, $"nothing came within {guard}: {host.Output}{host.Errors}");
            await Task.Delay(PollEvery, TimeProvider.System);
        }
    }
}
