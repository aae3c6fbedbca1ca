using System.Text.Json.Serialization;
using SegFunctions.Customers.Predictions.CrossSell;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>What a customer may buy next.</summary>
/// <param name="Products">The likeliest first; null where the orders name no products.</param>
/// <param name="Categories">The same; null where the orders name no categories.</param>
public sealed record NextItems(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Suggestion>? Products,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Suggestion>? Categories)
{
    /// <summary>Nothing is known of products or categories.</summary>
    public static NextItems None { get; } = new(null, null);
}
