using System.Collections.Frozen;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Tells the language of headers by words that no other of the known languages uses.</summary>
internal static class HeaderLanguage
{
    private static readonly FrozenDictionary<string, string> Words = new (string Language, string Words)[]
    {
        ("French", "commande commandes montant prix quantité qté facture pays ville prénom remise désignation libellé courriel numéro n° achat heure devise catégorie état adresse téléphone naissance campagne envoi coût"),
        ("German", "bestellung bestelldatum bestellnummer auftrag rechnung rechnungsdatum rechnungsnummer kunde kundennummer menge betrag preis einzelpreis gesamtpreis ort plz vorname nachname geburtsdatum datum zeitpunkt währung artikel bezeichnung rabatt straße umsatz anzahl"),
        ("Spanish", "pedido fecha cliente importe cantidad precio factura país ciudad nombre apellido apellidos moneda descuento categoría producto dirección teléfono nacimiento compra estado"),
        ("Italian", "ordine importo quantità prezzo fattura paese città nome cognome valuta sconto prodotto indirizzo telefono nascita acquisto stato articolo"),
        ("Dutch", "bestelling besteldatum klant klantnummer bedrag aantal prijs factuur factuurdatum land plaats voornaam achternaam korting omschrijving geboortedatum tijdstip aankoop"),
    }.SelectMany(language => language.Words.Split(' ').Select(word => (Key: TextFolding.Key(word), language.Language)))
        .GroupBy(word => word.Key, StringComparer.Ordinal).Where(group => group.Count() == 1)
        .ToFrozenDictionary(group => group.Key, group => group.First().Language, StringComparer.Ordinal);

    /// <summary>The one language that speaks from the headers, and the first header that does; null without any or with several.</summary>
    public static (string Language, string Header)? Of(IEnumerable<string> headers)
    {
        (string Language, string Header)? found = null;
        foreach (var header in headers)
        {
            foreach (var word in TextFolding.Fold(header).Split(' ').Append(TextFolding.Key(header)))
            {
                if (!Words.TryGetValue(word, out var language))
                    continue;
                if (found is { } other && other.Language != language)
                    return null;
                found ??= (language, header.Trim());
            }
        }

        return found;
    }
}
