using SegFunctions.Orchestration.History;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>Something that waits in the instance's partition to enter history: a result, or a request from outside.</summary>
internal sealed record InboxRow
{
    public required string Key { get; init; }

    public required string ExecutionId { get; init; }

    public required InboxKind Kind { get; init; }

    public int TaskId { get; init; }

    public int Attempt { get; init; }

    /// <summary>Name of an external event.</summary>
    public string Name { get; init; } = "";

    /// <summary>JSON: a result, a failure, an event's payload, or a reason.</summary>
    public required Payload Content { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Bytes of the content, wherever it is.</summary>
    public required int Length { get; init; }

    public static InboxRow From(TableEntity entity) => new()
    {
        Key = entity.RowKey,
        ExecutionId = entity.GetString(nameof(ExecutionId)) ?? "",
        Kind = Enum.Parse<InboxKind>(entity.GetString(nameof(Kind)) ?? ""),
        TaskId = entity.GetInt32(nameof(TaskId)) ?? 0,
        Attempt = entity.GetInt32(nameof(Attempt)) ?? 0,
        Name = entity.GetString(nameof(Name)) ?? "",
        Content = entity.GetString("Blob") is { } blob ? Payload.InBlob(blob) : Payload.Inline(entity.GetBinary("Json") ?? []),
        Length = entity.GetInt32(nameof(Length)) ?? 0,
        At = entity.GetDateTimeOffset(nameof(At)) ?? default,
    };

    public TableEntity ToEntity(string partition)
    {
        var entity = new TableEntity(partition, Key)
        {
            [nameof(ExecutionId)] = ExecutionId,
            [nameof(Kind)] = Kind.ToString(),
            [nameof(Length)] = Length,
            [nameof(At)] = At,
        };
        if (Kind is InboxKind.Result or InboxKind.Failure)
        {
            entity[nameof(TaskId)] = TaskId;
            entity[nameof(Attempt)] = Attempt;
        }

        if (Name.Length > 0)
            entity[nameof(Name)] = Name;
        if (Content.Blob is { } blob)
            entity["Blob"] = blob;
        else
            entity["Json"] = Content.Json;
        return entity;
    }
}

internal enum InboxKind
{
    Result,
    Failure,
    Event,
    Terminate,
    Rewind,
}
