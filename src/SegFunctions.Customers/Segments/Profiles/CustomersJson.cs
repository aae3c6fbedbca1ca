using System.Text.Json.Serialization;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>How models, reports and profiles are written as JSON: camel case, compact, properties in order of declaration.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AsOf))]
[JsonSerializable(typeof(OrderHistory))]
[JsonSerializable(typeof(RfmModel))]
[JsonSerializable(typeof(StageModel))]
[JsonSerializable(typeof(SegmentDefinition))]
[JsonSerializable(typeof(SegmentDefinition[]))]
[JsonSerializable(typeof(ClusterReport))]
[JsonSerializable(typeof(CustomerProfile))]
[JsonSerializable(typeof(ChurnPlan))]
[JsonSerializable(typeof(OrderGaps))]
[JsonSerializable(typeof(ChurnReport))]
[JsonSerializable(typeof(CrossSellReport))]
[JsonSerializable(typeof(MigrationReport))]
[JsonSerializable(typeof(ValueReport))]
public sealed partial class CustomersJson : JsonSerializerContext;
