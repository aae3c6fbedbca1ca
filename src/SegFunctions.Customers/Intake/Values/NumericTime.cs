namespace SegFunctions.Customers.Intake.Values;

/// <summary>What a plain number in a date column counts.</summary>
public enum NumericTime
{
    /// <summary>Nothing: only <c>yyyyMMdd</c>, <c>yyyyMMddHHmm</c> and <c>yyyyMMddHHmmss</c> are dates.</summary>
    None,

    /// <summary>Seconds since 1970-01-01 UTC, with decimals or without.</summary>
    UnixSeconds,

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    UnixMilliseconds,

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    UnixMicroseconds,

    /// <summary>Nanoseconds since 1970-01-01 UTC, of which the last two digits are cut off.</summary>
    UnixNanoseconds,

    /// <summary>Days since 1899-12-30, with the time as a fraction, as spreadsheets count (from 1900-03-01 on).</summary>
    ExcelDays,
}
