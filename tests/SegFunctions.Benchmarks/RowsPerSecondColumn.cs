using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SegFunctions.Benchmarks;

/// <summary>Rows of the <see cref="Shape"/> by the mean time of an operation.</summary>
internal sealed class RowsPerSecondColumn : IColumn
{
    public string Id => nameof(RowsPerSecondColumn);

    public string ColumnName => "rows/s";

    public string Legend => "Rows that one operation handles, by its mean time";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        var shape = benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<Shape>().FirstOrDefault();
        return shape is not null && summary[benchmarkCase]?.ResultStatistics is { Mean: > 0 } measured
            ? (shape.Rows * 1e9 / measured.Mean).ToString("N0", CultureInfo.InvariantCulture)
            : "-";
    }
}
