using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What a worker made of one batch. Used again for later batches.</summary>
internal sealed class BatchResult
{
    /// <summary>Accepted rows: the bucket (one byte) and the spilled row.</summary>
    public ByteWriter Rows { get; } = new(1 << 16);

    /// <summary>Refused rows as lines of the quarantine.</summary>
    public ByteWriter Quarantine { get; } = new(1 << 12);

    /// <summary>Columns whose reading a value contradicts.</summary>
    public List<(int Column, Contradiction Contradiction)> Contradictions { get; } = [];

    public void Clear()
    {
        Rows.Clear();
        Quarantine.Clear();
        Contradictions.Clear();
    }
}
