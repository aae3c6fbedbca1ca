using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>One step's events, as they rest: encoded in the row, or in a blob that was written before the commit.</summary>
internal sealed record StepRow
{
    /// <summary>A property holds 64 KiB; this leaves room, and is the limit of queue messages as well.</summary>
    public const int MaxInlineBytes = 48 * 1024;

    public required int Number { get; init; }

    /// <summary>Tells the writer of the step from others who tried.</summary>
    public required string CommitId { get; init; }

    public required int Format { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How many events the step holds.</summary>
    public required int Events { get; init; }

    public byte[]? Data { get; init; }

    public string? Blob { get; init; }

    public static StepRow From(TableEntity entity) => new()
    {
        Number = int.Parse(entity.RowKey.AsSpan(entity.RowKey.LastIndexOf('-') + 1)),
        CommitId = entity.GetString(nameof(CommitId)) ?? "",
        Format = entity.GetInt32(nameof(Format)) ?? 0,
        At = entity.GetDateTimeOffset(nameof(At)) ?? default,
        Events = entity.GetInt32(nameof(Events)) ?? 0,
        Data = entity.GetBinary(nameof(Data)),
        Blob = entity.GetString(nameof(Blob)),
    };

    public TableEntity ToEntity(InstanceRow instance)
    {
        var entity = new TableEntity(instance.Partition, RowKeys.Step(instance.ExecutionId, Number))
        {
            [nameof(CommitId)] = CommitId,
            [nameof(Format)] = Format,
            [nameof(At)] = At,
            [nameof(Events)] = Events,
        };
        if (Blob is null)
            entity[nameof(Data)] = Data;
        else
            entity[nameof(Blob)] = Blob;
        return entity;
    }
}
