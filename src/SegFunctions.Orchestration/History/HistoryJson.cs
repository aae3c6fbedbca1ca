using System.Text.Json.Serialization;

namespace SegFunctions.Orchestration.History;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(HistoryEvent[]))]
[JsonSerializable(typeof(FailureDetails))]
internal sealed partial class HistoryJson : JsonSerializerContext;
