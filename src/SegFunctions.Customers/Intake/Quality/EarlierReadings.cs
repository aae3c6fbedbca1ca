using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How the columns of an earlier file were read, for rows that belong to it.</summary>
/// <param name="columns">Of that file's report.</param>
public sealed class EarlierReadings(IReadOnlyList<ColumnReport> columns)
{
    /// <summary>The reading of a column: as it was then, where anything was settled then.</summary>
    internal ColumnReading Of(PlannedColumn column, ColumnReading inferred)
    {
        if (columns.FirstOrDefault(known => known.Header == column.Header) is not { } earlier)
            return inferred;
        if (earlier.Use == "sealed" && column.Field < 0)
            return inferred with { IsSealed = true };
        return (earlier.Reading ?? "") switch
        {
            var reading when reading.StartsWith("decimal comma", StringComparison.Ordinal) => inferred with { Decimals = DecimalStyle.Comma, IsSettled = true },
            var reading when reading.StartsWith("decimal point", StringComparison.Ordinal) => inferred with { Decimals = DecimalStyle.Point, IsSettled = true },
            var reading when reading.StartsWith("day first", StringComparison.Ordinal) => inferred with { Order = DateOrder.DayMonthYear, IsSettled = true },
            var reading when reading.StartsWith("month first", StringComparison.Ordinal) => inferred with { Order = DateOrder.MonthDayYear, IsSettled = true },
            var reading when reading.StartsWith("year first", StringComparison.Ordinal) => inferred with { Order = DateOrder.YearMonthDay, IsSettled = true },
            var reading when reading.StartsWith("whole numbers written with .0", StringComparison.Ordinal) => inferred with { PointZero = true },
            _ => inferred,
        };
    }
}
