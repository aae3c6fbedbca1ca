namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Pairs the words of two names one to one, the most telling pair first.</summary>
internal sealed class WordPairing
{
    private static readonly double FormMisspelled = Math.Log(0.15 / 0.03);
    private static readonly double FormUnreadable = Math.Log(0.05 / 0.1);

    private readonly CompanyProfile _left;
    private readonly CompanyProfile _right;
    private readonly CompanyVocabulary _vocabulary;
    private readonly bool[] _leftTaken;
    private readonly bool[] _rightTaken;
    private double _agreeing;

    public WordPairing(CompanyProfile left, CompanyProfile right, CompanyVocabulary vocabulary)
    {
        _left = left;
        _right = right;
        _vocabulary = vocabulary;
        _leftTaken = new bool[left.Words];
        _rightTaken = new bool[right.Words];
    }

    /// <summary>Whether a legal form of one name met itself, or what a slip made of it, in the other.</summary>
    public bool FormsPaired { get; private set; }

    /// <summary>Share in [0, 1] of the naming words that agree.</summary>
    public double Similarity
    {
        get
        {
            var all = Naming(_left) + Naming(_right);
            return all > 0 ? Math.Min(1, _agreeing / all) : 1;
        }
    }

    /// <summary>What the pairs say together, in nats.</summary>
    public double Pair()
    {
        var found = new List<Pairing>();
        for (var left = 0; left < _left.Texts.Length; left++)
        {
            for (var right = 0; right < _right.Texts.Length; right++)
            {
                if (Compare(left, right) is { } pairing)
                    found.Add(pairing);
            }
        }

        AddInitials(found, _left, _right, false);
        AddInitials(found, _right, _left, true);
        found.Sort();
        var weight = 0.0;
        foreach (var pairing in found)
        {
            if (IsTaken(_leftTaken, pairing.Left) || IsTaken(_rightTaken, pairing.Right))
                continue;
            Take(_left, _leftTaken, pairing.Left, pairing.Alike);
            Take(_right, _rightTaken, pairing.Right, pairing.Alike);
            weight += pairing.Weight;
            FormsPaired |= pairing.OfForms;
        }

        return weight;
    }

    /// <summary>What the words without partner say, in nats.</summary>
    public double Unpaired(out MissingWords missing)
    {
        missing = new MissingWords();
        var weight = 0.0;
        weight += Unpaired(_left, _leftTaken, missing.Left);
        weight += Unpaired(_right, _rightTaken, missing.Right);
        return weight;
    }

    private static double Unpaired(CompanyProfile profile, bool[] taken, bool[] missing)
    {
        var weight = 0.0;
        for (var at = 0; at < taken.Length; at++)
        {
            if (taken[at])
                continue;
            weight += profile.Missing[at];
            missing[(int)profile.Classes[at]] = true;
        }

        return weight;
    }

    private Pairing? Compare(int left, int right)
    {
        var (leftWords, rightWords) = (Words(_left, left), Words(_right, right));
        var isMerged = leftWords.Count > 1 || rightWords.Count > 1;
        if (leftWords.Count > 1 && rightWords.Count > 1)
            return null;
        var (leftText, rightText) = (_left.Texts[left], _right.Texts[right]);
        var (leftClass, rightClass) = (_left.Classes[leftWords.Start], _right.Classes[rightWords.Start]);
        if (!isMerged && leftClass == CompanyTokenClass.Form && rightClass == CompanyTokenClass.Form)
            return leftText == rightText ? new Pairing(0, 0, leftWords, rightWords, 1, true) : null;
        var length = Math.Max(leftText.Length, rightText.Length);
        if (isMerged)
            return CompareMerged(left, right, leftWords, rightWords, length);
        if (leftClass == CompanyTokenClass.Filler || rightClass == CompanyTokenClass.Filler)
            return leftText == rightText || (length <= 4 && WordDistance.Between(leftText, rightText, 1) <= 1) ? Make(0, leftWords, rightWords, 0, false) : null;
        if (leftText == rightText)
            return Make(EvidenceOfWords.OfEqual(_vocabulary.Chance(leftText, 2)), leftWords, rightWords, 1, false);
        if (leftClass == CompanyTokenClass.Number || rightClass == CompanyTokenClass.Number)
            return null;
        if (leftClass == CompanyTokenClass.Form || rightClass == CompanyTokenClass.Form)
        {
            if (length > 5)
                return null;
            if (length >= 3 && WordDistance.Between(leftText, rightText, 1) == 1)
                return Make(FormMisspelled, leftWords, rightWords, 0, true);
            return leftText[0] == rightText[0] && length <= 3 ? Make(FormUnreadable, leftWords, rightWords, 0, true) : null;
        }

        var most = EvidenceOfWords.MostSlips(length);
        var slips = WordDistance.Between(leftText, rightText, most);
        if (slips <= most)
        {
            var commoner = Math.Max(_vocabulary.Chance(leftText, 1), _vocabulary.Chance(rightText, 1));
            var known = Math.Min(_left.Counts[left], _right.Counts[right]);
            return Make(EvidenceOfWords.OfMisspelled(slips, length, commoner, known), leftWords, rightWords, 1 - ((double)slips / length), false);
        }

        var isCut = Math.Min(leftText.Length, rightText.Length) is var shorter && shorter >= 3 && length >= shorter + 2
            && (leftText.StartsWith(rightText, StringComparison.Ordinal) || rightText.StartsWith(leftText, StringComparison.Ordinal));
        if (!isCut)
            return null;
        var shortKnown = leftText.Length < rightText.Length ? _left.Counts[left] : _right.Counts[right];
        return Make(EvidenceOfWords.OfAbbreviated(Math.Min(shorter, 5), shortKnown), leftWords, rightWords, 0.7, false);
    }

