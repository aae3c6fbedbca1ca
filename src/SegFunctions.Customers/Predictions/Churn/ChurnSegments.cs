using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The segments that a churn prediction makes.</summary>
public static class ChurnSegments
{
    /// <summary>Id of the segment of a band.</summary>
    public static string IdOf(ChurnBand band) => band switch
    {
        ChurnBand.High => "prediction:churn-high",
        ChurnBand.Medium => "prediction:churn-medium",
        _ => "prediction:churn-low",
    };

    /// <summary>The three segments, the highest risk first.</summary>
    public static IReadOnlyList<SegmentDefinition> All(int horizonDays) =>
    [
        Declare(ChurnBand.High, "High churn risk", "Risque de départ élevé",
            $"Two chances in three or more that no order comes within {horizonDays} days.",
            $"Au moins deux chances sur trois qu'aucune commande n'arrive sous {horizonDays} jours."),
        Declare(ChurnBand.Medium, "Medium churn risk", "Risque de départ moyen",
            $"One to two chances in three that no order comes within {horizonDays} days.",
            $"Une à deux chances sur trois qu'aucune commande n'arrive sous {horizonDays} jours."),
        Declare(ChurnBand.Low, "Low churn risk", "Risque de départ faible",
            $"Less than one chance in three that no order comes within {horizonDays} days.",
            $"Moins d'une chance sur trois qu'aucune commande n'arrive sous {horizonDays} jours."),
    ];

    private static SegmentDefinition Declare(ChurnBand band, string name, string nameFr, string description, string descriptionFr) =>
        new(IdOf(band), SegmentKind.Prediction, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
