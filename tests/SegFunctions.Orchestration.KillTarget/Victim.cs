using Microsoft.Extensions.Logging.Abstractions;
using SegFunctions.Storage;
using SegFunctions.Storage.Queues;

namespace SegFunctions.Orchestration.KillTarget;

/// <summary>A fan-out that is slow enough to be interrupted, and the loop that runs it.</summary>
public static class Victim
{
    public const string Orchestrator = "FanOut";
    public const string Ready = "ready";

    /// <summary>Printed, with the number, whenever an activity has run.</summary>
    public const string Ran = "ran ";

    private const int Width = 50;
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(20);

    public static int ExpectedOutput { get; } = Enumerable.Range(0, Width).Sum(i => ResultOf(i).Length);

    public static IEnumerable<int> TaskIds => Enumerable.Range(0, Width);

    public static OrchestrationOptions Options(string prefix) => new()
    {
        Prefix = prefix,
        MessageGrace = TimeSpan.FromSeconds(3),
    };

    public static OrchestrationStorage Connect(string connectionString) =>
        OrchestrationStorage.From(StorageAccount.Connect(connectionString));

    public static async Task RunAsync(string connectionString, string prefix, CancellationToken cancellationToken)
    {
        var (storage, options, time) = (Connect(connectionString), Options(prefix), TimeProvider.System);
        var engine = new OrchestrationEngine(storage, Registry(time), options, time, NullLogger<OrchestrationEngine>.Instance);
        await engine.RecoverAsync(cancellationToken);
        Console.WriteLine(Ready);
        await Task.WhenAll(
            PollAsync(storage.Queues.GetQueue(options.StepQueue), 8, body => engine.HandleStepMessageAsync(body, cancellationToken), time, cancellationToken),
            PollAsync(storage.Queues.GetQueue(options.ActivityQueue), 2, body => engine.HandleActivityMessageAsync(body, cancellationToken), time, cancellationToken),
            RecoverAsync(engine, time, cancellationToken));
    }

    private static OrchestrationRegistry Registry(TimeProvider time) => new OrchestrationRegistry()
        .AddOrchestrator<string, int>(Orchestrator, async (context, input) =>
        {
            var results = await Task.WhenAll(Enumerable.Range(0, Width).Select(i => context.CallActivityAsync<string>("Work", new Work(i, input))));
            return results.Sum(result => result.Length);
        })
        .AddActivity<Work, string>("Work", async (_, work, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(60), time, cancellationToken);
            Console.WriteLine($"{Ran}{work.Number}");
            return ResultOf(work.Number);
        });

    /// <summary>Every tenth is too large for a row, so that payloads in blobs take part.</summary>
    private static string ResultOf(int number) => new('x', number % 10 == 0 ? 60_000 + number : number);

    private static async Task PollAsync(
        MessageQueue queue, int maximum, Func<ReadOnlyMemory<byte>, Task> handle, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var messages = await queue.ReceiveAsync(maximum, Visibility, cancellationToken);
            await Task.WhenAll(messages.Select(async message =>
            {
                await handle(message.Body);
                await queue.DeleteAsync(message, cancellationToken);
            }));
            if (messages.Count == 0)
                await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static async Task RecoverAsync(OrchestrationEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
            await engine.RecoverAsync(cancellationToken);
        }
    }

    /// <param name="Ballast">Makes the input of every call too large for a message.</param>
    private sealed record Work(int Number, string Ballast);
}
