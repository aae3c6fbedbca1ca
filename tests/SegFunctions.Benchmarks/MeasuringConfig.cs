using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SegFunctions.Benchmarks;

/// <summary>How every benchmark here is run and printed.</summary>
/// <remarks>
/// In this process: a generated project would be built under the repository's own rules for code. That toolchain does not wait for
/// asynchronous set-up, so set-up waits itself. Three warm-up and three measured iterations, for many operations take from tenths of
/// a second to seconds.
/// </remarks>
internal static class MeasuringConfig
{
    public static IConfig Create(bool verify)
    {
        var job = (verify ? Job.Dry : Job.ShortRun).WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(30), logOutput: false));
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics)
            .AddColumn(new RowsPerSecondColumn())
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60))
            .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared));
    }
}
