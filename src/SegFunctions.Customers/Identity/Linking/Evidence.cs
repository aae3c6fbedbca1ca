using System.Globalization;
using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Fitting;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Tells field by field why two records are taken for one.</summary>
internal static class Evidence
{
    public static PairEvidence Of(PairComparer comparer, PairScore score, int left, int right)
    {
        var agreement = comparer.Compare(left, right);
        var bits = score.Bits(agreement);
        var fromHome = score.IsLikelierHome(agreement);
        var fields = new List<FieldEvidence>();
        for (var at = 0; at < comparer.Comparisons.Count; at++)
        {
            var comparison = comparer.Comparisons[at];
            var surprise = default(Surprise);
            var level = comparison.Compare(left, right, ref surprise);
            var (againstHome, againstStrangers) = score.Field(at, level, comparison.IsShared, surprise);
            var own = fromHome ? againstHome : againstStrangers;
            var found = comparison.Levels[level];
            fields.Add(new FieldEvidence(comparison.Name, found.Name, level == Comparison.Silent ? 0 : own, new Bilingual(
                $"{comparison.Name}: {found.Text.En} ({Signed(own, "en")} bits)",
                $"{comparison.Name} : {found.Text.Fr} ({Signed(own, "fr")} bits)")));
        }

        var probability = PairScore.Probability(bits);
        var ordered = fields.OrderByDescending(field => Math.Abs(field.Bits)).ToList();
        var prior = bits - fields.Sum(field => field.Bits);
        var isHouse = comparer.Comparisons.Any(one => one is CompanyComparison { IsShared: false });
        return new PairEvidence(left, right, probability, bits, prior, ordered, TextOf(probability, fromHome, isHouse, ordered));
    }

    private static Bilingual TextOf(double probability, bool fromHome, bool isHouse, IReadOnlyList<FieldEvidence> fields)
    {
        var told = fields.Where(field => field.Level != "missing").ToList();
        var (percentEnglish, percentFrench) = (Wording.Percent(probability, 1).En, Wording.Percent(probability, 1).Fr);
        var (one, kin) = isHouse ? ("une seule entreprise", new Bilingual("two of one house", "deux d'un même groupe")) : ("une seule personne", new Bilingual("two of one household", "deux d'un même foyer"));
        return new Bilingual(
            $"{percentEnglish} one rather than {(fromHome ? kin.En : "two strangers")}: {string.Join("; ", told.Select(field => field.Text.En))}",
            $"{percentFrench} {one} plutôt que {(fromHome ? kin.Fr : isHouse ? "deux étrangères" : "deux inconnus")} : {string.Join(" ; ", told.Select(field => field.Text.Fr))}");
    }

    private static string Signed(double bits, string language)
    {
        var number = Wording.Number(Math.Abs(bits), 1);
        var sign = bits < 0 ? "−" : "+";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{(language == "fr" ? number.Fr : number.En)}");
    }
}
