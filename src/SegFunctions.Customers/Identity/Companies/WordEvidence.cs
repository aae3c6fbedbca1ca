namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What two words say about their names being one, in nats: ln P(as found | one company) − ln P(as found | two).</summary>
/// <remarks>
/// The chances of one company are the <see cref="WordRates"/>. Those of two come from how common a word is in the table, and from how
/// near words of names lie to each other.
/// </remarks>
internal sealed class WordEvidence(WordRates rates)
{
    /// <summary>More slips make another word.</summary>
    public const int LargestSlips = 3;

    // Nats that a letter at a beginning tells: words begin alike more often than 26 letters would have it.
    private const double BeginningTells = 1.5;
    private const double InitialTells = 2.2;

    private const double SmallestChance = 1e-7;

    // A form that nobody else has is none: a word that looks like a form at a slip's distance is rare in names.
    private const double LooksLikeForm = 0.005;

    // Words that name nothing are dropped more readily; the rate of drops is that of words so surprising.
    private const double UsualSurprise = 6.5;
    private const double SurpriseKeeps = 0.3;

    // Chance that words of two companies lie so near, by the length of the longer from 0: about twice what surnames show.
    // It halves with every further letter.
    private static readonly double[][] Near =
    [
        [1, 0.05, 0.01, 0.003, 0.001, 0.0005, 0.0002, 0.0001],
        [1, 1, 0.1, 0.008, 0.002, 0.0015, 0.0008, 0.0005, 0.00025, 0.00015, 0.0001],
        [1, 1, 1, 0.1, 0.03, 0.012, 0.005, 0.002, 0.001, 0.0006, 0.0004, 0.0002],
        [1, 1, 1, 1, 0.3, 0.1, 0.04, 0.015, 0.006, 0.003, 0.0015, 0.0008, 0.0004],
    ];

    // Both spellings stand in other names too: slips repeat rarely.
    private static readonly double[] BothKnown = [1, 1, 0.5, 0.25, 0.15];

    /// <summary>Slips that words of this length may differ by and still be worth comparing.</summary>
    public static int MostSlips(int length) => length switch
    {
        <= 2 => 0,
        <= 4 => 1,
        <= 7 => 2,
        _ => LargestSlips,
    };

    /// <param name="chance">Of the word, in another name.</param>
    public double OfEqual(double chance) => Math.Log(rates.Slips[0] / chance);

    /// <param name="slips">Letters that differ; at least 1, at most <see cref="LargestSlips"/>.</param>
    /// <param name="length">Of the longer word.</param>
    /// <param name="commoner">Chance of the more common of the two words.</param>
    /// <param name="known">How many names hold the rarer of the two.</param>
    public double OfMisspelled(int slips, int length, double commoner, int known) =>
        Math.Log(rates.Slips[slips] * Known(known) / Math.Max(NearChance(slips, length), commoner));

    /// <summary>
    /// Adds to <see cref="OfMisspelled"/> where letters plainly came to harm: the slip is where it must be, and words of two companies
    /// that differ in just that place are rarer than words that differ somewhere.
    /// </summary>
    /// <param name="left">Letters of one word that came to harm.</param>
    /// <param name="right">Of the other; where both have some, each may be as its company writes it.</param>
    public static double OfDamage(int slips, int length, int left, int right) =>
        left > 0 && right > 0 ? 0 : Math.Min(slips, Math.Max(left, right)) * Math.Log(length);

    /// <summary>Two words in one, or one in two.</summary>
    /// <param name="slips">Letters that differ besides; at least 0.</param>
    /// <param name="length">Of the whole.</param>
    /// <param name="apart">Chance that another name has both words.</param>
    public double OfMerged(int slips, int length, double apart) =>
        Math.Log(rates.Merged * rates.Slips[slips] / Math.Max(NearChance(slips, length), apart));

    /// <summary>A word cut short: its first letters are about as telling as the number of words that begin so.</summary>
    /// <param name="letters">That are left.</param>
    /// <param name="known">How many names hold the short form.</param>
    public double OfShortened(int letters, int known) => Math.Log(rates.Shortened * Known(known)) + (BeginningTells * letters);

    public double OfInitials(int letters) => Math.Log(rates.Shortened) + (InitialTells * letters);

    /// <summary>A word that one name alone has.</summary>
    /// <param name="surprise">Nats of it in another name.</param>
    public double OfMissing(CompanyTokenClass kind, double surprise) => kind switch
    {
        CompanyTokenClass.Core => Math.Log(rates.Dropped) + (SurpriseKeeps * (UsualSurprise - surprise)),
        CompanyTokenClass.Number => -3,
        CompanyTokenClass.Place => -1.3,
        CompanyTokenClass.Descriptor => -1,
        CompanyTokenClass.Filler => -0.1,
        _ => 0,
    };

    /// <param name="chance">Of the form, in another name.</param>
    public double OfSameForm(double chance) => Math.Log(rates.FormKept / chance);

    /// <summary>A form on one side; on the other what a slip may have made of it.</summary>
    /// <param name="chance">Of all forms from which the same slip leads there.</param>
    public double OfMisspelledForm(double chance) => Math.Log(rates.FormMisspelled / ((chance * rates.FormMisspelled) + LooksLikeForm));

    /// <param name="formless">Chance that another name has no form.</param>
    public double OfDroppedForm(double formless) => Math.Log(rates.FormDropped / formless);

    public double OfChangedForm(bool alike) => Math.Log(alike ? rates.FormAlike : rates.FormChanged);

    private static double Known(int names) => BothKnown[Math.Clamp(names, 0, BothKnown.Length - 1)];

    private static double NearChance(int slips, int length)
    {
        var near = Near[slips];
        return length < near.Length ? near[length] : Math.Max(SmallestChance, near[^1] * Math.Pow(0.5, length - near.Length + 1));
    }
}
