namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What two words say about their names being one, in nats: ln P(as found | one company) − ln P(as found | two).</summary>
/// <remarks>
/// The chances of one company are set by hand from how names get written: of ten words eight stay, one or two are misspelled, some
/// are left out. Those of two companies come from the table (how common a word is) and from how near words of names lie to each other.
/// No name of any one table went into them.
/// </remarks>
internal static class EvidenceOfWords
{
    /// <summary>Nothing that could be said.</summary>
    public const double None = double.NegativeInfinity;

    private const double Kept = 0.8;
    private const double Abbreviated = 0.03;
    private const double Initials = 0.03;
    private const double Merged = 0.1;

    // Nats that a first letter tells: words begin alike more often than 26 letters would have it.
    private const double LettersTell = 1.5;

    // Chance that a word of one company is written with so many slips.
    private static readonly double[] Misspelled = [Kept, 0.14, 0.04, 0.012];

    // Chance that words of two companies lie so near, by the length of the longer from 0: about twice what surnames show.
    // It halves with every further letter.
    private static readonly double[][] Near =
    [
        [1, 0.05, 0.01, 0.003, 0.001, 0.0005, 0.0002, 0.0001],
        [1, 1, 0.1, 0.01, 0.003, 0.0015, 0.0008, 0.0005, 0.00025, 0.00015, 0.0001],
        [1, 1, 1, 0.1, 0.03, 0.012, 0.005, 0.002, 0.001, 0.0006, 0.0004, 0.0002],
        [1, 1, 1, 1, 0.3, 0.1, 0.04, 0.015, 0.006, 0.003, 0.0015, 0.0008, 0.0004],
    ];

    private const double NearestChance = 1e-7;

    // Both spellings stand in other names too: slips repeat rarely.
    private static readonly double[] BothKnown = [1, 1, 0.5, 0.25, 0.15];

    /// <summary>Slips that two words of these lengths may differ by and still be worth comparing.</summary>
    public static int MostSlips(int length) => length switch
    {
        <= 2 => 0,
        <= 4 => 1,
        <= 7 => 2,
        _ => 3,
    };

    public static double OfEqual(double chance) => Math.Log(Kept / chance);

    /// <param name="slips">Letters that differ; at least 1, at most 3.</param>
    /// <param name="length">Of the longer word.</param>
    /// <param name="commoner">Chance of the more common of the two words.</param>
    /// <param name="known">How many names hold the rarer of the two.</param>
    public static double OfMisspelled(int slips, int length, double commoner, int known)
    {
        var chance = Math.Max(NearChance(slips, length), commoner);
        return Math.Log(Misspelled[slips] * BothKnown[Math.Clamp(known, 0, BothKnown.Length - 1)] / chance);
    }

    /// <summary>Two words in one, or one in two.</summary>
    /// <param name="slips">Letters that differ besides; at least 0, at most 3.</param>
    /// <param name="length">Of the whole.</param>
    /// <param name="apart">Chance that another name has both words.</param>
    public static double OfMerged(int slips, int length, double apart) =>
        Math.Log(Merged * Misspelled[slips] / Math.Max(NearChance(slips, length), apart));

    /// <summary>A word cut short: its first letters are about as telling as the number of words that begin so.</summary>
    /// <param name="letters">That are left.</param>
    /// <param name="known">How many names hold the short form.</param>
    public static double OfAbbreviated(int letters, int known) =>
        Math.Log(Abbreviated * BothKnown[Math.Clamp(known, 0, BothKnown.Length - 1)]) + (LettersTell * letters);

    public static double OfInitials(int letters) => Math.Log(Initials) + (2.2 * letters);

    /// <summary>Names drop words everyone uses more readily than those that name them.</summary>
    public static double OfMissing(CompanyTokenClass kind, double surprise) => kind switch
    {
        CompanyTokenClass.Core => -(0.7 + (0.3 * surprise)),
        CompanyTokenClass.Number => -3,
        CompanyTokenClass.Place => -1.3,
        CompanyTokenClass.Descriptor => -1,
        CompanyTokenClass.Filler => -0.1,
        _ => 0,
    };

    private static double NearChance(int slips, int length)
    {
        var near = Near[slips];
        return length < near.Length ? near[length] : Math.Max(NearestChance, near[^1] * Math.Pow(0.5, length - near.Length + 1));
    }
}
