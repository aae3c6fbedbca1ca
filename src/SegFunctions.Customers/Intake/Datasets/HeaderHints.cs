using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Which column of a file may well be meant where no header is known for a field: for examples in messages, never for reading.</summary>
internal static class HeaderHints
{
    private static readonly string[] Addresses = ["email", "emailaddress", "mail", "courriel", "correo"];
    private static readonly string[] People = ["customer", "client", "kunde", "klant", "contact", "kontakt", "buyer", "user", "visitor", "member", "account", "debitor", "partner"];
    private static readonly string[] Ids = ["id", "no", "nr", "num", "code", "name"];
    private static readonly string[] Moments = ["date", "datum", "fecha", "data", "time", "zeit", "heure", "hora", "tijd", "created", "erstellt"];
    private static readonly string[] Worths = ["amount", "total", "price", "prix", "preis", "precio", "prezzo", "prijs", "montant", "betrag", "importe", "importo", "bedrag", "revenue", "umsatz", "summe", "gesamt"];

    /// <summary>How a mapping says that a column is the customer's id and address of e-mail.</summary>
    public const string Both = "[\"customerId\", \"email\"]";

    /// <summary>Whether a column that is taken for the customer's id holds, by its header, addresses of e-mail, which are a field of the dataset, too.</summary>
    public static bool IsBoth(Dataset dataset, string field, string header) => field == "customerId" && dataset.IndexOf("email") >= 0 && IsAddress(TextFolding.Key(header));

    /// <summary>The header of the column that the field may be in; null where none is near.</summary>
    public static string? For(string field, IEnumerable<string> headers)
    {
        var keys = headers.Select(header => (Header: header, Key: TextFolding.Key(header))).ToList();
        return field switch
        {
            "customerId" => Customer(keys),
            "timestamp" => FirstWith(keys, Moments),
            "amount" or "unitPrice" => FirstWith(keys, Worths),
            _ => null,
        };
    }

    /// <summary>An address of e-mail is one person; else what begins with a word for people and ends as ids do: <c>visitorId</c>, <c>Username</c>.</summary>
    private static string? Customer(List<(string Header, string Key)> keys) =>
        keys.Find(header => IsAddress(header.Key)).Header
        ?? keys.Find(header => Array.Exists(People, person => header.Key.StartsWith(person, StringComparison.Ordinal) && Array.Exists(Ids, id => header.Key.EndsWith(id, StringComparison.Ordinal)))).Header;

    private static bool IsAddress(string key) => Array.Exists(Addresses, word => key.EndsWith(word, StringComparison.Ordinal));

    private static string? FirstWith(List<(string Header, string Key)> keys, string[] words) =>
        words.Select(word => keys.Find(header => header.Key.Contains(word, StringComparison.Ordinal)).Header).FirstOrDefault(header => header is not null);
}
