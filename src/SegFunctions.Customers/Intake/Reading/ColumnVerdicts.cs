using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What can be said of whole columns once the file has been read to its end.</summary>
internal static class ColumnVerdicts
{
    /// <summary>One slip beside so many values that prove the order is a slip; more are another habit.</summary>
    private const int ValuesForOneSlip = 20;

    /// <summary>Columns of dates in which too many values fit only the other order: none of them can be repaired, and the file is read again.</summary>
    public static List<(int Column, Contradiction Contradiction)> Torn(FilePlan plan, RowTotals totals) =>
    [
        .. plan.Columns.Where(column => column.Field >= 0 && !plan.Readings[column.Position].IsTorn)
            .Where(column => totals.Column(column.Position) is var counted && counted.Transposed * ValuesForOneSlip > counted.Definite)
            .Select(column => (column.Position, Contradiction.Torn)),
    ];

    /// <summary>Asks for the order of day and month where a field that every row needs has dates that may be read both ways, and nothing in the file tells.</summary>
    /// <exception cref="UnreadableFileException">Such a column; the message has the line for the mapping.</exception>
    public static void DemandOrders(string file, FilePlan plan, RowTotals totals)
    {
        foreach (var column in plan.Columns)
        {
            if (column.Field < 0 || plan.Dataset.Fields[column.Field] is not { Required: true, Type: FieldType.Timestamp or FieldType.Date } field)
                continue;
            var reading = plan.Readings[column.Position];
            var counted = totals.Column(column.Position);
            if (reading.IsSettled || reading.HasHint || counted.IsDefinite || counted.Ambiguous == 0)
                continue;
            throw new UnreadableFileException(
                $"{file}: column \"{column.Header.Trim()}\" ({field}): {reading.Evidence}. Neither other columns nor headers, decimals, currencies, countries or time zone tell, so the days would be guessed. Say it in {Path.GetFileName(file)}{MappingFiles.Ending}: {{ \"dateOrder\": \"dmy\" }} when the day comes first, {{ \"dateOrder\": \"mdy\" }} when the month does.");
        }
    }

    /// <summary>Adds what was put right or is doubtful in whole columns.</summary>
    public static void AddFindings(FilePlan plan, RowTotals totals)
    {
        foreach (var column in plan.Columns)
        {
            var counted = totals.Column(column.Position);
            Add(DataRules.BlanksTrimmed, counted.Trimmed);
            Add(DataRules.DecimalComma, counted.DecimalCommas);
            Add(DataRules.CaseChanged, counted.CaseChanges);

            void Add(DataRule rule, Quality.LineSample sample)
            {
                if (sample.Count > 0)
                    totals.Repairs.AddForColumn(rule.Id, column.Position, sample.Count, $"{rule.Title} (column \"{column.Header.Trim()}\"). {rule.Cure}", sample.Lines);
            }
        }

        // Whether the file has the column is known at its end: in NDJSON it may turn up late.
        for (var number = 0; number < plan.Constants.Length; number++)
        {
            var (constant, rule) = (plan.Constants[number], DataRules.ConstantUsed);
            if (plan.ColumnOfField[constant.Field] is >= 0 and var position && totals.Constant(number) is { Count: > 0 } filled)
                totals.Repairs.AddForColumn(rule.Id, position, filled.Count, $"{rule.Title} (column \"{plan.Columns[position].Header.Trim()}\"). {rule.Cure}", filled.Lines);
        }

        if (totals.Currencies.Count > 1 && plan.Mapping.Rates is null)
        {
            var rule = DataRules.CurrenciesMixed;
            totals.Warnings.AddForColumn(rule.Id, -1, totals.Currencies.Values.Sum(), $"{rule.Title}: {string.Join(", ", totals.Currencies.Select(currency => $"{currency.Key} in {currency.Value} rows"))}. {rule.Cure}");
        }
    }
}
