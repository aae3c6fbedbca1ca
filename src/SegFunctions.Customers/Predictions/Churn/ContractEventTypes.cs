using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The types of events by which people in six languages say that a contract ends, or begins.</summary>
/// <remarks>
/// Spelling does not matter: <c>subscription_cancelled</c>, <c>Subscription Cancelled</c> and <c>subscriptionCancelled</c> are one. A cancelled order or booking is not the
/// end of a contract, nor is leaving a mailing list; hence whole types are compared, never parts of them.
/// </remarks>
internal static class ContractEventTypes
{
    private const int LongestType = 128;

    private static readonly string[] Things =
    [
        "subscription", "contract", "membership", "plan", "policy", "account", "service",
        "abonnement", "contrat", "adhésion", "compte",
        "abo", "vertrag", "mitgliedschaft", "konto",
        "suscripción", "contrato", "membresía", "cuenta",
        "abbonamento", "contratto", "iscrizione",
        "lidmaatschap",
    ];

    private static readonly string[] Ends =
    [
        "cancelled", "canceled", "cancel", "cancellation", "terminated", "termination", "ended", "closed", "expired",
        "résilié", "résiliée", "résiliation", "annulé", "clôturé", "expiré",
        "gekündigt", "kündigung", "beendet", "geschlossen", "abgelaufen",
        "cancelado", "cancelada", "cancelación", "baja", "cerrada", "caducado",
        "disdetto", "disdetta", "cessato", "cessata", "scaduto",
        "opgezegd", "opzegging", "beëindigd", "verlopen",
    ];

    private static readonly string[] Begins =
    [
        "started", "created", "activated", "reactivated", "renewed", "resumed", "signed", "restarted",
        "souscrit", "activé", "réactivé", "renouvelé", "repris",
        "abgeschlossen", "aktiviert", "reaktiviert", "verlängert",
        "activado", "activada", "reactivado", "reactivada", "renovado", "renovada",
        "attivato", "attivata", "riattivato", "riattivata", "rinnovato", "rinnovata",
        "geactiveerd", "verlengd", "hervat",
    ];

    private static readonly string[] AloneEnding = ["churned", "churn", "résiliation", "kündigung", "disdetta", "opzegging"];

    private static readonly Dictionary<string, bool> Known = Build();

    /// <summary>Whether an event of this type ends a contract (true), begins one (false), or says nothing of contracts (null).</summary>
    /// <param name="type">UTF-8.</param>
    public static bool? EndsContract(ReadOnlySpan<byte> type)
    {
        if (type.Length is 0 or > LongestType)
            return null;
        Span<char> text = stackalloc char[LongestType];
        Span<char> folded = stackalloc char[LongestType * TextFolding.Expansion];
        folded = folded[..TextFolding.Fold(text[..Encoding.UTF8.GetChars(type, text)], folded)];
        var length = 0;
        foreach (var letter in folded)
        {
            if (letter != ' ')
                folded[length++] = letter;
        }

        return Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded[..length], out var ends) ? ends : null;
    }

    private static Dictionary<string, bool> Build()
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var word in AloneEnding)
            known[TextFolding.Key(word)] = true;
        foreach (var thing in Things)
        {
            foreach (var (words, ends) in new[] { (Ends, true), (Begins, false) })
            {
                foreach (var word in words)
                    known[TextFolding.Key(thing + word)] = known[TextFolding.Key(word + thing)] = ends;
            }
        }

        return known;
    }
}
