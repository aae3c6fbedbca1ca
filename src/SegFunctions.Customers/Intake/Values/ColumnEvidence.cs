using System.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Values that speak for one answer: how many, and the first of them.</summary>
internal struct ColumnEvidence
{
    public long Count;

    public string? Example;

    public void Add(ReadOnlySpan<byte> value)
    {
        if (Count++ == 0)
            Example = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 40)]);
    }

    /// <summary><c>12 values, such as '31/12/2024'</c>.</summary>
    public override readonly string ToString() => Count == 1 ? $"1 value, '{Example}'" : $"{Count} values, such as '{Example}'";
}
