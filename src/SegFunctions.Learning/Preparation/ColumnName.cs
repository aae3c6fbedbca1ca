namespace SegFunctions.Learning.Preparation;

/// <summary>What a column's name suggests. Alone it decides nothing: "paid" and "valid" end in "id" too.</summary>
internal static class ColumnName
{
    private static readonly HashSet<string> Identifiers = new(
        ["id", "ids", "uuid", "guid", "key", "identifier", "identifiant", "rowid", "customerid", "clientid", "userid", "orderid", "accountid", "memberid", "visitorid", "sessionid", "productid", "itemid", "storeid", "idclient"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Numbers = new(
        ["no", "nr", "num", "number", "numero", "numéro", "code", "index", "row", "line", "ligne", "ref", "reference", "référence", "phone", "telephone", "téléphone"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Places = new(["zip", "zipcode", "postcode", "postalcode", "postal", "postleitzahl", "plz"], StringComparer.OrdinalIgnoreCase);

    /// <summary>One of its words is "id", "key" or the like: <c>customer_id</c>, <c>CustomerID</c>, <c>ID</c>.</summary>
    public static bool SaysIdentifier(string name) => Words(name).Any(Identifiers.Contains);

    /// <summary>Its last or first word is "number", "code" or the like, which also names counts: <c>invoice no</c>, <c>phone number</c>.</summary>
    public static bool SaysNumber(string name)
    {
        var words = Words(name);
        return words.Count > 0 && (Numbers.Contains(words[0]) || Numbers.Contains(words[^1]));
    }

    /// <summary>Postal codes: whole numbers that name places.</summary>
    public static bool SaysPlace(string name) => Words(name).Any(Places.Contains);

    /// <summary>Cut at everything but letters and digits, and where a capital follows a small letter.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            if (!ends && !(i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
                continue;
            if (i > start)
                words.Add(name[start..i]);
            start = ends ? i + 1 : i;
        }

        return words;
    }
}
