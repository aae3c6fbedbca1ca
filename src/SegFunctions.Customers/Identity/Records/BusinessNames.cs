using SegFunctions.Customers.Identity.Companies;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>Tells a column of names of shops, restaurants and companies from one of people.</summary>
internal static class BusinessNames
{
    // Of names of people hardly one in thirty looks so; of businesses about half do.
    private const double LeastShare = 0.25;

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "the", "of", "and", "on", "at", "restaurant", "ristorante", "restaurante", "trattoria", "osteria", "pizzeria", "pizza", "cafe", "caffe", "coffee", "bistro", "brasserie", "bar", "grill", "grille", "diner", "deli", "delicatessen",
        "tavern", "taverna", "pub", "inn", "hotel", "hostel", "motel", "house", "kitchen", "steakhouse", "bakery", "boulangerie", "backerei", "baeckerei", "panaderia", "shop", "store", "boutique", "market", "supermarket", "markt", "salon", "spa", "studio", "gallery",
        "clinic", "klinik", "clinica", "clinique", "praxis", "hospital", "pharmacy", "apotheke", "pharmacie", "farmacia", "apotheek", "school", "schule", "ecole", "escuela", "university", "institute", "museum", "theater", "theatre", "club", "verein", "gymnasium",
        "church", "bank", "garage", "autohaus", "service", "services", "solutions", "systems", "consulting", "partners", "center", "centre", "zentrum", "centro",
    };

    /// <param name="names">Distinct names as written.</param>
    public static bool AreMost(IReadOnlyCollection<string> names)
    {
        var (businesses, whole) = (0, 0);
        foreach (var name in names)
        {
            var words = TextFolding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // A word alone may be anything.
            if (words.Length < 2)
                continue;
            whole++;
            if (IsBusiness(name, words))
                businesses++;
        }

        return businesses > LeastShare * whole;
    }

    private static bool IsBusiness(string name, string[] words) =>
        words.Any(Words.Contains) || name.Contains('&', StringComparison.Ordinal) || name.Any(char.IsAsciiDigit)
        || name.Contains("'s", StringComparison.OrdinalIgnoreCase) || CompanyName.Parse(name) is { Forms.Count: > 0 } or { Descriptors.Count: > 0 };
}
