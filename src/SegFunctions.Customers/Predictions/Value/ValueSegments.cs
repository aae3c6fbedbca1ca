using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>The segments that a prediction of value makes.</summary>
public static class ValueSegments
{
    /// <summary>Id of the segment of customers who hold most of what may be lost.</summary>
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

    /// <summary>Those who hold most of what may be lost.</summary>
    public static SegmentDefinition AtRisk(int horizonDays) => Declare(AtRiskId, "High value at risk", "Forte valeur menacée",
        $"The customers of greatest value at risk, who hold half of it: spend expected within {horizonDays} days × churn probability.",
        $"Les clients à la plus grande valeur menacée, qui en détiennent la moitié : dépense attendue sous {horizonDays} jours × probabilité de départ.");

    /// <summary>What may be lost with one customer, in words.</summary>
    internal static Bilingual Worth(double valueAtRisk, int horizonDays)
    {
        var money = Wording.Number(valueAtRisk, valueAtRisk < 1000 ? 2 : 0);
        return new Bilingual($"{money.En} at risk within {horizonDays} days", $"{money.Fr} menacés sous {horizonDays} jours");
    }

    private static SegmentDefinition Declare(string id, string name, string nameFr, string description, string descriptionFr) =>
        new(id, SegmentKind.Prediction, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
