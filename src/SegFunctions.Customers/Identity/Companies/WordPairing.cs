namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Pairs the words of two names one to one, the most telling pair first.</summary>
internal sealed class WordPairing
{
    // Stands where the blank was between two words; no letter is it.
    private const string Gap = "\0";

    private readonly CompanyProfile _left;
    private readonly CompanyProfile _right;
    private readonly CompanyVocabulary _vocabulary;
    private readonly WordEvidence _evidence;
    private readonly bool[] _leftTaken;
    private readonly bool[] _rightTaken;
    private double _agreeing;

    private WordPairing(CompanyProfile left, CompanyProfile right, CompanyVocabulary vocabulary, WordEvidence evidence)
    {
        _left = left;
        _right = right;
        _vocabulary = vocabulary;
        _evidence = evidence;
        _leftTaken = new bool[left.Words];
        _rightTaken = new bool[right.Words];
    }

    /// <summary>The evidence of the words in nats, without that of legal forms that met or did not.</summary>
    public double Weight { get; private set; }

    /// <summary>How the words came out.</summary>
    public OutcomeCounts Outcomes { get; } = new();

    /// <summary>How legal forms met: <see cref="FormAgreement.Same"/>, <see cref="FormAgreement.Misspelled"/>, or null where none did.</summary>
    public FormAgreement? Form { get; private set; }

    /// <summary>Where forms met by a slip: chance that another name has a form from which such a slip leads there.</summary>
    public double SlippedFormChance { get; private set; }

    /// <summary>Whether one name has a naming word, and no common one, that the other lacks.</summary>
    public bool LacksName { get; private set; }

    /// <summary>Classes of which the names have words without partner.</summary>
    public MissingWords Missing { get; } = new();

    /// <summary>Share in [0, 1] of the naming words that agree.</summary>
    public double Similarity
    {
        get
        {
            var all = Naming(_left) + Naming(_right);
            return all > 0 ? Math.Min(1, _agreeing / all) : 1;
        }
    }

    /// <summary>The pairing that says most for one company, of those with and without merged words.</summary>
    public static WordPairing Best(CompanyProfile left, CompanyProfile right, CompanyVocabulary vocabulary, WordEvidence evidence)
    {
        var plain = new WordPairing(left, right, vocabulary, evidence);
        var found = plain.Find();
        var merged = found.Exists(pairing => pairing.Outcome == Outcome.Merged) ? new WordPairing(left, right, vocabulary, evidence) : null;
        plain.Take(found.Where(pairing => pairing.Outcome != Outcome.Merged));
        merged?.Take(found);
        return merged?.Weight > plain.Weight ? merged : plain;
    }

    private List<Pairing> Find()
    {
        var found = new List<Pairing>();
        for (var left = 0; left < _left.Texts.Length; left++)
        {
            for (var right = 0; right < _right.Texts.Length; right++)
            {
                if (Compare(left, right) is { } pairing)
                    Add(found, pairing);
            }
        }

        AddInitials(found, _left, _right, false);
        AddInitials(found, _right, _left, true);
        found.Sort();
        return found;
    }

    private void Take(IEnumerable<Pairing> pairings)
    {
        foreach (var pairing in pairings)
            Take(pairing);
        Missing.LeftCountry = Leave(_left, _leftTaken, Missing.Left);
        Missing.RightCountry = Leave(_right, _rightTaken, Missing.Right);
    }

    private Pairing? Compare(int left, int right)
    {
        var (leftWords, rightWords) = (Words(_left, left), Words(_right, right));
        if (leftWords.Count > 1 && rightWords.Count > 1)
            return null;
        var (leftText, rightText) = (_left.Texts[left], _right.Texts[right]);
        if (leftWords.Count > 1 || rightWords.Count > 1)
            return CompareMerged(leftText, rightText, leftWords, rightWords);
        var (leftClass, rightClass) = (_left.Classes[left], _right.Classes[right]);
        if (leftClass == CompanyTokenClass.Form || rightClass == CompanyTokenClass.Form)
            return CompareForms(left, right);
        if (leftClass == CompanyTokenClass.Filler || rightClass == CompanyTokenClass.Filler)
            return IsSlipOfFiller(leftText, rightText) ? new Pairing(0, leftWords, rightWords, Outcome.Filler) : null;
        if (leftText == rightText)
            return new Pairing(_evidence.OfEqual(_left.EqualChance[left]), leftWords, rightWords, Outcome.Slips);
        if (leftClass == CompanyTokenClass.Number || rightClass == CompanyTokenClass.Number)
            return null;
        var length = Math.Max(leftText.Length, rightText.Length);
        var most = WordEvidence.MostSlips(length);
        var slips = WordDistance.Between(leftText, rightText, most);
        if (slips <= most)
        {
            var commoner = Math.Max(_left.NearChance[left], _right.NearChance[right]);
            var known = Math.Min(_left.Counts[left], _right.Counts[right]);
            var weight = _evidence.OfMisspelled(slips, length, commoner, known) + WordEvidence.OfDamage(slips, length, _left.Damage[left], _right.Damage[right]);
            return new Pairing(weight, leftWords, rightWords, Outcome.Slips, slips, 1 - ((double)slips / length));
        }

        return CompareShortened(left, right);
    }

