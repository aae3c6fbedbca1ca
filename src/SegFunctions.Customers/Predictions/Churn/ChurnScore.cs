using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The prediction for one customer.</summary>
/// <param name="Probability">That no purchase comes within the horizon; null for a customer who is not at risk.</param>
/// <param name="Band">The same in one word.</param>
/// <param name="Reasons">In words, the weightiest first; never empty.</param>
public sealed record ChurnScore(double? Probability, ChurnBand? Band, IReadOnlyList<Bilingual> Reasons)
{
    /// <summary>What the customer is expected to spend within the horizon by the own pace so far, times the probability of leaving; null for one who is not at risk.</summary>
    public double? ValueAtRisk { get; init; }

    /// <summary>How much of all value at risk the customer holds, in one word; see <see cref="ChurnReport.ValueBands"/>.</summary>
    public ChurnBand? ValueBand { get; init; }

    /// <summary>False for a customer who never bought or has lapsed already.</summary>
    public bool AtRisk => Probability is not null;

    /// <summary>The band of a probability.</summary>
    public static ChurnBand BandOf(double probability) => probability switch
    {
        < 1.0 / 3 => ChurnBand.Low,
        < 2.0 / 3 => ChurnBand.Medium,
        _ => ChurnBand.High,
    };
}