    private Pairing? CompareMerged(int left, int right, WordRange leftWords, WordRange rightWords, int length)
    {
        var most = Math.Min(EvidenceOfWords.MostSlips(length), 1 + (length / 6));
        var slips = WordDistance.Between(_left.Texts[left], _right.Texts[right], most);
        if (slips > most)
            return null;
        var (profile, words) = leftWords.Count > 1 ? (_left, leftWords) : (_right, rightWords);
        var weight = EvidenceOfWords.OfMerged(slips, length, Math.Exp(-profile.Surprise[words.Start] - profile.Surprise[words.Start + 1]));
        return Make(weight, leftWords, rightWords, 1 - ((double)slips / length), HasForm(profile, words));
    }

    // "IBM" and "International Business Machines".
    private static void AddInitials(List<Pairing> found, CompanyProfile brief, CompanyProfile full, bool swapped)
    {
        for (var at = 0; at < brief.Words; at++)
        {
            var initials = brief.Texts[at];
            if (brief.Classes[at] != CompanyTokenClass.Core || initials.Length is < 2 or > 6)
                continue;
            for (var start = 0; start + initials.Length <= full.Words; start++)
            {
                var fits = true;
                for (var letter = 0; letter < initials.Length && fits; letter++)
                    fits = full.Texts[start + letter].Length > 1 && full.Texts[start + letter][0] == initials[letter] && full.Classes[start + letter] is not CompanyTokenClass.Form;
                if (!fits)
                    continue;
                var weight = EvidenceOfWords.OfInitials(initials.Length);
                var gain = weight - brief.Missing[at];
                for (var letter = 0; letter < initials.Length; letter++)
                    gain -= full.Missing[start + letter];
                var (one, several) = (new WordRange(at, 1), new WordRange(start, initials.Length));
                found.Add(swapped ? new Pairing(gain, weight, several, one, 0.8, false) : new Pairing(gain, weight, one, several, 0.8, false));
            }
        }
    }

    private Pairing? Make(double weight, WordRange left, WordRange right, double alike, bool ofForms)
    {
        var gain = weight;
        for (var at = left.Start; at < left.Start + left.Count; at++)
            gain -= _left.Missing[at];
        for (var at = right.Start; at < right.Start + right.Count; at++)
            gain -= _right.Missing[at];
        return gain > 0 ? new Pairing(gain, weight, left, right, alike, ofForms) : null;
    }

    private void Take(CompanyProfile profile, bool[] taken, WordRange words, double alike)
    {
        for (var at = words.Start; at < words.Start + words.Count; at++)
        {
            taken[at] = true;
            if (profile.Classes[at] == CompanyTokenClass.Core)
                _agreeing += alike * profile.Surprise[at];
        }
    }

    private static WordRange Words(CompanyProfile profile, int unit) => unit < profile.Words ? new WordRange(unit, 1) : new WordRange(unit - profile.Words, 2);

    private static bool HasForm(CompanyProfile profile, WordRange words)
    {
        for (var at = words.Start; at < words.Start + words.Count; at++)
        {
            if (profile.Classes[at] == CompanyTokenClass.Form)
                return true;
        }

        return false;
    }

    private static bool IsTaken(bool[] taken, WordRange words) => taken.AsSpan(words.Start, words.Count).Contains(true);

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

    private readonly record struct WordRange(int Start, int Count);

    private readonly record struct Pairing(double Gain, double Weight, WordRange Left, WordRange Right, double Alike, bool OfForms) : IComparable<Pairing>
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