    private Pairing? CompareShortened(int left, int right)
    {
        var (leftText, rightText) = (_left.Texts[left], _right.Texts[right]);
        var (brief, full) = leftText.Length < rightText.Length ? (leftText, rightText) : (rightText, leftText);
        if (brief.Length < 3 || full.Length < brief.Length + 2 || !full.StartsWith(brief, StringComparison.Ordinal))
            return null;
        var known = leftText.Length < rightText.Length ? _left.Counts[left] : _right.Counts[right];
        // Beyond five letters there are few words more that begin so.
        return new Pairing(_evidence.OfShortened(Math.Min(brief.Length, 5), known), Words(_left, left), Words(_right, right), Outcome.Shortened, 0, 0.7);
    }

    private Pairing? CompareForms(int left, int right)
    {
        var (leftText, rightText) = (_left.Texts[left], _right.Texts[right]);
        var bothForms = _left.Classes[left] == _right.Classes[right];
        // Their evidence is told once for the whole name: here only who meets whom.
        if (leftText == rightText)
            return bothForms ? new Pairing(0, Words(_left, left), Words(_right, right), Outcome.Form) : null;
        if (bothForms || Math.Max(leftText.Length, rightText.Length) > 5)
            return null;
        var isSlip = Math.Max(leftText.Length, rightText.Length) >= 3
            && (WordDistance.Between(leftText, rightText, 1) == 1 || (leftText[0] == rightText[0] && Math.Max(leftText.Length, rightText.Length) == 3));
        return isSlip ? new Pairing(0, Words(_left, left), Words(_right, right), Outcome.MisspelledForm) : null;
    }

    private Pairing? CompareMerged(string leftText, string rightText, WordRange left, WordRange right)
    {
        var (profile, words, whole, parts) = left.Count > 1 ? (_left, left, rightText, leftText) : (_right, right, leftText, rightText);
        var length = Math.Max(whole.Length, parts.Length);
        if (Math.Abs(whole.Length - parts.Length) > WordEvidence.LargestSlips)
            return null;
        var most = Math.Min(WordEvidence.MostSlips(length), length / 5);
        var slips = WordDistance.Between(whole, parts, most);
        // A letter may have come to stand for the blank itself.
        if (slips > 0 && whole.Length > profile.Texts[words.Start].Length)
            slips = Math.Min(slips, WordDistance.Between(whole, profile.Texts[words.Start] + Gap + profile.Texts[words.Start + 1], most + 1) - 1);
        // "Bau 1" is no slip of "Bau".
        if (slips > most || (slips != 0 && Has(profile, words, CompanyTokenClass.Number)))
            return null;
        var weight = _evidence.OfMerged(Math.Max(0, slips), length, Math.Exp(-profile.Surprise[words.Start] - profile.Surprise[words.Start + 1]));
        return new Pairing(weight, left, right, Outcome.Merged, slips, 1 - ((double)slips / length));
    }

    // "IBM" and "International Business Machines".
    private void AddInitials(List<Pairing> found, CompanyProfile brief, CompanyProfile full, bool swapped)
    {
        for (var at = 0; at < brief.Words; at++)
        {
            var initials = brief.Texts[at];
            if (brief.Classes[at] != CompanyTokenClass.Core || initials.Length is < 2 or > 6)
                continue;
            for (var start = 0; start + initials.Length <= full.Words; start++)
            {
                if (!AreInitials(initials, full, start))
                    continue;
                var (one, several) = (new WordRange(at, 1), new WordRange(start, initials.Length));
                var weight = _evidence.OfInitials(initials.Length);
                Add(found, swapped ? new Pairing(weight, several, one, Outcome.Shortened, 0, 0.8) : new Pairing(weight, one, several, Outcome.Shortened, 0, 0.8));
            }
        }
    }

    private static bool AreInitials(string initials, CompanyProfile full, int start)
    {
        for (var at = 0; at < initials.Length; at++)
        {
            var word = full.Texts[start + at];
            if (word.Length < 2 || word[0] != initials[at] || full.Classes[start + at] == CompanyTokenClass.Form)
                return false;
        }

        return true;
    }

    // A pair is worth what it says, and what the two words alone would say against.
    private void Add(List<Pairing> found, Pairing pairing)
    {
        var gain = pairing.Weight - Alone(_left, pairing.Left) - Alone(_right, pairing.Right);
        if (pairing.Outcome is Outcome.Form or Outcome.MisspelledForm)
            gain += 1;
        if (gain > 0)
            found.Add(pairing with { Gain = gain });
    }

