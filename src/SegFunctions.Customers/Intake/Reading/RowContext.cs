using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What the steps of one worker share while they turn a record into a row.</summary>
internal sealed class RowContext(RowValues row)
{
    private readonly Dictionary<(DataRule Rule, int Field, ValueFault Fault), string> _messages = [];
    private readonly FreeTextMask _mask = new();

    public required FilePlan Plan { get; set; }

    /// <summary>Where results of the present batch go.</summary>
    public BatchResult Result { get; set; } = new();

    /// <summary>Of the present record.</summary>
    public long Line { get; set; }

    public RowValues Row => row;

    public RowTotals Totals { get; } = new();

    public static ReadOnlySpan<byte> Trimmed(RecordBatch batch, int record, int column) => Blanks.Trim(batch.Field(record, column));

    /// <summary>The id in a column of ids as keys are made of it, or nothing where it is missing.</summary>
    public ReadOnlySpan<byte> IdOf(RecordBatch batch, int record, int column)
    {
        var id = Trimmed(batch, record, column);
        if (Plan.Readings[column].PointZero && FieldTexts.IsPointZero(id))
            id = id[..^2];
        return FieldTexts.IsMissingId(id) ? default : id;
    }

    public void Contradict(int column, Contradiction contradiction)
    {
        if (!Result.Contradictions.Contains((column, contradiction)))
            Result.Contradictions.Add((column, contradiction));
    }

    public string MessageOf(Finding finding)
    {
        ref var message = ref CollectionsMarshal.GetValueRefOrAddDefault(_messages, (finding.Rule, finding.Field, finding.Fault), out _);
        return message ??= RuleMessages.Of(Plan, finding);
    }

    /// <summary>What a garbled text was; false when it is none.</summary>
    /// <param name="buffer">Holds what <paramref name="repaired"/> shows.</param>
    public bool Repaired(ReadOnlySpan<byte> text, ref byte[] buffer, out ReadOnlySpan<byte> repaired)
    {
        repaired = default;
        if (!Mojibake.IsLikely(text))
            return false;
        if (buffer.Length < text.Length)
            buffer = new byte[Math.Max(text.Length, 256)];
        if (!Mojibake.TryRepair(text, buffer, out var length))
            return false;
        repaired = buffer.AsSpan(0, length);
        return true;
    }

    /// <summary>Running text without the addresses and numbers of people.</summary>
    public ReadOnlySpan<byte> Masked(int column, ReadOnlySpan<byte> text)
    {
        var masked = _mask.Apply(text, out var isMasked);
        if (isMasked)
            Totals.Repairs.Add(DataRules.IdentifierMasked.Id, column, Line, DataRules.IdentifierMasked.Title + ".");
        return masked;
    }
}
