using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What speaks for an order of day and month where no date of a column does.</summary>
/// <remarks>
/// In this order: other columns of dates in the file; headers of a language whose countries all begin with the day; decimal commas, which no country combines with the month in front; the countries or currencies
/// that the file names; the mapping's time zone. The United States (with the islands that follow them) begin with the month; everybody else begins with the day or the year.
/// </remarks>
/// <param name="Order">Undecided where nothing speaks, or several things against each other.</param>
/// <param name="Evidence">In words.</param>
internal sealed record DateOrderHint(DateOrder Order, string Evidence)
{
    private static readonly DateOrderHint None = new(DateOrder.Undecided, "");
    private static readonly HashSet<string> MonthFirst = ["US", "PR", "GU", "VI", "AS", "MP", "UM", "FM", "PW", "MH"];

    public static DateOrderHint Find(Dataset dataset, UploadMapping mapping, CsvDelimiter? delimiter, IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
    {
        var hints = new[]
        {
            OtherDates(dataset, columns, sample),
            Headers(columns),
            Decimals(dataset, delimiter, columns, sample),
            Places(dataset, columns, sample),
            Zone(mapping),
        }.Where(hint => hint.Order != DateOrder.Undecided).ToList();
        return hints.Count == 0 || hints.Exists(hint => hint.Order != hints[0].Order) ? None : hints[0];
    }

    private static DateOrderHint OtherDates(Dataset dataset, IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
    {
        var hint = None;
        foreach (var column in columns.Where(column => column.Field < 0 ? column.Use == ColumnUse.Attribute : dataset.Fields[column.Field].Type is FieldType.Timestamp or FieldType.Date))
        {
            var dates = new DateOrderSample();
            sample.Each(column.Position, dates.Add);
            if (dates.Decide() is not { Certainty: Certainty.Decided, Value: DateOrder.DayMonthYear or DateOrder.MonthDayYear } decided || sample.Count(column.Position, static value => DateText.TryParse(value, new DateRules(), out _, out var fault) || fault == ValueFault.AmbiguousOrder) is not { Values: > 0 } counted || counted.Passed * 2 < counted.Values)
                continue;
            if (hint.Order != DateOrder.Undecided && hint.Order != decided.Value)
                return None;
            hint = new DateOrderHint(decided.Value, $"column \"{column.Header.Trim()}\" decides: {decided.Evidence}");
        }

        return hint;
    }

    private static DateOrderHint Headers(IReadOnlyList<PlannedColumn> columns) =>
        HeaderLanguage.Of(columns.Select(column => column.Header)) is { } found
            ? new DateOrderHint(DateOrder.DayMonthYear, $"headers such as \"{found.Header}\" are {found.Language}, and dates begin with the day there")
            : None;

    private static DateOrderHint Decimals(Dataset dataset, CsvDelimiter? delimiter, IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
    {
        var numbers = new DecimalStyleSample();
        foreach (var column in columns.Where(column => column.Field >= 0 && dataset.Fields[column.Field].Type is FieldType.Decimal or FieldType.Integer))
            sample.Each(column.Position, numbers.Add);
        var decided = numbers.Decide();
        if (decided is { Certainty: Certainty.Decided, Value: DecimalStyle.Comma })
            return new DateOrderHint(DateOrder.DayMonthYear, "decimals have a comma, and who writes them so begins dates with the day");
        return delimiter == CsvDelimiter.Semicolon && decided.Value != DecimalStyle.Point
            ? new DateOrderHint(DateOrder.DayMonthYear, "semicolons part the fields, as where decimals have a comma and dates begin with the day")
            : None;
    }

    private static DateOrderHint Places(Dataset dataset, IReadOnlyList<PlannedColumn> columns, ColumnSample sample)
    {
        var (monthFirst, dayFirst, example) = (0, 0, "");
        void Add(bool isMonthFirst, string name)
        {
            monthFirst += isMonthFirst ? 1 : 0;
            dayFirst += isMonthFirst ? 0 : 1;
            example = name;
        }

        foreach (var column in columns.Where(column => column.Field >= 0))
        {
            var field = dataset.Fields[column.Field];
            if (field.Type == FieldType.Country)
                sample.Each(column.Position, value => _ = KnownNames.Countries.Find(Encoding.UTF8.GetString(value)) is { } code && Told(Encoding.UTF8.GetString(code), MonthFirst.Contains(Encoding.UTF8.GetString(code))));
            else if (field.Type == FieldType.Currency)
                sample.Each(column.Position, value => _ = CurrencyMarks.CodeOf(Encoding.UTF8.GetString(value)) is { } code && Told(Encoding.UTF8.GetString(code), code.AsSpan().SequenceEqual("USD"u8)));
            else if (field.IsMoney)
                sample.Each(column.Position, value => _ = CurrencyMarks.CodeIn(value) is { IsEmpty: false } code && Told(Encoding.UTF8.GetString(code), code.SequenceEqual("USD"u8)));
        }

        return (monthFirst, dayFirst) switch
        {
            ( > 0, 0) => new DateOrderHint(DateOrder.MonthDayYear, $"all places and currencies of the file ({example}) are of the United States, and dates begin with the month there"),
            (0, > 0) => new DateOrderHint(DateOrder.DayMonthYear, $"no place or currency of the file (such as {example}) is of the United States, and dates do not begin with the month elsewhere"),
            _ => None,
        };

        bool Told(string name, bool isMonthFirst)
        {
            Add(isMonthFirst, name);
            return true;
        }
    }

    private static DateOrderHint Zone(UploadMapping mapping)
    {
        var name = mapping.TimeZone.Name;
        if (name.StartsWith("Europe/", StringComparison.OrdinalIgnoreCase))
            return new DateOrderHint(DateOrder.DayMonthYear, $"the mapping's time zone is {name}, and dates begin with the day there");
        return name is "America/New_York" or "America/Chicago" or "America/Denver" or "America/Los_Angeles" or "US/Eastern" or "US/Central" or "US/Mountain" or "US/Pacific"
            ? new DateOrderHint(DateOrder.MonthDayYear, $"the mapping's time zone is {name}, and dates begin with the month there")
            : None;
    }
}
