using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Judges from the first records of a file how its columns are to be read.</summary>
/// <remarks>
/// Where a column's own values leave it open, the other columns, the headers' language, the currency, the countries and the time zone are asked (<see cref="DateOrderHint"/>);
/// a file parted by semicolons is taken to write decimals with a comma (spreadsheets part by semicolons for that very reason), any other with a point.
/// Later values may overrule all of that. Where nothing speaks, dates of a field that decides are asked for, and others begin with the day, with a warning.
/// </remarks>
internal sealed class ReadingInference(Dataset dataset, UploadMapping mapping, CsvDelimiter? delimiter, IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
{
    private readonly DecimalStyle _usualDecimals = delimiter == CsvDelimiter.Semicolon ? DecimalStyle.Comma : DecimalStyle.Point;
    private DateOrderHint? _hint;

    /// <summary>The reading to begin with.</summary>
    public ColumnReading Of(PlannedColumn column)
    {
        var unknown = new ColumnReading { Decimals = _usualDecimals, Order = DateOrder.DayMonthYear };
        if (column.Field < 0)
            return column.Use == ColumnUse.Attribute ? OfAttribute(column, unknown) : unknown;
        return dataset.Fields[column.Field].Type switch
        {
            FieldType.Decimal or FieldType.Integer => Numbers(column, unknown),
            FieldType.Timestamp or FieldType.Date => Dates(column, unknown),
            FieldType.CustomerId => unknown with { PointZero = !sample.Any(column.Position, static id => !FieldTexts.IsMissingId(id) && !FieldTexts.IsPointZero(id)) },
            _ => unknown,
        };
    }

    private ColumnReading Numbers(PlannedColumn column, ColumnReading unknown)
    {
        if (mapping.Decimals is { } named)
            return unknown with { Decimals = named, IsSettled = true, Evidence = "the mapping names the decimal sign" };
        var numbers = new DecimalStyleSample();
        sample.Each(column.Position, numbers.Add);
        var inferred = numbers.Decide();
        return inferred.Certainty is Certainty.Decided or Certainty.Impossible && inferred.Value != DecimalStyle.Undecided
            ? unknown with { Decimals = inferred.Value, IsSettled = true, IsMixed = inferred.Certainty == Certainty.Impossible, Evidence = inferred.Evidence }
            : unknown with { Evidence = inferred.Evidence };
    }

    private ColumnReading Dates(PlannedColumn column, ColumnReading unknown)
    {
        if (mapping.DateFormat is not null)
            return unknown with { IsSettled = true, Evidence = "the mapping names the form" };
        var counts = NumericTimeSample.Judge(sample, column.Position);
        if (counts != NumericTime.None)
            unknown = unknown with { Counts = counts };
        if (mapping.DateOrder is { } named)
            return unknown with { Order = named, IsSettled = true, Evidence = "the mapping names the order of day and month" };
        var dates = new DateOrderSample();
        sample.Each(column.Position, value =>
        {
            if (counts == NumericTime.None || !DateText.IsCount(value))
                dates.Add(value);
        });
        var inferred = dates.Decide();
        if (inferred.Certainty is Certainty.Decided or Certainty.Impossible && inferred.Value != DateOrder.Undecided)
            return unknown with { Order = inferred.Value, IsSettled = true, IsMixed = inferred.Certainty == Certainty.Impossible, Evidence = inferred.Evidence };
        _hint ??= DateOrderHint.Find(dataset, mapping, delimiter, columns, sample);
        return _hint.Order == DateOrder.Undecided
            ? unknown with { Evidence = counts == NumericTime.None ? inferred.Evidence : NumericTimeSample.Describe(counts) }
            : unknown with { Order = _hint.Order, HasHint = true, Evidence = $"{inferred.Evidence}; {_hint.Evidence}" };
    }

    private ColumnReading OfAttribute(PlannedColumn column, ColumnReading unknown)
    {
        if (sample.Any(column.Position, FieldTexts.IsAddress))
            return unknown with { IsSealed = true };
        return AttributeTypeSample.Judge(sample, column.Position, unknown, mapping);
    }
}
