using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Hosting.Timers;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting;

/// <summary>What a host will run, after every option and setting has been checked.</summary>
internal sealed class HostPlan
{
    private const int ShortestKey = 16;
    private readonly SegFunctionsHostOptions _options;
    private readonly QueuePumpOptions _queueOptions;
    private readonly TimeSpan _functionTimeout;
    private readonly List<(FunctionDefinition Function, string Queue)> _queues = [];
    private readonly List<(FunctionDefinition Function, TimerSchedule Schedule)> _timers = [];
    private readonly List<FunctionDefinition> _notServed = [];
    private readonly Dictionary<string, WakeSignal> _wakes = new(StringComparer.Ordinal);

    private HostPlan(SegFunctionsHostOptions options, QueuePumpOptions queueOptions, TimeSpan functionTimeout)
    {
        _options = options;
        _queueOptions = queueOptions;
        _functionTimeout = functionTimeout;
    }

    private bool RunsTriggers => _options is { CustomHandlerPort: null, RunsTriggers: true };

    /// <exception cref="SettingsException">There are faults; all are listed.</exception>
    public static HostPlan Read(SegFunctionsHostOptions options)
    {
        var faults = new List<string>();
        if (options.CustomHandlerPort is { } port)
        {
            if (port is < 1 or > 65535)
                faults.Add($"FUNCTIONS_CUSTOMHANDLER_PORT is {port}; a port is from 1 to 65535.");
        }
        else
        {
            if (!Uri.TryCreate(options.Url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var url)
                || url.Scheme != Uri.UriSchemeHttp)
            {
                faults.Add($"The address '{options.Url}' is none that this host can listen at; write it as http://127.0.0.1:7071.");
            }

            if ((options.ApiKey?.Length ?? 0) < ShortestKey)
                faults.Add($"SegFunctions__ApiKey has {options.ApiKey?.Length ?? 0} characters; HTTP functions need a key of at least {ShortestKey}.");
        }

        if (options.StopGrace < TimeSpan.Zero || options.StopGrace > TimeSpan.FromHours(1))
            faults.Add($"The grace for a stop is {options.StopGrace}; it must be from zero to one hour.");
        var queueOptions = options.Queues ?? QueuePumpOptions.Read(options.Configuration, faults);
        if (options.Queues is not null)
            options.Queues.Check(faults);
        options.Uploads?.Check(faults);
        var plan = new HostPlan(options, queueOptions, FunctionTimeout.Read(options.Configuration, faults));
        if (plan.RunsTriggers)
            plan.ReadTriggers(faults);
        return faults.Count == 0 ? plan : throw new SettingsException(faults);
    }

    /// <summary>Opens storage, its queues waking our own pumps.</summary>
    public StorageAccount Connect()
    {
        var storage = _options.Storage();
        return _wakes.Count == 0 ? storage : storage.WithQueues(new SignallingQueueStore(storage.Queues, _wakes));
    }

    /// <summary>The triggers of the built-in host; null where this process runs none.</summary>
    public TriggerLoops? CreateLoops(IServiceProvider services)
    {
        if (!RunsTriggers)
            return null;
        var logs = services.GetRequiredService<ILoggerFactory>();
        foreach (var function in _notServed)
            HostLog.NotServed(logs.CreateLogger<SegFunctionsHost>(), function.Name);
        return new TriggerLoops(() => [.. CreateLoops(services, logs)], _options.StopGrace, _options.Time, logs.CreateLogger<TriggerLoops>());
    }

    private IEnumerable<TriggerLoop> CreateLoops(IServiceProvider services, ILoggerFactory logs)
    {
        var storage = services.GetRequiredService<StorageAccount>();
        var invoker = services.GetRequiredService<FunctionInvoker>();
        foreach (var (function, queue) in _queues)
        {
            yield return new QueuePump(
                function, queue, storage, invoker, _queueOptions, _functionTimeout, _wakes[queue], _options.Time, logs.CreateLogger<QueuePump>());
        }

        foreach (var (function, schedule) in _timers)
            yield return new TimerLoop(function, schedule, function.Trigger is TimerFunctionTrigger { RunOnStartup: true }, storage, invoker, _functionTimeout, _options.Time, logs.CreateLogger<TimerLoop>());
        if (_options.Uploads is { } uploads)
            yield return new UploadWatcher(storage, uploads, _options.Time, logs.CreateLogger<UploadWatcher>());
    }

    private void ReadTriggers(List<string> faults)
    {
        foreach (var function in _options.Functions.Functions)
        {
            if (AppSettings.IsDisabled(_options.Configuration, function.Name))
                continue;
            switch (function.Trigger)
            {
                case QueueFunctionTrigger queue:
                    ReadQueue(function, queue, faults);
                    break;
                case TimerFunctionTrigger timer:
                    var schedule = AppSettings.Expand(_options.Configuration, timer.Schedule, function.Name, faults);
                    if (schedule.Contains('%'))
                        break;
                    if (TimerSchedule.FindFault(schedule) is { } fault)
                        faults.Add($"{function.Name}: {fault}");
                    else
                        _timers.Add((function, TimerSchedule.Parse(schedule)));
                    break;
                case ServiceBusFunctionTrigger:
                    _notServed.Add(function);
                    break;
            }
        }
    }

    private void ReadQueue(FunctionDefinition function, QueueFunctionTrigger trigger, List<string> faults)
    {
        var before = faults.Count;
        var queue = AppSettings.Expand(_options.Configuration, trigger.QueueName, function.Name, faults);
        if (faults.Count > before)
            return;
        if (!FunctionNames.IsQueue(queue))
            faults.Add($"{function.Name}: '{queue}' is no queue name; use 3 to 63 lower-case letters, digits and single dashes between them.");
        else if (trigger.Connection is { } connection && connection != "AzureWebJobsStorage")
            faults.Add($"{function.Name}: its queue lies in another account ('{connection}'); the built-in host serves the app's own storage only.");
        else if (!_wakes.TryAdd(queue, new WakeSignal(_options.Time)))
            faults.Add($"{function.Name}: another function takes the messages of '{queue}' already.");
        else
            _queues.Add((function, queue));
    }
}
