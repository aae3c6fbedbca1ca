using System.Collections.Frozen;
using System.Text;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>What stands in a header beside its name: a currency, a time zone, whose address it is.</summary>
internal static class HeaderWords
{
    private static readonly FrozenSet<string> Clocks = new[] { "utc", "gmt" }.ToFrozenSet(StringComparer.Ordinal);

    // Words that say whose name or address it is, in six languages.
    private static readonly FrozenSet<string> Roles = (
        "billing|shipping|delivery|invoice|invoicing|bill|ship|to|from|default|mailing|home|work|other|primary|secondary|contact|customer|client|buyer|requester|recipient|payer|sender|cardholder|subscriber|member|user|guest|of|the"
        + "|facturation|livraison|expédition|destinataire|demandeur|acheteur|de|du|la|le|rechnung|lieferung|empfänger|käufer|kunde|kunden|absender|besteller|der|des|facturación|envío|entrega|destinatario|cliente|comprador|del"
        + "|fatturazione|spedizione|consegna|acquirente|richiedente|di|della|factuur|facturatie|bezorging|levering|verzending|ontvanger|klant|koper|van")
        .Split('|').Select(word => TextFolding.Fold(word)).ToFrozenSet(StringComparer.Ordinal);

    // A column of one such word alone, beside the one of ids, has their names.
    private static readonly FrozenSet<string> People = (
        "customer|client|contact|buyer|requester|recipient|subscriber|cardholder|payer|destinataire|demandeur|acheteur|kunde|käufer|empfänger|besteller|cliente|comprador|destinatario|acquirente|richiedente|klant|koper|ontvanger")
        .Split('|').Select(word => TextFolding.Fold(word)).ToFrozenSet(StringComparer.Ordinal);

    // Whose device it is: an address on the internet is personal data, too.
    private static readonly FrozenSet<string> InternetAddresses = (
        "ip|ip address|ip addresses|client ip|customer ip|visitor ip|visit ip|user ip|remote ip|browser ip|optin ip|confirm ip|signup ip|adresse ip|ip adresse|dirección ip|indirizzo ip|ip adres")
        .Split('|').Select(word => TextFolding.Key(word)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The header is a word for people and nothing else (<c>Requester</c>, <c>Kunde</c>), or for the address of their device.</summary>
    public static bool NamesPeople(string header) => People.Contains(TextFolding.Fold(header)) || InternetAddresses.Contains(TextFolding.Key(header));

    /// <summary>The header's name without the currency or UTC that stands behind it: <c>Amount (EUR)</c>, <c>Betrag in €</c>, <c>Created (UTC)</c>; null when there is none.</summary>
    public static string? WithoutUnit(string header) => Split(header) is { } split ? split.Name : null;

    /// <summary>The code of the currency that a header names; empty without one.</summary>
    public static string CurrencyOf(string header) => Split(header)?.Currency ?? "";

    /// <summary>
    /// What is left of a header without the words that say whose name, address or number it is (<c>Billing Name</c>, <c>Phone (Shipping)</c>), without counting lines of an address
    /// (<c>Address2</c>), and without the address that something is part of (<c>Default Address City</c>). Nothing when no such word stands there.
    /// </summary>
    public static IEnumerable<string> WithoutRole(string header)
    {
        var words = TextFolding.Fold(header).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Where(word => !Roles.Contains(word)).ToList();
        if (words.Length == 0 || (rest.Count == words.Length && !char.IsAsciiDigit(words[^1][^1])))
            yield break;
        yield return string.Concat(rest.Select(WithoutNumber));
        yield return string.Concat(rest.Where(word => word is not ("address" or "adresse")).Select(WithoutNumber));
    }

    private static string WithoutNumber(string word) => word.TrimEnd([.. "0123456789"]);

    private static (string Name, string Currency)? Split(string header)
    {
        var name = header.Trim();
        string unit;
        if (name.Length > 2 && name[^1] is ')' or ']' && name.LastIndexOfAny(['(', '[']) is > 0 and var open)
        {
            unit = name[(open + 1)..^1].Trim();
            name = name[..open];
        }
        else
        {
            var blank = name.LastIndexOf(' ');
            if (blank <= 0)
                return null;
            unit = name[(blank + 1)..];
            name = name[..blank];
            if (name.EndsWith(" in", StringComparison.OrdinalIgnoreCase) || name.EndsWith(" en", StringComparison.OrdinalIgnoreCase))
                name = name[..^3];
        }

        if (Clocks.Contains(TextFolding.Fold(unit)))
            return (name, "");
        var mark = Encoding.UTF8.GetBytes(unit);
        return mark.Length > 0 && CurrencyMarks.LengthAtStart(mark) == mark.Length && CurrencyMarks.CodeOf(unit) is { } code ? (name, Encoding.UTF8.GetString(code)) : null;
    }
}
