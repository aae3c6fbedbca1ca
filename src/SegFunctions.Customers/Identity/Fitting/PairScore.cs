using SegFunctions.Customers.Identity.Comparing;

namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>The odds that a pair is one person, from how it agrees.</summary>
/// <remarks>Fellegi and Sunter (1969), eq. 10: logarithms of likelihood ratios add up; here against households and strangers at once.</remarks>
internal sealed class PairScore
{
    private readonly double[] _one;
    private readonly double[] _home;
    private readonly double[] _strangers;
    private readonly int _count;

    public PairScore(IReadOnlyList<ComparedField> comparisons, LinkParameters parameters)
    {
        _count = comparisons.Count;
        _one = Logarithms(parameters.One);
        _home = Logarithms(parameters.Home);
        _strangers = Logarithms(parameters.Strangers);
        OnePrior = Math.Log2(parameters.OneShare);
        HomePrior = parameters.HomeShare > 0 ? Math.Log2(parameters.HomeShare) : double.NegativeInfinity;
        StrangerPrior = Math.Log2(parameters.StrangerShare);
    }

    public double OnePrior { get; }

    public double HomePrior { get; }

    public double StrangerPrior { get; }

    /// <summary>Log₂ of the odds that the pair is one.</summary>
    public double Bits(in Agreement agreement)
    {
        var (one, home, strangers) = Logarithms(agreement);
        return one - Sum(home, strangers);
    }

    /// <summary>How probable it is that the pair is one, and that it is two of one household.</summary>
    public (double One, double Home) Posterior(in Agreement agreement)
    {
        var (one, home, strangers) = Logarithms(agreement);
        var all = Sum(one, Sum(home, strangers));
        return (double.Exp2(one - all), double.Exp2(home - all));
    }

    /// <summary>Bits that one comparison adds: for being one rather than the likelier of the other two.</summary>
    public (double AgainstHome, double AgainstStrangers) Field(int comparison, int level, bool isShared, in Surprise surprise)
    {
        var at = (comparison * Agreement.MostLevels) + level;
        return (
            _one[at] - (_home[at] - (isShared ? 0 : surprise.PersonalAtHome)),
            _one[at] - (_strangers[at] - surprise.Shared - surprise.Personal));
    }

    /// <summary>How much likelier household than stranger the rest is: which of the two a pair must be told from.</summary>
    public bool IsLikelierHome(in Agreement agreement)
    {
        var (_, home, strangers) = Logarithms(agreement);
        return home > strangers;
    }

    public static double Probability(double bits) => 1 / (1 + double.Exp2(-bits));

    private static double Sum(double left, double right)
    {
        var (more, less) = left >= right ? (left, right) : (right, left);
        return double.IsNegativeInfinity(less) || more - less > 60 ? more : more + Math.Log2(1 + double.Exp2(less - more));
    }

    private (double One, double Home, double Strangers) Logarithms(in Agreement agreement)
    {
        var (one, home, strangers) = (OnePrior, HomePrior, StrangerPrior - agreement.Surprise.Shared - agreement.Surprise.Personal);
        home -= agreement.Surprise.PersonalAtHome;
        var levels = agreement.Levels;
        for (var at = 0; at < _count * Agreement.MostLevels; at += Agreement.MostLevels)
        {
            var level = at + (int)(levels & 15);
            one += _one[level];
            home += _home[level];
            strangers += _strangers[level];
            levels >>= 4;
        }

        return (one, home, strangers);
    }

    private static double[] Logarithms(double[][] shares)
    {
        var logarithms = new double[shares.Length * Agreement.MostLevels];
        for (var comparison = 0; comparison < shares.Length; comparison++)
        {
            for (var level = 0; level < shares[comparison].Length; level++)
                logarithms[(comparison * Agreement.MostLevels) + level] = Math.Log2(shares[comparison][level]);
        }

        return logarithms;
    }
}
