using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>The first records of a file, column by column.</summary>
internal sealed class ColumnSample(IReadOnlyList<RecordBatch> batches, int most)
{
    /// <summary>No record at all: of columns that turn up later.</summary>
    public static ColumnSample None { get; } = new([], 0);

    public delegate void ValueAction(ReadOnlySpan<byte> value);

    public delegate bool ValueTest(ReadOnlySpan<byte> value);

    public bool Any(int column, ValueTest test)
    {
        var any = false;
        Each(column, value => any |= value.Length > 0 && test(value));
        return any;
    }

    /// <summary>How many values there are, blank ones left out, and how many of them pass the test.</summary>
    public (int Values, int Passed) Count(int column, ValueTest test)
    {
        var (values, passed) = (0, 0);
        Each(column, value =>
        {
            if (MissingText.IsMissing(value))
                return;
            values++;
            passed += test(value) ? 1 : 0;
        });
        return (values, passed);
    }

    /// <summary>All values without the blanks around them, in the order of the file.</summary>
    public void Each(int column, ValueAction action) => EachRecord((batch, record) => action(Blanks.Trim(batch.Field(record, column))));

    /// <summary>Whether two columns hold the same in every record.</summary>
    public bool AreEqual(int column, int other)
    {
        var (equal, any) = (true, false);
        EachRecord((batch, record) =>
        {
            any = true;
            equal &= Blanks.Trim(batch.Field(record, column)).SequenceEqual(Blanks.Trim(batch.Field(record, other)));
        });
        return equal && any;
    }

    /// <summary>All sound records.</summary>
    public void EachRecord(Action<RecordBatch, int> action)
    {
        var left = most;
        foreach (var batch in batches)
        {
            for (var record = 0; record < batch.Count && left > 0; record++, left--)
            {
                if (batch.Fault(record) is null)
                    action(batch, record);
            }
        }
    }
}
