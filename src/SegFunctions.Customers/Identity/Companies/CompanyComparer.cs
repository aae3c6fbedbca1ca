namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Compares names of companies word by word, in any order, by how telling each word is.</summary>
/// <remarks>
/// Words are paired one to one, the most telling pair first: equal, misspelled (optimal string alignment distance), abbreviated, cut in
/// two or glued to the next, or standing as initials. The logarithms of the likelihood ratios add up over the pairs, as in I. Fellegi,
/// A. Sunter, "A Theory for Record Linkage", JASA 64 (1969); words weigh by their rarity as in W. Cohen, P. Ravikumar, S. Fienberg,
/// "A Comparison of String Distance Metrics for Name-Matching Tasks", IJCAI workshop (2003), whose soft TF-IDF pairs words too.
/// The result is the same for both orders of the names. Safe for several threads.
/// </remarks>
public sealed class CompanyComparer(CompanyVocabulary vocabulary)
{
    private const double BothFormless = 0.9;
    private const double SameForm = 0.85;
    private const double ConflictingNumbers = -3;
    private const double ConflictingPlaces = -3;
    private const double ConflictingDescriptors = -2;
    private const double ConflictingWords = -1.5;

    /// <summary>Makes a name ready.</summary>
    public CompanyProfile Profile(CompanyName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new CompanyProfile(name, vocabulary);
    }

    /// <summary>What two names say about being one company; of several names ("trading as") the two that agree best.</summary>
    public CompanyEvidence Compare(CompanyProfile left, CompanyProfile right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var best = new CompanyEvidence(double.NegativeInfinity, 0, FormAgreement.Different, ConflictKind.None);
        for (var one = left; one is not null; one = one.TradingAs)
        {
            for (var other = right; other is not null; other = other.TradingAs)
            {
                var evidence = ComparePart(one, other);
                if (evidence.Weight > best.Weight)
                    best = evidence;
            }
        }

        return best;
    }

    private CompanyEvidence ComparePart(CompanyProfile left, CompanyProfile right)
    {
        // One order for both, so that ties among pairs fall alike.
        if (string.CompareOrdinal(left.Name.ToString(), right.Name.ToString()) > 0)
            (left, right) = (right, left);
        var pairing = new WordPairing(left, right, vocabulary);
        var weight = pairing.Pair();
        var conflict = ConflictKind.None;
        weight += pairing.Unpaired(out var missing);
        if (missing.Both(CompanyTokenClass.Number))
        {
            weight += ConflictingNumbers;
            conflict |= ConflictKind.Number;
        }

        if (missing.Both(CompanyTokenClass.Place))
        {
            weight += ConflictingPlaces;
            conflict |= ConflictKind.Place;
        }

        if (missing.Both(CompanyTokenClass.Core))
        {
            weight += ConflictingWords;
            conflict |= ConflictKind.Word;
        }

        // "Kling Group" is as little "Kling & Sons" as "Kling Inc".
        if (missing.Crossed(CompanyTokenClass.Descriptor, CompanyTokenClass.Form))
            weight += ConflictingDescriptors;
        var form = Forms(left.Name, right.Name, pairing);
        weight += OfForm(form, left.Name, right.Name);
        weight += OfLength(left.Name) + OfLength(right.Name);
        return new CompanyEvidence(weight, pairing.Similarity, form, conflict);
    }

    // Short names are a part of all names: to meet just this one, without another word, is telling by itself.
    private double OfLength(CompanyName name) =>
        -0.5 * Math.Log(name.Core.Count == 1 ? vocabulary.SingleWordChance : 1 - vocabulary.SingleWordChance);

    private static FormAgreement Forms(CompanyName left, CompanyName right, WordPairing pairing)
    {
        if (left.Forms.Count == 0 && right.Forms.Count == 0)
            return FormAgreement.Neither;
        if (pairing.FormsPaired)
            return FormAgreement.Same;
        if (left.Forms.Count == 0 || right.Forms.Count == 0)
            return FormAgreement.OneMissing;
        var alike = left.Forms.Any(one => right.Forms.Any(other => one.Kind == other.Kind && !one.Countries.Intersect(other.Countries).Any()));
        return alike ? FormAgreement.Alike : FormAgreement.Different;
    }

    private double OfForm(FormAgreement agreement, CompanyName left, CompanyName right) => agreement switch
    {
        FormAgreement.Same => Math.Log(SameForm / Math.Max(0.02, (left.Forms.Count > 0 ? left : right).Forms.Max(form => vocabulary.FormChance(form.Code)))),
        FormAgreement.Neither => Math.Log(BothFormless / vocabulary.FormlessChance),
        FormAgreement.OneMissing => -0.8,
        FormAgreement.Alike => -2.5,
        _ => -3.5,
    };
}
