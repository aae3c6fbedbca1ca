using Microsoft.Extensions.Logging.Abstractions;
using SegFunctions.Orchestration.History;
using SegFunctions.Storage.Queues;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>A process as a test sees it: engine, client, and a pump that delivers messages until there are none.</summary>
public sealed class EngineHost
{
    private const int MaxDeliveries = 20_000;
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(5);
    private int _steps;
    private int _activities;

    public EngineHost(Backend backend, OrchestrationRegistry registry)
        : this(backend.Storage, backend.Options, backend.Time, registry)
    {
    }

    public EngineHost(OrchestrationStorage storage, OrchestrationOptions options, ManualTimeProvider time, OrchestrationRegistry registry)
    {
        Time = time;
        Options = options;
        Storage = storage;
        Engine = new OrchestrationEngine(storage, registry, options, time, NullLogger<OrchestrationEngine>.Instance);
        Client = new OrchestrationClient(storage, options, time);
        Steps = storage.Queues.GetQueue(options.StepQueue);
        Activities = storage.Queues.GetQueue(options.ActivityQueue);
    }

    public OrchestrationEngine Engine { get; }

    public OrchestrationClient Client { get; }

    public ManualTimeProvider Time { get; }

    public OrchestrationOptions Options { get; }

    public OrchestrationStorage Storage { get; }

    public MessageQueue Steps { get; }

    public MessageQueue Activities { get; }

    /// <summary>Messages handled at the same time; 1 makes a test repeat itself exactly.</summary>
    public int SideBySide { get; init; } = 1;

    /// <summary>How many messages of each queue the pump has delivered.</summary>
    public (int Steps, int Activities) Delivered => (_steps, _activities);

    public async Task<string> ScheduleAsync(string name, object? input = null, string? instanceId = null)
    {
        var result = await Client.ScheduleNewAsync(name, input, new ScheduleOptions { InstanceId = instanceId }, default);
        Assert.True(result.Scheduled);
        return result.InstanceId;
    }

    public async Task<OrchestrationInstance> RunAsync(string name, object? input = null, string? instanceId = null)
    {
        var id = await ScheduleAsync(name, input, instanceId);
        await PumpAsync();
        return await GetAsync(id);
    }

    public async Task<OrchestrationInstance> GetAsync(string instanceId)
    {
        var instance = await Client.GetAsync(instanceId, InstanceParts.All, default);
        Assert.NotNull(instance);
        return instance;
    }

    /// <summary>Delivers what is visible, steps first, until both queues are silent.</summary>
    public async Task PumpAsync()
    {
        for (var deliveries = 0; deliveries < MaxDeliveries;)
        {
            var steps = await PumpStepsAsync();
            var activities = await PumpActivitiesAsync();
            if (steps + activities == 0)
                return;
            deliveries += steps + activities;
        }

        Assert.Fail($"The queues were not silent after {MaxDeliveries} messages.");
    }

    public Task<int> PumpStepsAsync(int maximum = 32) =>
        PumpAsync(Steps, maximum, body => Engine.HandleStepMessageAsync(body, default), () => Interlocked.Increment(ref _steps));

    public Task<int> PumpActivitiesAsync(int maximum = 32) =>
        PumpAsync(Activities, maximum, body => Engine.HandleActivityMessageAsync(body, default), () => Interlocked.Increment(ref _activities));

    /// <summary>Moves the clock, lets a recovery do what late messages would, and pumps.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by + Options.MessageGrace + TimeSpan.FromSeconds(1));
        await Engine.RecoverAsync(default);
        await PumpAsync();
    }

    private async Task<int> PumpAsync(MessageQueue queue, int maximum, Func<ReadOnlyMemory<byte>, Task> handle, Action count)
    {
        var messages = await queue.ReceiveAsync(maximum, Visibility, default);
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (message, _) =>
        {
            count();
            await handle(message.Body);
            Assert.True(await queue.DeleteAsync(message, default));
        });
        return messages.Count;
    }
}

public static class InstanceExtensions
{
    public static IEnumerable<HistoryEvent> Events(this OrchestrationInstance instance) =>
        instance.History!.SelectMany(step => step.Events);

    public static T Output<T>(this OrchestrationInstance instance)
    {
        Assert.True(instance.Status == OrchestrationStatus.Completed, $"{instance.Status}: {instance.Failure}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(instance.Output!.Value, System.Text.Json.JsonSerializerOptions.Web)!;
    }

    public static FailureDetails Failed(this OrchestrationInstance instance)
    {
        Assert.Equal(OrchestrationStatus.Failed, instance.Status);
        return instance.Failure!;
    }
}
