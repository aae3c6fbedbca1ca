using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Judges from the first records of a file how its columns are to be read.</summary>
/// <remarks>
/// Where the records leave it open, a file parted by semicolons is taken to write decimals with a comma (spreadsheets part by semicolons for that very
/// reason), any other with a point, and dates to begin with the day, as everywhere but in the United States. Later values may
/// overrule that; where none does, the report warns.
/// </remarks>
internal sealed class ReadingInference(Dataset dataset, UploadMapping mapping, CsvDelimiter? delimiter, IReadOnlyList<RecordBatch> sample, int sampleRecords)
{
    private readonly DecimalStyle _usualDecimals = delimiter == CsvDelimiter.Semicolon ? DecimalStyle.Comma : DecimalStyle.Point;

    /// <summary>The reading to begin with.</summary>
    public ColumnReading Of(PlannedColumn column)
    {
        var unknown = new ColumnReading(_usualDecimals, DateOrder.DayMonthYear, IsSettled: false, IsMixed: false, PointZero: false, IsSealed: false);
        if (column.Field < 0)
            return unknown with { IsSealed = column.Use == ColumnUse.Attribute && Any(column, FieldTexts.IsAddress) };
        return dataset.Fields[column.Field].Type switch
        {
            FieldType.Decimal or FieldType.Integer => Numbers(column, unknown),
            FieldType.Timestamp or FieldType.Date => Dates(column, unknown),
            FieldType.CustomerId => unknown with { PointZero = !Any(column, static id => !FieldTexts.IsMissingId(id) && !FieldTexts.IsPointZero(id)) },
            _ => unknown,
        };
    }

    private ColumnReading Numbers(PlannedColumn column, ColumnReading unknown)
    {
        if (mapping.Decimals is { } named)
            return unknown with { Decimals = named, IsSettled = true };
        var numbers = new DecimalStyleSample();
        Each(column, numbers.Add);
        var inferred = numbers.Decide();
        return inferred.Certainty is Certainty.Decided or Certainty.Impossible && inferred.Value != DecimalStyle.Undecided
            ? unknown with { Decimals = inferred.Value, IsSettled = true, IsMixed = inferred.Certainty == Certainty.Impossible }
            : unknown;
    }

    private ColumnReading Dates(PlannedColumn column, ColumnReading unknown)
    {
        if (mapping.DateFormat is not null)
            return unknown with { IsSettled = true };
        var dates = new DateOrderSample();
        Each(column, dates.Add);
        var inferred = dates.Decide();
        return inferred.Certainty is Certainty.Decided or Certainty.Impossible && inferred.Value != DateOrder.Undecided
            ? unknown with { Order = inferred.Value, IsSettled = true, IsMixed = inferred.Certainty == Certainty.Impossible }
            : unknown;
    }

    private delegate void ValueAction(ReadOnlySpan<byte> value);

    private delegate bool ValueTest(ReadOnlySpan<byte> value);

    private bool Any(PlannedColumn column, ValueTest test)
    {
        var any = false;
        Each(column, value => any |= value.Length > 0 && test(value));
        return any;
    }

    private void Each(PlannedColumn column, ValueAction action)
    {
        var left = sampleRecords;
        foreach (var batch in sample)
        {
            for (var record = 0; record < batch.Count && left > 0; record++, left--)
            {
                if (batch.Fault(record) is null && column.Position < batch.FieldCount(record))
                    action(Blanks.Trim(batch.Field(record, column.Position)));
            }
        }
    }
}
