using System.Globalization;
using SegFunctions.App.Hosting.Settings;

namespace SegFunctions.App.Hosting.Queues;

/// <summary>How queues are polled; names and meaning of <c>extensions.queues</c> in host.json.</summary>
public sealed record QueuePumpOptions
{
    /// <summary>Setting of <see cref="HoldTime"/>.</summary>
    internal const string HoldSetting = "SegFunctions__MessageHoldTime";

    /// <summary>Messages taken at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Messages are taken again once no more than these are running, 0 to 1000.</summary>
    public int NewBatchThreshold { get; init; } = 4;

    /// <summary>Tries of a message before it moves to the queue's poison queue, 1 to 100.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message rests after a try that failed, zero to seven days.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>Longest wait between two looks into an idle queue, 100 ms to one day.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long a message is ours while its function runs, renewed at half time; a process that dies gives it back after
    /// at most this. 2 s to one day. Not a key of the Functions host, which takes ten minutes.
    /// </summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First wait of an idle queue.</summary>
    internal TimeSpan MinimumPollingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads host.json and its overrides; what is absent keeps its default.</summary>
    internal static QueuePumpOptions Read(IConfiguration configuration, List<string> faults)
    {
        var section = $"{HostConfiguration.Prefix}:extensions:queues";
        var standard = new QueuePumpOptions();
        var options = standard with
        {
            BatchSize = Number("batchSize", standard.BatchSize),
            NewBatchThreshold = Number("newBatchThreshold", standard.NewBatchThreshold),
            MaxDequeueCount = Number("maxDequeueCount", standard.MaxDequeueCount),
            VisibilityTimeout = Duration("visibilityTimeout", standard.VisibilityTimeout),
            MaxPollingInterval = Duration("maxPollingInterval", standard.MaxPollingInterval),
            HoldTime = Hold(),
        };
        if (configuration[$"{section}:messageEncoding"] is { } encoding && !encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
            faults.Add($"host.json: extensions.queues.messageEncoding is '{encoding}'; this app works with base64 only.");
        options.Check(faults);
        return options;

        // No key of host.json, for the Functions host would refuse to know it.
        TimeSpan Hold()
        {
            if (AppSettings.Find(configuration, HoldSetting) is not { } text)
                return standard.HoldTime;
            if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration))
                return duration;
            faults.Add($"The setting {HoldSetting} is '{text}'; it must be a duration as in '00:00:30'.");
            return standard.HoldTime;
        }

        int Number(string key, int otherwise)
        {
            if (configuration[$"{section}:{key}"] is not { } text)
                return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            faults.Add($"host.json: extensions.queues.{key} is '{text}'; it must be a whole number.");
            return otherwise;
        }

        TimeSpan Duration(string key, TimeSpan otherwise)
        {
            if (configuration[$"{section}:{key}"] is not { } text)
                return otherwise;
            if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration))
                return duration;
            faults.Add($"host.json: extensions.queues.{key} is '{text}'; it must be a duration as in '00:00:30'.");
            return otherwise;
        }
    }

    internal void Check(List<string> faults)
    {
        Within(BatchSize, 1, 32, "batchSize", faults);
        Within(NewBatchThreshold, 0, 1000, "newBatchThreshold", faults);
        Within(MaxDequeueCount, 1, 100, "maxDequeueCount", faults);
        Within(VisibilityTimeout, TimeSpan.Zero, TimeSpan.FromDays(7), "visibilityTimeout", faults);
        Within(MaxPollingInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), "maxPollingInterval", faults);
        Within(HoldTime, TimeSpan.FromSeconds(2), TimeSpan.FromDays(1), "hold time", faults);
    }

    private static void Within<T>(T value, T least, T most, string key, List<string> faults)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            faults.Add($"extensions.queues: {key} is {value}; it must be from {least} to {most}.");
    }
}
