using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Writes values of columns that no field claims as their type says.</summary>
internal static class TypedAttribute
{
    private static readonly DateRules AnyYear = new() { FirstYear = 1, LastYear = 9999 };

    /// <summary>Bytes of the longest number, date or word.</summary>
    public const int Length = CanonicalNumber.Length;

    /// <summary>Writes the value; false when it is not of the column's type. What stands for a missing value is written as nothing.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> value, in ColumnReading reading, MappingTimeZone zone, Span<byte> target, out int length)
    {
        length = 0;
        if (MissingText.IsMissing(value))
            return true;
        switch (reading.Type)
        {
            case AttributeType.Number:
                if (!AttributeTypeSample.IsNumber(value) || !NumberText.TryParse(value, reading.Decimals, out var number, out _))
                    return false;
                length = CanonicalNumber.Format(number, target);
                return true;
            case AttributeType.Boolean:
                if (!BooleanText.TryParse(value, out var truth, out _))
                    return false;
                length = (truth ? "true"u8 : "false"u8).Length;
                (truth ? "true"u8 : "false"u8).CopyTo(target);
                return true;
            default:
                return TryWriteDate(value, zone, target, out length);
        }
    }

    private static bool TryWriteDate(ReadOnlySpan<byte> value, MappingTimeZone zone, Span<byte> target, out int length)
    {
        length = 0;
        if (!DateText.TryParse(value, AnyYear, out var date, out _))
            return false;
        var ticks = date.WallClock.Ticks;
        if (date.OffsetMinutes is { } offset)
            ticks -= offset * TimeSpan.TicksPerMinute;
        else if (date.HasTime)
            ticks = zone.ToUtc(ticks, out _);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        length = CanonicalTime.Format(ticks, target);
        if (!date.HasTime && date.OffsetMinutes is null)
            length = 10;
        return true;
    }
}
