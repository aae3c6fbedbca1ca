using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>The segments that a prediction of value makes.</summary>
public static class ValueSegments
{
    /// <summary>Id of the segment of valuable customers who may leave.</summary>
    public const string AtRiskId = "prediction:value-at-risk";

    /// <summary>Id of the segment of a band.</summary>
    public static string IdOf(ValueBand band) => band switch
    {
        ValueBand.High => "prediction:clv-high",
        ValueBand.Medium => "prediction:clv-medium",
        _ => "prediction:clv-low",
    };

    /// <summary>The bands, the highest first.</summary>
    public static IReadOnlyList<SegmentDefinition> Bands(int days) =>
    [
        Declare(IdOf(ValueBand.High), "High value to come", "Forte valeur à venir",
            $"Among the fifth of the customers who are expected to bring most in {days} days.",
            $"Parmi le cinquième des clients dont on attend le plus en {days} jours."),
        Declare(IdOf(ValueBand.Medium), "Medium value to come", "Valeur moyenne à venir",
            $"Expected to bring more in {days} days than half of the customers, less than the top fifth.",
            $"On en attend plus en {days} jours que de la moitié des clients, moins que du premier cinquième."),
        Declare(IdOf(ValueBand.Low), "Low value to come", "Faible valeur à venir",
            $"Among the half of the customers who are expected to bring least in {days} days.",
            $"Parmi la moitié des clients dont on attend le moins en {days} jours."),
    ];

    /// <summary>Valuable customers who may leave.</summary>
    public static SegmentDefinition AtRisk { get; } = Declare(AtRiskId, "High value at risk", "Forte valeur menacée",
        "High value to come, and a medium or high churn risk: worth keeping first.",
        "Forte valeur à venir et risque de départ moyen ou élevé : à retenir en priorité.");

    private static SegmentDefinition Declare(string id, string name, string nameFr, string description, string descriptionFr) =>
        new(id, SegmentKind.Prediction, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
