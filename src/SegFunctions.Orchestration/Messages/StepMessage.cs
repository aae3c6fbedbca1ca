using System.Text.Json.Serialization;

namespace SegFunctions.Orchestration.Messages;

/// <summary>Something waits for the instance: look and take a step.</summary>
internal sealed record StepMessage : Message
{
    public required string InstanceId { get; init; }

    /// <summary>For a timer: when it is due. A queue delays for seven days at most, so the message may come earlier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Due { get; init; }
}
