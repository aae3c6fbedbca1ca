using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads the dates of a record, each in the order of its column.</summary>
internal sealed class DateReader(RowContext context)
{
    private static readonly long Earliest = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long EarliestBirth = new DateTime(1850, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Reads a moment.</summary>
    public ValueFault ReadTime(PlannedField field, ReadOnlySpan<byte> value)
    {
        var fault = ReadDate(field, value, out var date);
        if (fault != ValueFault.None)
            return fault;
        var ticks = date.WallClock.Ticks;
        if (date.OffsetMinutes is { } offset)
        {
            ticks -= offset * TimeSpan.TicksPerMinute;
        }
        else
        {
            ticks = context.Plan.Mapping.TimeZone.ToUtc(ticks, out var doubtful);
            if (doubtful)
                context.Row.Find(DataRules.ClockChange, field.Field);
        }

        if (IsPossible(field, ticks))
            context.Row.SetTime(field.Field, ticks);
        return ValueFault.None;
    }

    /// <summary>Reads a moment in the form of ISO 8601, of which every order of day and month says the same; false leaves it to <see cref="ReadTime"/>.</summary>
    public bool TryReadPlainTime(PlannedField field, ReadOnlySpan<byte> value)
    {
        if (!field.IsAnyFormat || !field.Times.TryParse(value, out var clock, out var hasOffset))
            return false;
        var doubtful = false;
        var ticks = hasOffset ? clock : context.Plan.Mapping.TimeZone.ToUtc(clock, out doubtful);
        if (doubtful)
            context.Row.Find(DataRules.ClockChange, field.Field);
        if (!IsPossible(field, ticks))
            return true;
        if (ticks == clock)
            context.Row.SetTime(field.Field, ticks, value);
        else
            context.Row.SetTime(field.Field, ticks);
        return true;
    }

    /// <summary>Counts a moment, or finds that it cannot be one of its field.</summary>
    private bool IsPossible(PlannedField field, long ticks)
    {
        if (ticks < Earliest || (ticks > context.Plan.Latest.Ticks && !field.Declared.MayBeFuture))
        {
            context.Row.Find(field.Declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field.Field);
            return false;
        }

        field.Totals.Statistics.AddTime(ticks);
        return true;
    }

    /// <summary>Reads a day, or a year alone.</summary>
    public ValueFault ReadDay(PlannedField field, ReadOnlySpan<byte> value)
    {
        long ticks;
        if (value.Length == 4 && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            var year = (1000 * (value[0] - '0')) + (100 * (value[1] - '0')) + (10 * (value[2] - '0')) + value[3] - '0';
            if (year == 0)
                return ValueFault.NoSuchDay;
            ticks = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        }
        else if (ReadDate(field, value, out var date) is not ValueFault.None and var fault)
        {
            return fault;
        }
        else
        {
            ticks = date.WallClock.Date.Ticks;
        }

        if (ticks < EarliestBirth || ticks > context.Plan.Latest.Ticks)
            return ValueFault.YearOutOfRange;
        context.Row.SetDay(field.Field, ticks);
        return ValueFault.None;
    }

    /// <summary>Reads a date in the column's order of day and month, and watches whether the other order would fit as well.</summary>
    private ValueFault ReadDate(PlannedField field, ReadOnlySpan<byte> value, out DateValue date)
    {
        var (column, totals) = (field.Column, field.Totals);
        ref readonly var reading = ref field.Reading;
        if (reading.Counts != NumericTime.None && DateText.IsCount(value))
            return ReadCount(field.Field, value, reading.Counts, out date);
        var isRead = DateText.TryParse(value, context.Plan.DateRules(reading.Order), out date, out var fault);
        if (isRead && (reading.IsSettled ? !reading.IsMixed || reading.IsTorn : totals.IsDefinite))
            return fault;
        var fitsOther = DateText.TryParse(value, context.Plan.DateRules(reading.Other().Order), out var otherwise, out _);
        if (isRead)
        {
            if (!fitsOther)
            {
                totals.IsDefinite = true;
                totals.Definite++;
            }
            else if (otherwise != date)
                totals.Ambiguous++;
            return fault;
        }

        if (!fitsOther || context.Plan.NamesDates)
            return fault;
        if (!reading.IsSettled)
        {
            context.Contradict(column, Contradiction.Value);
            return fault;
        }

        if (reading.IsTorn)
            return fault;
        if (!reading.IsMixed)
        {
            context.Contradict(column, Contradiction.Slip);
            return fault;
        }

        // The column's order is proven by other values, and this one fits only the other way round: day and month changed places.
        totals.Transposed++;
        context.Row.Find(DataRules.DateTransposed, field.Field);
        date = otherwise;
        return ValueFault.None;
    }

    private ValueFault ReadCount(int field, ReadOnlySpan<byte> value, NumericTime counts, out DateValue date)
    {
        var fault = DateText.ParseCount(value, context.Plan.DateRules(DateOrder.Undecided), out date, counts);
        if (fault == ValueFault.None && counts == NumericTime.ExcelDays)
            context.Row.Find(DataRules.ExcelSerialDate, field);
        return fault;
    }
}
