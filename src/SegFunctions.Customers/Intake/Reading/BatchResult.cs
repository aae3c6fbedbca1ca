using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What a worker made of one batch. Used again for later batches.</summary>
internal sealed class BatchResult
{
    private readonly RowGroup?[] _groups = new RowGroup?[RowIndexFormat.Buckets];

    /// <summary>The attributes that the lines hold.</summary>
    public LineWidth Width { get; set; }

    /// <summary>Refused rows as lines of the quarantine.</summary>
    public ByteWriter Quarantine { get; } = new(1 << 12);

    /// <summary>Columns whose reading a value contradicts.</summary>
    public List<(int Column, Contradiction Contradiction)> Contradictions { get; } = [];

    /// <summary>The accepted rows of a bucket.</summary>
    public RowGroup GroupOf(byte bucket) => _groups[bucket] ??= new RowGroup();

    /// <summary>Adds the accepted rows to their buckets.</summary>
    public void PutInto(RowBucket[] buckets)
    {
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            if (_groups[bucket] is { } group)
                buckets[bucket].Add(group.Marks, group.Packed, group.Sealed.Written, Width);
        }
    }

    public void Clear()
    {
        foreach (var group in _groups)
            group?.Clear();
        Quarantine.Clear();
        Contradictions.Clear();
    }
}
