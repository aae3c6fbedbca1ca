using System.Text.Json;

namespace SegFunctions.Orchestration;

/// <summary>Names and limits of an engine. Client and engine of one set of instances need the same names.</summary>
public sealed record OrchestrationOptions
{
    /// <summary>Put before all names, so that several engines can share a storage account: lower-case letters and digits, or nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Queue of wake-ups, one per instance that has something new.</summary>
    public string StepQueue => Prefix.Length == 0 ? "orchestration-steps" : $"{Prefix}-orchestration-steps";

    /// <summary>Queue of activities to run.</summary>
    public string ActivityQueue => Prefix.Length == 0 ? "orchestration-activities" : $"{Prefix}-orchestration-activities";

    /// <summary>Table of instances, their history and what waits to enter it.</summary>
    public string Table => $"{Prefix}Orchestrations";

    /// <summary>Container of payloads and steps too large for a row.</summary>
    public string Container => Prefix.Length == 0 ? "orchestrations" : $"{Prefix}-orchestrations";

    /// <summary>How inputs, results and events are written; give it the application's source-generated contracts.</summary>
    public JsonSerializerOptions Json { get; init; } = JsonSerializerOptions.Web;

    /// <summary>
    /// How long a message may be on its way before it counts as lost and is sent again: more than zero. Too short sends
    /// messages twice, which is harmless but wasteful.
    /// </summary>
    public TimeSpan MessageGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Age from which a payload that belongs to no instance is deleted: ten minutes or more.</summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Messages, deletions and payloads that go over the wire side by side: 1 to 64.</summary>
    public int Parallelism { get; init; } = 16;

    /// <summary>Bytes of results that one step takes at most; the rest enters history with the next step. 1 MiB or more.</summary>
    public int StepBytes { get; init; } = 32 * 1024 * 1024;

    /// <exception cref="ArgumentException">The message lists every fault.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        if (Prefix.Length > 20 || Prefix.Any(character => character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9'))) || (Prefix.Length > 0 && char.IsAsciiDigit(Prefix[0])))
            faults.Add($"Prefix '{Prefix}' must be at most 20 lower-case letters and digits and begin with a letter, because it begins the names of queues, a table and a container.");
        if (MessageGrace <= TimeSpan.Zero)
            faults.Add($"MessageGrace is {MessageGrace} and must be more than zero.");
        if (OrphanAge < TimeSpan.FromMinutes(10))
            faults.Add($"OrphanAge is {OrphanAge} and must be ten minutes or more, or payloads of instances that are just being scheduled would go.");
        if (Parallelism is < 1 or > 64)
            faults.Add($"Parallelism is {Parallelism} and must be between 1 and 64.");
        if (StepBytes < 1024 * 1024)
            faults.Add($"StepBytes is {StepBytes} and must be at least {1024 * 1024}.");
        if (faults.Count > 0)
            throw new ArgumentException("The orchestration options are not usable: " + string.Join(" ", faults));
    }
}
