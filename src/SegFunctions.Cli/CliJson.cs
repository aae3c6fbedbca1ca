using System.Text.Json;
using System.Text.Json.Serialization;
using SegFunctions.Cli.Churn;
using SegFunctions.Cli.Clusters;
using SegFunctions.Cli.Commands;
using SegFunctions.Cli.Dedupe;
using SegFunctions.Cli.Demo;
using SegFunctions.Cli.Lifetime;
using SegFunctions.Cli.Local;

namespace SegFunctions.Cli;

/// <summary>JSON of the command line: what commands print, and the files of a local storage folder.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(SampleResult))]
[JsonSerializable(typeof(ClusterResult))]
[JsonSerializable(typeof(ClvResult))]
[JsonSerializable(typeof(ChurnRunResult))]
[JsonSerializable(typeof(DedupeResult))]
[JsonSerializable(typeof(DedupeSettings))]
[JsonSerializable(typeof(UploadResult))]
[JsonSerializable(typeof(RefreshResult))]
[JsonSerializable(typeof(LocalSecrets))]
[JsonSerializable(typeof(RunningAzurite))]
internal sealed partial class CliJson : JsonSerializerContext;
