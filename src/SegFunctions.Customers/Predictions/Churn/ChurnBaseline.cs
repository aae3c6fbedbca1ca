using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What one looks at without a learned model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChurnBaseline>))]
public enum ChurnBaseline
{
    /// <summary>Days since the last order.</summary>
    [JsonStringEnumMemberName("recency")]
    Recency,

    /// <summary>Days since the last order ÷ the own usual gap, the population's where there is none of one's own.</summary>
    [JsonStringEnumMemberName("recencyOverGap")]
    RecencyOverGap,

    /// <summary>The probability of no order within the horizon by a model of when orders come and cease (BG/NBD; Fader, Hardie &amp; Lee 2005).</summary>
    [JsonStringEnumMemberName("purchaseModel")]
    PurchaseModel,

    /// <summary>The share of those who left, for everybody.</summary>
    [JsonStringEnumMemberName("prior")]
    Prior,
}

internal static class ChurnBaselineNames
{
    public static Bilingual Of(ChurnBaseline baseline) => baseline switch
    {
        ChurnBaseline.Recency => new Bilingual("the calibrated baseline of recency", "la référence calibrée de récence"),
        ChurnBaseline.RecencyOverGap => new Bilingual("the calibrated baseline of recency over the usual gap", "la référence calibrée de récence rapportée à l'intervalle habituel"),
        ChurnBaseline.PurchaseModel => new Bilingual("the calibrated baseline of a purchase model", "la référence calibrée d'un modèle d'achat"),
        _ => new Bilingual("the share of those who left, for everybody", "la part des départs, pour tous"),
    };
}
