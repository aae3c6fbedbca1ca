using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>What the report says of one column.</summary>
internal static class ColumnFigures
{
    /// <summary>More words than these are no categories.</summary>
    private const int MostCategories = 32;

    /// <summary>A word that fewer rows share might tell who a person is.</summary>
    private const int RowsPerCategory = 5;

    // What is missing is counted by completeness; what is unusual or undecided is not wrong.
    private static readonly HashSet<string> NotInvalid =
    [
        DataRules.Required.Id, DataRules.PriceZero.Id, DataRules.PriceNegative.Id, DataRules.ClockChange.Id, DataRules.DateOrderAmbiguous.Id,
        DataRules.DecimalSignAmbiguous.Id, DataRules.MostlyReturns.Id, DataRules.Outlier.Id,
    ];

    public static ColumnReport Of(PlannedColumn column, FilePlan plan, RowTotals totals, DateTime? receivedAt)
    {
        var counted = totals.Column(column.Position);
        var statistics = counted.Statistics;
        var distinct = statistics.Distinct.Count();
        var isSealed = plan.Readings[column.Position].IsSealed || column.Use == ColumnUse.SealedAttribute;
        var field = column.Field < 0 ? null : plan.Dataset.Fields[column.Field];
        var mayShow = !isSealed && column.Use is not (ColumnUse.Refused or ColumnUse.Ignored) && field is not ({ Identifier: true } or { Type: FieldType.CustomerId });
        if (field is null && statistics.MayName)
            mayShow = false;
        var invalid = totals.RefusedByRule.CountOf(column.Position, NotInvalid) + totals.Warnings.CountOf(column.Position, NotInvalid);
        return new ColumnReport
        {
            Position = column.Position + 1,
            Header = column.Header,
            Field = field?.Name,
            Use = field is not null ? "field" : column.Use switch
            {
                ColumnUse.Refused => "refused",
                ColumnUse.Ignored => "ignored",
                _ => isSealed ? "sealed" : "attribute",
            },
            Evidence = column.Evidence,
            Reading = field is null ? null : Reading(field, column.Position, counted, plan),
            Missing = totals.Profiled == 0 ? 0 : Math.Round(1 - ((double)statistics.Values / totals.Profiled), 6),
            Distinct = distinct,
            Duplicates = Math.Max(0, statistics.Values - distinct.Count),
            Minimum = mayShow ? Text(statistics.Smallest, statistics.Earliest) : null,
            Maximum = mayShow ? Text(statistics.Largest, statistics.Latest) : null,
            Completeness = totals.Profiled == 0 ? 0 : Math.Round((double)statistics.Values / totals.Profiled, 6),
            Validity = statistics.Values == 0 ? 1 : Math.Round(1 - ((double)Math.Min(statistics.Values, invalid) / statistics.Values), 6),
            Uniqueness = statistics.Values == 0 ? 0 : Math.Round((double)Math.Min(distinct.Count, statistics.Values) / statistics.Values, 6),
            AgeDays = mayShow && statistics.Latest is { } latest && receivedAt is { } arrival ? Math.Round((arrival.Ticks - latest) / (double)TimeSpan.TicksPerDay, 1) : null,
            Numbers = mayShow ? statistics.Numbers?.ToProfile() : null,
            Categories = mayShow && MayTellWords(column, field) && statistics is { Categories.HasMany: false } && distinct.Count <= MostCategories && statistics.Values >= RowsPerCategory * distinct.Count && distinct.Count > 0
                ? statistics.Categories.ToReport()
                : null,
        };
    }

    private static string? Reading(DatasetField field, int position, ColumnTotals counted, FilePlan plan)
    {
        var reading = plan.Readings[position];
        var reservation = reading.IsMixed ? "; some values fit only the other reading and were refused" : counted is { Ambiguous: > 0, IsDefinite: false } && !reading.IsSettled ? "; no value settles it" : "";
        switch (field.Type)
        {
            case FieldType.Decimal or FieldType.Integer:
                return (reading.Decimals == DecimalStyle.Comma ? "decimal comma" : "decimal point") + reservation;
            case FieldType.Timestamp or FieldType.Date when plan.Mapping.DateFormat is { } format:
                return format.Text;
            case FieldType.Timestamp or FieldType.Date:
                var order = reading.Order switch
                {
                    DateOrder.MonthDayYear => "month first",
                    DateOrder.YearMonthDay => "year first",
                    _ => "day first",
                };

                // ISO dates and names of months leave no order to speak of.
                return reading.IsSettled || counted.Ambiguous > 0 || counted.IsDefinite ? order + reservation : null;
            case FieldType.CustomerId when plan.Columns[position].AlsoField is >= 0 and var also:
                return $"the {plan.Dataset.Fields[also]}, too";
            case FieldType.CustomerId when counted.PointZeros > 0:
                return "whole numbers written with .0, which was taken off";
            default:
                return null;
        }
    }

    /// <summary>Ids name one thing each, and free texts say anything.</summary>
    private static bool MayTellWords(PlannedColumn column, DatasetField? field) =>
        field is null ? column.Use == ColumnUse.Attribute : field.Type is FieldType.Choice or FieldType.Boolean or FieldType.Text or FieldType.Country or FieldType.Language or FieldType.Currency;

    private static string? Text(decimal? number, long? ticks)
    {
        if (number is { } value)
            return value.ToString("0.############################", CultureInfo.InvariantCulture);
        if (ticks is not { } moment)
            return null;
        Span<byte> text = stackalloc byte[CanonicalTime.LongLength];
        return Encoding.UTF8.GetString(text[..CanonicalTime.Format(moment, text)]);
    }
}
