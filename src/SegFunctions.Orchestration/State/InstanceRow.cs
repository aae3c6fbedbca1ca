using System.Text.Json;
using Azure;
using SegFunctions.Orchestration.History;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>The one row that says where an instance stands. Every step changes it, under its ETag.</summary>
/// <remarks>
/// Commits merge, so the input is sent once only. A merge cannot remove a property: "none" is an empty binary, an empty text,
/// or zero ticks.
/// </remarks>
internal sealed record InstanceRow
{
    /// <summary>Larger values stand in history only, and the row says so.</summary>
    public const int MaxInlineBytes = 32 * 1024;

    public required string InstanceId { get; init; }

    /// <summary>New with every scheduling, so that nothing that belongs to a purged namesake is mistaken for this one's.</summary>
    public required string ExecutionId { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty until it was asked for or the first step was taken.</summary>
    public string Version { get; init; } = "";

    public OrchestrationStatus Status { get; init; }

    /// <summary>Being deleted; nobody but the deletion touches it any more.</summary>
    public bool IsPurging { get; init; }

    public int Format { get; init; } = HistoryFormat.Current;

    /// <summary>Number of the next step, so of steps taken.</summary>
    public int NextStep { get; init; }

    /// <summary>When the next timer or retry is due.</summary>
    public DateTimeOffset? NextTimer { get; init; }

    /// <summary>See <see cref="State.OpenTasks"/>; null when unknown.</summary>
    public byte[]? OpenTasks { get; init; }

    /// <summary>Steps whose messages are not known to have been sent.</summary>
    public IReadOnlyList<UnsentStep> Unsent { get; init; } = [];

    public DateTimeOffset CreatedOn { get; init; }

    public DateTimeOffset UpdatedOn { get; init; }

    public DateTimeOffset? CompletedOn { get; init; }

    public byte[]? Input { get; init; }

    public string? InputBlob { get; init; }

    /// <summary>JSON, when it is small.</summary>
    public byte[]? Output { get; init; }

    /// <summary>JSON of the failure, when it is small.</summary>
    public byte[]? Failure { get; init; }

    /// <summary>Output or failure is too large for the row and stands in the last step.</summary>
    public bool EndIsInHistory { get; init; }

    public byte[]? CustomStatus { get; init; }

    /// <summary>When a finished instance's leftover payloads were last looked for.</summary>
    public DateTimeOffset? SweptOn { get; init; }

    public ETag ETag { get; init; }

    public string Partition => TableKeyCodec.Encode(InstanceId);

    public Payload InputPayload => InputBlob is { Length: > 0 } blob ? Payload.InBlob(blob) : Payload.Inline(Input ?? "null"u8.ToArray());

    public static InstanceRow From(TableEntity entity) => new()
    {
        InstanceId = TableKeyCodec.Decode(entity.PartitionKey),
        ExecutionId = entity.GetString(nameof(ExecutionId)) ?? "",
        Name = entity.GetString(nameof(Name)) ?? "",
        Version = entity.GetString(nameof(Version)) ?? "",
        Status = Enum.Parse<OrchestrationStatus>(entity.GetString(nameof(Status)) ?? nameof(OrchestrationStatus.Pending)),
        IsPurging = entity.GetBoolean(nameof(IsPurging)) ?? false,
        Format = entity.GetInt32(nameof(Format)) ?? 0,
        NextStep = entity.GetInt32(nameof(NextStep)) ?? 0,
        NextTimer = Moment(entity.GetInt64(nameof(NextTimer))),
        OpenTasks = entity.GetBoolean("OpenTasksKnown") == true ? entity.GetBinary(nameof(OpenTasks)) ?? [] : null,
        Unsent = UnsentStep.Parse(entity.GetString(nameof(Unsent))),
        CreatedOn = entity.GetDateTimeOffset(nameof(CreatedOn)) ?? default,
        UpdatedOn = entity.GetDateTimeOffset(nameof(UpdatedOn)) ?? default,
        CompletedOn = Moment(entity.GetInt64(nameof(CompletedOn))),
        Input = entity.GetBinary(nameof(Input)),
        InputBlob = entity.GetString(nameof(InputBlob)),
        Output = Some(entity.GetBinary(nameof(Output))),
        Failure = Some(entity.GetBinary(nameof(Failure))),
        EndIsInHistory = entity.GetBoolean(nameof(EndIsInHistory)) ?? false,
        CustomStatus = Some(entity.GetBinary(nameof(CustomStatus))),
        SweptOn = Moment(entity.GetInt64(nameof(SweptOn))),
        ETag = entity.ETag,
    };

    /// <summary>All of the row, for its insertion.</summary>
    public TableEntity ToInsert()
    {
        var entity = ToMerge();
        entity[nameof(ExecutionId)] = ExecutionId;
        entity[nameof(Name)] = Name;
        entity[nameof(CreatedOn)] = CreatedOn;
        entity[nameof(IsPurging)] = IsPurging;
        entity[nameof(SweptOn)] = 0L;
        if (InputBlob is null)
            entity[nameof(Input)] = Input;
        else
            entity[nameof(InputBlob)] = InputBlob;
        return entity;
    }

    /// <summary>What a step changes.</summary>
    public TableEntity ToMerge() => new(Partition, RowKeys.Instance)
    {
        [nameof(Version)] = Version,
        [nameof(Status)] = Status.ToString(),
        [nameof(Format)] = Format,
        [nameof(NextStep)] = NextStep,
        [nameof(NextTimer)] = NextTimer?.UtcTicks ?? 0,
        ["OpenTasksKnown"] = OpenTasks is not null,
        [nameof(OpenTasks)] = OpenTasks ?? [],
        [nameof(Unsent)] = UnsentStep.Format(Unsent),
        [nameof(UpdatedOn)] = UpdatedOn,
        [nameof(CompletedOn)] = CompletedOn?.UtcTicks ?? 0,
        [nameof(Output)] = Output ?? [],
        [nameof(Failure)] = Failure ?? [],
        [nameof(EndIsInHistory)] = EndIsInHistory,
        [nameof(CustomStatus)] = CustomStatus ?? [],
    };

    /// <summary>The row after one more step.</summary>
    /// <param name="messages">Whether messages have to leave because of it.</param>
    public InstanceRow After(EffectiveHistory history, DateTimeOffset now, byte[]? customStatus, bool messages)
    {
        var end = history.End;
        var next = this with
        {
            Version = Version.Length > 0 ? Version : history.Started?.Version ?? "",
            Status = end?.Status ?? OrchestrationStatus.Running,
            Format = HistoryFormat.Current,
            NextStep = NextStep + 1,
            NextTimer = end is null ? history.NextTimer() : null,
            OpenTasks = end is null ? State.OpenTasks.Encode(history.OpenActivities.Where(open => open.IsRunning).Select(open => (open.Scheduled.TaskId, open.Attempt))) : [],
            Unsent = end is not null ? [] : messages ? [.. Unsent, new UnsentStep(NextStep, now)] : Unsent,
            UpdatedOn = now,
            CompletedOn = end is null ? null : now,
            CustomStatus = customStatus ?? CustomStatus,
            Output = end?.Output?.Json,
            Failure = end?.Failure is { } failure ? JsonSerializer.SerializeToUtf8Bytes(failure, HistoryJson.Default.FailureDetails) : null,
            EndIsInHistory = false,
        };
        return (next.Output?.Length ?? 0) <= MaxInlineBytes && (next.Failure?.Length ?? 0) <= MaxInlineBytes
            ? next
            : next with { Output = null, Failure = null, EndIsInHistory = true };
    }

    private static DateTimeOffset? Moment(long? ticks) => ticks is null or 0 ? null : new DateTimeOffset(ticks.Value, TimeSpan.Zero);

    private static byte[]? Some(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : null;
}
