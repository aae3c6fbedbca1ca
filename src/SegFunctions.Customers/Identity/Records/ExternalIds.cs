using System.Collections.Frozen;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>Columns of customers beside the id that hold a number which one customer alone has.</summary>
public static class ExternalIds
{
    /// <summary>The field of the customers dataset that a mapping declares such a column to be.</summary>
    public const string Field = "externalId";

    private static readonly FrozenSet<string> Headers = (
        "loyalty id|loyalty number|loyalty no|loyalty card|loyalty card number|membership number|membership no|membership id|member number|member no|member id|crm id|crm number|erp id|debtor number|account number|account no|account id"
        + "|numéro de fidélité|carte de fidélité|numéro d'adhérent|numéro de membre|id crm|kundenkarte|kundenkartennummer|mitgliedsnummer|mitglieds nr|debitorennummer|debitor nr|crm nr|crm nummer"
        + "|tarjeta de fidelidad|número de socio|número de tarjeta de fidelidad|tessera fedeltà|numero tessera|numero socio|klantenkaart|klantenkaartnummer|lidnummer|debiteurnummer")
        .Split('|').Select(header => TextFolding.Key(header)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a column so headed holds one.</summary>
    public static bool IsHeader(string header) => Headers.Contains(TextFolding.Key(header));
}
