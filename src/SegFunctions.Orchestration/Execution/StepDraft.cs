using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.State;

namespace SegFunctions.Orchestration.Execution;

/// <summary>A step that is being written: its commit id, and the payloads that have to stand before it can be committed.</summary>
internal sealed class StepDraft(InstanceRow row)
{
    private readonly string _commitId = Guid.NewGuid().ToString("N");

    /// <summary>By name.</summary>
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>An activity's input: in history and in its message when it is small, else in a blob that both name.</summary>
    public Payload PlaceInput(int taskId, byte[] json) =>
        json.Length <= InstanceRow.MaxInlineBytes ? Payload.Inline(json) : Place($"input-{taskId}", json);

    public StepRow Finish(IReadOnlyList<HistoryEvent> events, DateTimeOffset now)
    {
        var data = HistoryFormat.Encode(events);
        var blob = data.Length <= StepRow.MaxInlineBytes ? null : Place("history", data).Blob;
        return new StepRow
        {
            Number = row.NextStep,
            CommitId = _commitId,
            Format = HistoryFormat.Current,
            At = now,
            Events = events.Count,
            Data = blob is null ? data : null,
            Blob = blob,
        };
    }

    private Payload Place(string part, byte[] content)
    {
        var name = PayloadBlobs.Step(row.InstanceId, row.ExecutionId, row.NextStep, _commitId, part);
        Blobs.Add(name, content);
        return Payload.InBlob(name);
    }
}
