using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Puts together how a file was read and why.</summary>
internal static class FileExplainer
{
    private const int Samples = 3;
    private const int LongestSample = 40;

    /// <summary>The first different values of each column, as they stand in the file.</summary>
    public static string[][] SamplesOf(IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
    {
        var samples = new string[columns.Count][];
        for (var column = 0; column < samples.Length; column++)
        {
            var values = new List<string>();
            sample.Each(column, value =>
            {
                if (values.Count == Samples || value.IsEmpty)
                    return;
                var text = Encoding.UTF8.GetString(value);
                text = text.Length > LongestSample ? text[..LongestSample] + "…" : text;
                if (!values.Contains(text, StringComparer.Ordinal))
                    values.Add(text);
            });
            samples[column] = [.. values];
        }

        return samples;
    }

    public static FileExplanation Of(FilePass pass) => new(
        pass.Format!.Evidence,
        $"{pass.Plan.Dataset} by {pass.Evidence}",
        [.. pass.Plan.Columns.Select(column => Of(column, pass.Plan, column.Position < pass.Samples.Length ? pass.Samples[column.Position] : [])), .. pass.Plan.Constants.Select(constant => Of(constant, pass.Plan))]);

    private static ColumnExplanation Of(FieldConstant constant, FilePlan plan)
    {
        var field = plan.Dataset.Fields[constant.Field];
        return new ColumnExplanation
        {
            Position = 0,
            Header = "",
            ReadAs = field.Name,
            Why = plan.ColumnOfField[constant.Field] < 0 ? "the mapping gives this value to all rows" : "the mapping gives this value to rows whose own is empty",
            Type = TypeOf(field, default),
            Samples = [Encoding.UTF8.GetString(constant.Text)],
            Alternatives = [],
        };
    }

    private static ColumnExplanation Of(PlannedColumn column, FilePlan plan, string[] samples)
    {
        var field = column.Field < 0 ? null : plan.Dataset.Fields[column.Field];
        var reading = plan.Readings[column.Position];
        var isSealed = reading.IsSealed || column.Use == ColumnUse.SealedAttribute;
        var isSecret = isSealed || column.Use is ColumnUse.Refused or ColumnUse.Ignored || field is { Identifier: true } or { Type: FieldType.CustomerId };
        return new ColumnExplanation
        {
            Position = column.Position + 1,
            Header = column.Header.Trim(),
            ReadAs = field is not null ? column.AlsoField < 0 ? field.Name : $"{field}, {plan.Dataset.Fields[column.AlsoField]}" : column.Use switch
            {
                ColumnUse.Refused => "refused",
                ColumnUse.Ignored => "ignored",
                _ => isSealed ? "sealed" : "attribute",
            },
            Why = Why(column, field, plan.Dataset),
            Type = TypeOf(field, reading),
            Reading = ReadingOf(field, reading),
            Samples = isSecret ? [.. samples.Select(Shape)] : samples,
            Alternatives = Alternatives(column, field, plan.Dataset),
        };
    }

    private static string Why(PlannedColumn column, DatasetField? field, Dataset dataset) => column.Evidence switch
    {
        "mapping" => "the mapping says so",
        "values" => "several headers claim the field, and the values decide",
        "header" when field is not null => TextFolding.Key(field.Name) == TextFolding.Key(column.Header) ? "its header is the field's own name" : $"its header is a known name of {field}",
        "" => $"no field of {dataset} has such a header",
        var other => other,
    };

    private static string TypeOf(DatasetField? field, ColumnReading reading)
    {
        if (field is null)
            return reading.IsSealed ? "e-mail addresses" : reading.Type.ToString().ToLowerInvariant();
        var type = field.IsMoney ? "money" : field.Type == FieldType.CustomerId ? "customer id" : field.Type.ToString().ToLowerInvariant();
        return reading.Counts switch
        {
            NumericTime.UnixSeconds => type + " (seconds since 1970)",
            NumericTime.UnixMilliseconds => type + " (milliseconds since 1970)",
            NumericTime.UnixMicroseconds => type + " (microseconds since 1970)",
            NumericTime.UnixNanoseconds => type + " (nanoseconds since 1970)",
            NumericTime.ExcelDays => type + " (days as spreadsheets count)",
            _ => type,
        };
    }

    private static string? ReadingOf(DatasetField? field, ColumnReading reading)
    {
        var why = reading.Evidence is null ? "" : $": {reading.Evidence}";
        if (field is null)
            return reading.Type == AttributeType.Text ? null : reading.Evidence;
        return field.Type switch
        {
            FieldType.Decimal or FieldType.Integer => (reading.Decimals == DecimalStyle.Comma ? "decimal comma" : "decimal point") + why,
            FieldType.Timestamp or FieldType.Date => reading.Order switch
            {
                DateOrder.MonthDayYear => "month first",
                DateOrder.YearMonthDay => "year first",
                _ => "day first",
            } + why,
            FieldType.CustomerId when reading.PointZero => "all are whole numbers written with .0, which is taken off",
            _ => null,
        };
    }

    private static List<string> Alternatives(PlannedColumn column, DatasetField? field, Dataset dataset)
    {
        var key = TextFolding.Key(column.Header);
        return [.. dataset.Fields.Where(other => other != field && other.Headers.Any(header => TextFolding.Key(header) == key)).Select(other => other.Name)];
    }

    /// <summary>What a value looks like without what it says: letters as a, digits as 9.</summary>
    private static string Shape(string value) => string.Create(value.Length, value, static (shape, text) =>
    {
        for (var at = 0; at < text.Length; at++)
            shape[at] = char.IsDigit(text[at]) ? '9' : char.IsUpper(text[at]) ? 'A' : char.IsLetter(text[at]) ? 'a' : text[at];
    });
}
