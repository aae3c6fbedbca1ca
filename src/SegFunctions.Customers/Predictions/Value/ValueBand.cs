using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>A value in one word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ValueBand>))]
public enum ValueBand
{
    /// <summary>The lower half of the customers.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>From the middle to below the top fifth.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>The top fifth.</summary>
    [JsonStringEnumMemberName("high")]
    High,
}
