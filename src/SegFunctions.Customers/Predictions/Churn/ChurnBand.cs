using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>A probability of churn in one word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChurnBand>))]
public enum ChurnBand
{
    /// <summary>Below one third.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>From one third to below two thirds.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Two thirds and above.</summary>
    [JsonStringEnumMemberName("high")]
    High,
}
