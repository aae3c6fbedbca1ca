using System.Numerics;
using System.Text;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rows;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>A few rows drawn at random: those whose content and line hash to the smallest numbers. Merging is commutative.</summary>
/// <remarks>The draw is uniform over rows, needs no seed but the content, and gives the same rows however they were spread over workers.</remarks>
internal sealed class RowSample
{
    /// <summary>Rows kept.</summary>
    public const int Rows = 8;

    private const int LongestValue = 120;

    private readonly List<SampledRow> _rows = [];

    /// <summary>Kept rows, in the order of their lines.</summary>
    public IEnumerable<SampledRow> InOrder => _rows.OrderBy(row => row.Line);

    /// <param name="hash">Of the row's content, 64 bits.</param>
    /// <param name="row">Its fields as they were read; null for a refused row.</param>
    public void Offer(ulong hash, RecordBatch batch, int record, FilePlan plan, RowValues? row, string? rule)
    {
        var line = batch.Line(record);
        var rank = RankOf(hash, line);
        if (_rows.Count == Rows && rank >= _rows[^1].Rank)
            return;
        var values = new SampledValue[Math.Min(plan.Columns.Length, batch.FieldCount(record))];
        for (var column = 0; column < values.Length; column++)
        {
            var field = plan.Columns[column].Field;
            values[column] = new SampledValue(Text(batch.Field(record, column)), field >= 0 && row is not null && row.Has(field) ? Text(row.Text(field)) : null);
        }

        Keep(new SampledRow(rank, line, rule, values));
    }

    /// <summary>Where a line stands in a draw; for one seed no two lines share a rank.</summary>
    public static ulong RankOf(ulong seed, long line) => Mix(seed + ((ulong)line * 0x9E3779B97F4A7C15));

    public void Merge(RowSample other)
    {
        foreach (var row in other._rows)
            Keep(row);
    }

    private void Keep(SampledRow row)
    {
        var at = _rows.Count;
        while (at > 0 && row.Rank < _rows[at - 1].Rank)
            at--;
        if (at == Rows)
            return;
        _rows.Insert(at, row);
        if (_rows.Count > Rows)
            _rows.RemoveAt(Rows);
    }

    private static string Text(ReadOnlySpan<byte> value)
    {
        value = Values.Blanks.Trim(value);
        if (value.Length <= LongestValue)
            return Encoding.UTF8.GetString(value);
        var end = LongestValue;
        while ((value[end] & 0xC0) == 0x80)
            end--;
        return Encoding.UTF8.GetString(value[..end]) + "…";
    }

    /// <summary>SplitMix64's finaliser (G. Steele, D. Lea, C. Flood 2014).</summary>
    private static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return BitOperations.RotateLeft(number ^ (number >> 31), 17);
    }
}

/// <summary>A row of the sample as it was read; it is masked when the report is made.</summary>
internal sealed record SampledRow(ulong Rank, long Line, string? Rule, SampledValue[] Values);

/// <summary>A value as it was sent, and as it was read into its field.</summary>
internal readonly record struct SampledValue(string Sent, string? Read);