    private double Alone(CompanyProfile profile, WordRange words)
    {
        var weight = 0.0;
        for (var at = words.Start; at < words.Start + words.Count; at++)
            weight += _evidence.OfMissing(profile.Classes[at], profile.Surprise[at]);
        return weight;
    }

    private void Take(Pairing pairing)
    {
        if (_leftTaken.AsSpan(pairing.Left.Start, pairing.Left.Count).Contains(true) || _rightTaken.AsSpan(pairing.Right.Start, pairing.Right.Count).Contains(true))
            return;
        Weight += pairing.Weight;
        var core = Take(_left, _leftTaken, pairing.Left, pairing.Alike) | Take(_right, _rightTaken, pairing.Right, pairing.Alike);
        if (pairing.Outcome == Outcome.Form)
            Form = FormAgreement.Same;
        else if (pairing.Outcome == Outcome.MisspelledForm)
            Slip(pairing);
        else if (core && pairing.Outcome == Outcome.Slips)
            Outcomes.Slips[pairing.Slips]++;
        else if (core && pairing.Outcome == Outcome.Merged)
            Outcomes.Merged++;
        else if (core && pairing.Outcome == Outcome.Shortened)
            Outcomes.Shortened++;
        if (pairing.Outcome == Outcome.Merged && (Has(_left, pairing.Left, CompanyTokenClass.Form) || Has(_right, pairing.Right, CompanyTokenClass.Form)))
            Slip(pairing);
    }

    private void Slip(Pairing pairing)
    {
        if (Form is not null)
            return;
        Form = FormAgreement.Misspelled;
        var leftIsForm = Has(_left, pairing.Left, CompanyTokenClass.Form);
        var (form, slip) = leftIsForm ? (_left.Texts[pairing.Left.Start + pairing.Left.Count - 1], pairing.Right) : (_right.Texts[pairing.Right.Start + pairing.Right.Count - 1], pairing.Left);
        SlippedFormChance = pairing.Outcome == Outcome.MisspelledForm
            ? _vocabulary.FormChanceNear((leftIsForm ? _right : _left).Texts[slip.Start])
            : _vocabulary.FormChance(form);
    }

    private bool Take(CompanyProfile profile, bool[] taken, WordRange words, double alike)
    {
        var core = false;
        for (var at = words.Start; at < words.Start + words.Count; at++)
        {
            taken[at] = true;
            if (profile.Classes[at] != CompanyTokenClass.Core)
                continue;
            core = true;
            _agreeing += alike * profile.Surprise[at];
        }

        return core;
    }

    /// <summary>Weighs the words without partner; tells whether a country is among them.</summary>
    private bool Leave(CompanyProfile profile, bool[] taken, bool[] missing)
    {
        var country = false;
        for (var at = 0; at < taken.Length; at++)
        {
            if (taken[at])
                continue;
            var kind = profile.Classes[at];
            Weight += _evidence.OfMissing(kind, profile.Surprise[at]);
            missing[(int)kind] = true;
            country |= kind == CompanyTokenClass.Place && CompanyPlaces.IsCountry(profile.Texts[at]);
            if (kind != CompanyTokenClass.Core)
                continue;
            Outcomes.Dropped++;
            LacksName |= !CompanyWords.Common.Contains(profile.Texts[at]);
        }

        return country;
    }

    private static bool IsSlipOfFiller(string left, string right) =>
        left == right || (Math.Max(left.Length, right.Length) <= 4 && WordDistance.Between(left, right, 1) <= 1);

    private static WordRange Words(CompanyProfile profile, int unit) => unit < profile.Words ? new WordRange(unit, 1) : new WordRange(unit - profile.Words, 2);

    private static bool Has(CompanyProfile profile, WordRange words, CompanyTokenClass kind) => profile.Classes.AsSpan(words.Start, words.Count).Contains(kind);

    private static double Naming(CompanyProfile profile)
    {
        var sum = 0.0;
        for (var at = 0; at < profile.Words; at++)
        {
            if (profile.Classes[at] == CompanyTokenClass.Core)
                sum += profile.Surprise[at];
        }

        return sum;
    }

    private enum Outcome
    {
        Slips,
        Merged,
        Shortened,
        Form,
        MisspelledForm,
        Filler,
    }

    private readonly record struct WordRange(int Start, int Count);

    private readonly record struct Pairing(double Weight, WordRange Left, WordRange Right, Outcome Outcome, int Slips = 0, double Alike = 1, double Gain = 0) : IComparable<Pairing>
    {
        public int CompareTo(Pairing other)
        {
            var order = other.Gain.CompareTo(Gain);
            if (order == 0)
                order = Left.Start.CompareTo(other.Left.Start);
            if (order == 0)
                order = Left.Count.CompareTo(other.Left.Count);
            if (order == 0)
                order = Right.Start.CompareTo(other.Right.Start);
            return order != 0 ? order : Right.Count.CompareTo(other.Right.Count);
        }
    }
}
