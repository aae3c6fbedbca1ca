namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Compares names of companies word by word, in any order, by how telling each word is.</summary>
/// <remarks>
/// Words are paired one to one, the most telling pair first: equal, misspelled (optimal string alignment distance), cut short, cut in
/// two or glued to the next, or standing as initials. The logarithms of the likelihood ratios add up over the pairs, as in I. Fellegi,
/// A. Sunter, "A Theory for Record Linkage", JASA 64 (1969); words weigh by their rarity as in W. Cohen, P. Ravikumar, S. Fienberg,
/// "A Comparison of String Distance Metrics for Name-Matching Tasks", IJCAI workshop (2003), whose soft TF-IDF pairs words too.
/// The result is the same for both orders of the names. Safe for several threads.
/// </remarks>
internal sealed class CompanyComparer(CompanyVocabulary vocabulary, WordRates rates)
{
    private const double ConflictingNumbers = -3;
    private const double ConflictingPlaces = -3;
    private const double ConflictingDescriptors = -2;
    private const double ConflictingWords = -1.5;

    // Words of one name depend on each other, and what the pairs say together is a little too much.
    private const double Dependence = -1;

    // For each pair that is one company there is about half a pair of one house, and of those most bear another name of their own.
    private const double RelatedPairs = 0.5;
    private const double RelatedBearAName = 0.7;

    private readonly WordEvidence _evidence = new(rates);

    /// <summary>What two names say about being one company; of several names ("trading as") the two that agree best.</summary>
    public CompanyEvidence Compare(CompanyProfile left, CompanyProfile right) => Compare(left, right, out _);

    /// <param name="outcomes">How words and forms came out.</param>
    public CompanyEvidence Compare(CompanyProfile left, CompanyProfile right, out OutcomeCounts outcomes)
    {
        var best = new CompanyEvidence(double.NegativeInfinity, 0, 0, FormAgreement.Different, CompanyConflict.None);
        outcomes = new OutcomeCounts();
        for (var one = left; one is not null; one = one.TradingAs)
        {
            for (var other = right; other is not null; other = other.TradingAs)
            {
                var evidence = ComparePart(one, other, out var found);
                if (evidence.Weight <= best.Weight)
                    continue;
                best = evidence;
                outcomes = found;
            }
        }

        return best;
    }

    private CompanyEvidence ComparePart(CompanyProfile left, CompanyProfile right, out OutcomeCounts outcomes)
    {
        // One order for both, so that ties among pairs fall alike.
        if (string.CompareOrdinal(left.Text, right.Text) > 0)
            (left, right) = (right, left);
        var pairing = WordPairing.Best(left, right, vocabulary, _evidence);
        outcomes = pairing.Outcomes;
        var (weight, missing) = (pairing.Weight, pairing.Missing);
        var conflict = CompanyConflict.None;
        if (missing.Both(CompanyTokenClass.Number))
        {
            weight += ConflictingNumbers;
            conflict |= CompanyConflict.Number;
        }

        if (missing.Both(CompanyTokenClass.Place))
        {
            weight += ConflictingPlaces;
            conflict |= CompanyConflict.Place;
        }

        if (missing.Both(CompanyTokenClass.Core))
        {
            weight += ConflictingWords;
            conflict |= CompanyConflict.Word;
        }

        // "Kling Group" is as little "Kling & Sons" as "Kling Inc".
        if (missing.Crossed(CompanyTokenClass.Descriptor, CompanyTokenClass.Form))
            weight += ConflictingDescriptors;
        var form = Forms(left.Name, right.Name, pairing);
        weight += OfForm(form, left.Name, right.Name, pairing) + OfLength(left.Name) + OfLength(right.Name) + Dependence;
        if (pairing.LacksName)
            weight = Math.Min(weight, MostOfRelated());
        return new CompanyEvidence(weight, RelatedEvidence.Of(pairing, form, rates), pairing.Similarity, form, conflict);
    }

    /// <summary>
    /// "Siemens Healthineers" shares as much with "Siemens" as it can: beside strangers there are companies of one house, about as many
    /// pairs as the table has companies, and however rare the common words are, they tell nothing against those.
    /// </summary>
    private double MostOfRelated() => Math.Log(Math.Max(2, vocabulary.Names) * rates.Dropped / (RelatedPairs * RelatedBearAName));

    // Short names are a part of all names: to meet just this one, without another word, is telling by itself.
    private double OfLength(CompanyName name) =>
        -0.5 * Math.Log(name.Core.Count == 1 ? vocabulary.SingleWordChance : 1 - vocabulary.SingleWordChance);

    private static FormAgreement Forms(CompanyName left, CompanyName right, WordPairing pairing)
    {
        if (left.Forms.Count == 0 && right.Forms.Count == 0)
            return FormAgreement.Neither;
        if (pairing.Form is { } met)
            return met;
        if (left.Forms.Count == 0 || right.Forms.Count == 0)
            return FormAgreement.OneMissing;
        var alike = left.Forms.Any(one => right.Forms.Any(other => one.Kind == other.Kind && !one.Countries.Intersect(other.Countries).Any()));
        return alike ? FormAgreement.Alike : FormAgreement.Different;
    }

    private double OfForm(FormAgreement agreement, CompanyName left, CompanyName right, WordPairing pairing)
    {
        var (formless, outcomes) = (vocabulary.FormlessChance, pairing.Outcomes);
        switch (agreement)
        {
            case FormAgreement.Neither:
                return -Math.Log(formless);
            case FormAgreement.Same:
                outcomes.FormKept++;
                var same = left.Forms.Intersect(right.Forms).Min(form => vocabulary.FormChance(form.Code));
                return _evidence.OfSameForm(same);
            case FormAgreement.Misspelled:
                outcomes.FormMisspelled++;
                return _evidence.OfMisspelledForm(pairing.SlippedFormChance);
            case FormAgreement.OneMissing:
                outcomes.FormDropped++;
                return _evidence.OfDroppedForm(formless);
            case FormAgreement.Alike:
                outcomes.FormAlike++;
                return _evidence.OfChangedForm(alike: true);
            default:
                outcomes.FormChanged++;
                return _evidence.OfChangedForm(alike: false);
        }
    }
}
