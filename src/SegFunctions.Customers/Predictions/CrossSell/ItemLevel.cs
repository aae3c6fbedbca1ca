using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>What is proposed to customers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemLevel>))]
public enum ItemLevel
{
    /// <summary>Single products, by their id or description.</summary>
    [JsonStringEnumMemberName("product")]
    Product,

    /// <summary>Groups of products, as the orders name them.</summary>
    [JsonStringEnumMemberName("category")]
    Category,
}
