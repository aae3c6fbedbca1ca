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
    /// <param name="contractual">Whether to leave is to end a contract; else it is not to order.</param>
    public static IReadOnlyList<SegmentDefinition> All(int horizonDays, bool contractual)
    {
        var left = contractual
            ? new Bilingual($"that the contract ends within {horizonDays} days", $"que le contrat prenne fin sous {horizonDays} jours")
            : new Bilingual($"that no order comes within {horizonDays} days", $"qu'aucune commande n'arrive sous {horizonDays} jours");
        return
        [
            Declare(ChurnBand.High, "High churn risk", "Risque de départ élevé", $"Two chances in three or more {left.En}.", $"Au moins deux chances sur trois {left.Fr}."),
            Declare(ChurnBand.Medium, "Medium churn risk", "Risque de départ moyen", $"One to two chances in three {left.En}.", $"Une à deux chances sur trois {left.Fr}."),
            Declare(ChurnBand.Low, "Low churn risk", "Risque de départ faible", $"Less than one chance in three {left.En}.", $"Moins d'une chance sur trois {left.Fr}."),
        ];
    }

    private static SegmentDefinition Declare(ChurnBand band, string name, string nameFr, string description, string descriptionFr) =>
        new(IdOf(band), SegmentKind.Prediction, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
