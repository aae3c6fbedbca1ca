using SegFunctions.Orchestration.History;

namespace SegFunctions.Orchestration.Messages;

/// <summary>An attempt of an activity is to be run.</summary>
internal sealed record ActivityMessage : Message
{
    public required string InstanceId { get; init; }

    public required string ExecutionId { get; init; }

    public required int TaskId { get; init; }

    public required int Attempt { get; init; }

    public required string Name { get; init; }

    public required Payload Input { get; init; }
}
