using BenchmarkDotNet.Running;
using SegFunctions.Benchmarks;
using SegFunctions.Benchmarks.CrossValidation;
using SegFunctions.Benchmarks.Measure;

// Single runs on large tables, beside other programs; everything else is BenchmarkDotNet.
if (args is ["measure", .. var measured])
    return MeasureCommand.Run(measured);
if (args is ["cross-validate", .. var validated])
    return await CrossValidationCommand.RunAsync(validated);

// --verify runs everything once and fails when anything fails; all other arguments are BenchmarkDotNet's.
var verify = args.Contains("--verify", StringComparer.Ordinal);
string[] rest = [.. args.Where(arg => arg != "--verify")];
if (rest.Length == 0)
    rest = ["--filter", "*"];

var summaries = BenchmarkSwitcher.FromAssembly(typeof(MeasuringConfig).Assembly).Run(rest, MeasuringConfig.Create(verify)).ToList();
var failed = summaries.Sum(summary => summary.Reports.Count(report => !report.Success) + summary.ValidationErrors.Count(error => error.IsCritical));
if (failed > 0)
    Console.Error.WriteLine($"{failed} benchmarks failed.");
return failed == 0 ? 0 : 1;
