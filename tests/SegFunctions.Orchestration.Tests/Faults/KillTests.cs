using System.Diagnostics;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.KillTarget;
using SegFunctions.Orchestration.Tests.Support;
using SegFunctions.Testing;
using Xunit.Abstractions;

namespace SegFunctions.Orchestration.Tests.Faults;

/// <summary>A real process on a real emulator, killed with SIGKILL at random moments and started again.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class KillTests(AzuriteServer azurite, ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Five_kills_lose_nothing_and_repeat_nothing() => Kills_lose_nothing_and_repeat_nothing(kills: 5, seed: 1);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(40, 2)]
    [InlineData(40, 3)]
    public Task Many_kills_lose_nothing_and_repeat_nothing(int kills, int seed) => Kills_lose_nothing_and_repeat_nothing(kills, seed);

    private async Task Kills_lose_nothing_and_repeat_nothing(int kills, int seed)
    {
        var random = new Random(seed);
        var prefix = $"kill{seed}";
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var host = new EngineHost(Victim.Connect(azurite.ConnectionString), Victim.Options(prefix), time, new OrchestrationRegistry());
        var instances = new List<string>();
        var (killed, ran) = (0, 0);

        // A fan-out that finishes before it was killed often enough is followed by another.
        while (killed < kills)
        {
            instances.Add(await host.ScheduleAsync(Victim.Orchestrator, new string('b', 40_000), $"run {instances.Count}"));
            while (killed < kills && !await IsFinishedAsync(host, instances[^1]))
            {
                using var life = Life.Start(azurite.ConnectionString, prefix);

                // One in five dies while it starts and recovers.
                if (random.Next(5) > 0)
                    await life.Ready.WaitAsync(Limit);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(10, 700)), TimeProvider.System);
                ran += await life.KillAsync();
                killed++;
            }
        }

        using (var last = Life.Start(azurite.ConnectionString, prefix))
        {
            await UntilAsync(async () => await IsFinishedAsync(host, instances[^1])
                && await host.Steps.CountAsync(default) + await host.Activities.CountAsync(default) == 0
                && (await host.RowsOfInboxAsync()).Count == 0);
            ran += await last.KillAsync();
        }

        output.WriteLine($"{killed} kills, {instances.Count} instances, {ran} runs of {instances.Count * 50} activities seen");
        await AssertExactAsync(host, instances);
    }

    private static async Task AssertExactAsync(EngineHost host, List<string> instances)
    {
        // Payloads of processes that died between writing them and naming them go when they are old enough.
        host.Time.Advance(TimeProvider.System.GetUtcNow() - host.Time.GetUtcNow() + TimeSpan.FromHours(3));
        await host.Engine.RecoverAsync(default);
        await host.Engine.RecoverAsync(default);
        Assert.Equal(0, await host.Steps.CountAsync(default) + await host.Activities.CountAsync(default));
        Assert.Empty(await host.LeftoversAsync());
        var rows = instances.Count;
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in instances)
        {
            var instance = await host.GetAsync(id);
            Assert.Equal(Victim.ExpectedOutput, instance.Output<int>());
            Assert.Equal(Victim.TaskIds, instance.Events().OfType<ActivityCompleted>().Select(result => result.TaskId).Order());
            Assert.Empty(instance.Events().OfType<ActivityFailed>());
            rows += instance.Steps;
            named.UnionWith(instance.Events().OfType<ActivityScheduled>().Select(call => call.Input.Blob!));
        }

        Assert.Equal(rows, (await host.RowsAsync()).Count);
        var blobs = (await host.BlobsAsync()).Where(blob => !blob.EndsWith("/start", StringComparison.Ordinal) && !blob.EndsWith("/history", StringComparison.Ordinal));
        Assert.Equal(named.Order(StringComparer.Ordinal), blobs.Order(StringComparer.Ordinal));
    }

    private static async Task<bool> IsFinishedAsync(EngineHost host, string instanceId) =>
        (await host.Client.GetAsync(instanceId, InstanceParts.Summary, default))!.Status == OrchestrationStatus.Completed;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
    }

    /// <summary>One life of the process.</summary>
    private sealed class Life : IDisposable
    {
        private readonly Process _process;
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _ran;

        private Life(Process process) => _process = process;

        /// <summary>Completes when the process polls; fails when it ended by itself.</summary>
        public Task Ready => _ready.Task;

        public static Life Start(string connectionString, string prefix)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in new[] { "exec", typeof(Victim).Assembly.Location, connectionString, prefix })
                start.ArgumentList.Add(argument);
            var process = new Process { StartInfo = start, EnableRaisingEvents = true };
            var life = new Life(process);
            var errors = new System.Text.StringBuilder();
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data == Victim.Ready)
                    life._ready.TrySetResult();
                else if (line.Data?.StartsWith(Victim.Ran, StringComparison.Ordinal) == true)
                    Interlocked.Increment(ref life._ran);
            };
            process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
            process.Exited += (_, _) => life._ready.TrySetException(new InvalidOperationException($"The process ended by itself: {errors}"));
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return life;
        }

        /// <returns>How many activities it had run.</returns>
        public async Task<int> KillAsync()
        {
            Assert.False(_process.HasExited, "The process ended before it was killed.");
            _process.Kill();
            await _process.WaitForExitAsync();
            Assert.Equal(128 + 9, _process.ExitCode);
            return _ran;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }
    }
}
