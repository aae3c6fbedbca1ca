using SegFunctions.Customers.Identity.Comparing;

namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>Learns from unlabelled pairs how records of one person, of one household and of strangers agree.</summary>
/// <remarks>
/// The model of I. Fellegi and A. Sunter ("A Theory for Record Linkage", JASA 64, 1969) with three latent classes instead of two, as
/// M. Larsen and D. Rubin ("Iterative Automated Record Linkage Using Mixture Models", JASA 96, 2001) found necessary: people of one
/// household agree in half of everything, and a model of matches and strangers alone takes them for matches. Fitted by expectation
/// maximisation (Dempster, Laird, Rubin 1977; for linkage W. Winkler, "Using the EM Algorithm for Weight Computation…", ASA 1988).
/// Pairs outside the candidates count as strangers, so shares are of all pairs and no blocking rule distorts them; what strangers
/// agree in comes from random pairs, less what the other classes explain. Dirichlet counts hold small tables to what is usual.
/// </remarks>
internal static class Expectation
{
    private const int Rounds = 60;
    private const double Converged = 1e-4;

    // What is usual weighs as much as so many pairs.
    private const double UsualPairs = 12;

    // No level is impossible: not even a million pairs without it prove that.
    private const double SmallestShare = 1e-4;

    // A slip in what a household shares is at least so likely as within one person's records.
    private const double LeastAtHome = 0.25;

    // For each pair that is one company there is about half a pair of one house.
    private const double RelatedPerOne = 0.5;

    // Two or three records have as many pairs as a table would have doubles: something must be left for strangers.
    private const double MostOne = 0.3;
    private const double MostKin = 0.3;

    // Pairs of strangers that a level is taken to have when none was seen.
    private const double UnseenPairs = 0.3;

    /// <param name="comparisons">The comparisons by which the pairs were described.</param>
    /// <param name="patterns">The candidates, alike ones together.</param>
    /// <param name="weights">Pairs of each pattern.</param>
    /// <param name="allPairs">Pairs there are, candidates or not.</param>
    /// <param name="random">(comparisons × levels): shares among random pairs, silence included.</param>
    /// <param name="kin">Who else than strangers pairs must be told from.</param>
    /// <param name="startingPairs">Pairs of one person to start from.</param>
    public static LinkParameters Fit(IReadOnlyList<ComparedField> comparisons, ReadOnlySpan<Agreement> patterns, ReadOnlySpan<double> weights, double allPairs, double[][] random, Kin kin, double startingPairs, CancellationToken cancellationToken = default)
    {
        var totals = Totals(comparisons, patterns, weights, allPairs, random);
        var parameters = Start(comparisons, totals, allPairs, kin, startingPairs);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = Step(comparisons, patterns, weights, allPairs, totals, parameters, kin);
            var moved = Math.Abs(Math.Log(next.OneShare / parameters.OneShare));
            parameters = next;
            if (round > 8 && moved < Converged)
                break;
        }

        return parameters;
    }

    /// <summary>Pairs of each level among all pairs: by the random ones, and at least the candidates that have it.</summary>
    private static double[][] Totals(IReadOnlyList<ComparedField> comparisons, ReadOnlySpan<Agreement> patterns, ReadOnlySpan<double> weights, double allPairs, double[][] random)
    {
        var totals = comparisons.Select(one => new double[one.Levels.Length]).ToArray();
        for (var at = 0; at < patterns.Length; at++)
        {
            for (var comparison = 0; comparison < totals.Length; comparison++)
                totals[comparison][patterns[at].Level(comparison)] += weights[at];
        }

        for (var comparison = 0; comparison < totals.Length; comparison++)
        {
            for (var level = 0; level < totals[comparison].Length; level++)
                totals[comparison][level] = Math.Max(totals[comparison][level], random[comparison][level] * allPairs);
        }

        return totals;
    }

    private static LinkParameters Start(IReadOnlyList<ComparedField> comparisons, double[][] totals, double allPairs, Kin kin, double startingPairs)
    {
        var none = comparisons.Select(one => new double[one.Levels.Length]).ToArray();
        var one = comparisons.Select(field => Shares(field, [], level => level.One)).ToArray();
        var strangers = comparisons.Select((field, at) => StrangerShares(field, totals[at], none[at], one[at])).ToArray();
        return new LinkParameters(one, HomeShares(comparisons, none, one, strangers, kin), strangers)
        {
            OneShare = Math.Min(MostOne, startingPairs / allPairs),
            HomeShare = KinShare(kin, startingPairs / allPairs, startingPairs / allPairs),
        };
    }

    private static LinkParameters Step(IReadOnlyList<ComparedField> comparisons, ReadOnlySpan<Agreement> patterns, ReadOnlySpan<double> weights, double allPairs, double[][] totals, LinkParameters parameters, Kin kin)
    {
        var score = new PairScore(comparisons, parameters);
        var one = comparisons.Select(field => new double[field.Levels.Length]).ToArray();
        var home = comparisons.Select(field => new double[field.Levels.Length]).ToArray();
        double oneSum = 0;
        double homeSum = 0;
        for (var at = 0; at < patterns.Length; at++)
        {
            var (asOne, asHome) = score.Posterior(patterns[at]);
            asOne *= weights[at];
            asHome *= weights[at];
            oneSum += asOne;
            homeSum += asHome;
            for (var comparison = 0; comparison < one.Length; comparison++)
            {
                var level = patterns[at].Level(comparison);
                one[comparison][level] += asOne;
                home[comparison][level] += asHome;
            }
        }

        var oneShare = Math.Min(MostOne, Math.Max(oneSum, 0.5) / allPairs);
        // Outlets with their addresses and companies that stand there twice would learn from each other what they are not.
        var ones = comparisons.Select((field, at) => Shares(field, kin == Kin.Outlets && field.IsPlace ? [] : one[at], level => level.One)).ToArray();
        Bound(comparisons, ones);
        var strangers = comparisons.Select((field, at) => StrangerShares(field, totals[at], [.. one[at].Zip(home[at], (left, right) => left + right)], ones[at])).ToArray();
        return new LinkParameters(ones, HomeShares(comparisons, home, ones, strangers, kin), strangers)
        {
            OneShare = oneShare,
            HomeShare = KinShare(kin, oneShare, homeSum / allPairs),
        };
    }

    private static double KinShare(Kin kin, double oneShare, double found) => kin switch
    {
        Kin.Home => Math.Clamp(found, Math.Min(MostKin, oneShare / 10), MostKin),
        Kin.House or Kin.Outlets => Math.Min(MostKin, oneShare * RelatedPerOne),
        _ => 0,
    };

    private static double[] Shares(ComparedField field, double[] counts, Func<ComparisonLevel, double> usual)
    {
        var shares = new double[field.Levels.Length];
        if (field.IsFixed)
        {
            Array.Fill(shares, 1);
            return shares;
        }

        for (var level = 1; level < shares.Length; level++)
        {
            shares[level] = Math.Max(SmallestShare, usual(field.Levels[level])) * UsualPairs;
            if (counts.Length > 0)
                shares[level] += counts[level];
        }

        var sums = SumOfGroup(field, shares);
        for (var level = 1; level < shares.Length; level++)
            shares[level] = Math.Max(SmallestShare, shares[level] / sums[level]);
        shares[Comparison.Silent] = 1;
        return shares;
    }

    private static void Bound(IReadOnlyList<ComparedField> comparisons, double[][] ones)
    {
        for (var comparison = 0; comparison < ones.Length; comparison++)
        {
            for (var level = 1; level < ones[comparison].Length; level++)
                ones[comparison][level] = Math.Clamp(ones[comparison][level], comparisons[comparison].Levels[level].LeastOfOne, comparisons[comparison].Levels[level].MostOfOne);
        }
    }

    /// <summary>
    /// What people of a household share, and how. That something is spelled otherwise, or differs, speaks little for one person
    /// rather than two: records of two people are corrupted as well.
    /// </summary>
    private static double[][] HomeShares(IReadOnlyList<ComparedField> comparisons, double[][] counts, double[][] ones, double[][] strangers, Kin kin)
    {
        var shares = new double[comparisons.Count][];
        for (var at = 0; at < shares.Length; at++)
        {
            var field = comparisons[at];
            if (kin == Kin.Outlets && field.IsPlace)
            {
                shares[at] = Shares(field, [], level => level.Outlet);
                continue;
            }

            shares[at] = field.IsShared ? Shares(field, counts[at], level => level.Home) : strangers[at];
            if (!field.IsShared || field.IsFixed)
                continue;
            for (var level = Comparison.Silent + 2; level < shares[at].Length; level++)
                shares[at][level] = Math.Max(shares[at][level], ones[at][level] * (level == shares[at].Length - 1 ? 1 : LeastAtHome));
        }

        return shares;
    }

    private static double[] StrangerShares(ComparedField field, double[] totals, double[] taken, double[] ones)
    {
        var shares = new double[totals.Length];
        for (var level = 1; level < shares.Length; level++)
            shares[level] = Math.Max(UnseenPairs, totals[level] - taken[level]);
        var sums = SumOfGroup(field, shares);
        for (var level = 0; level < shares.Length; level++)
        {
            if (field.Levels[level].IsManner)
                shares[level] = ones[level];
            else
                shares[level] = level == Comparison.Silent || field.IsFixed || field.Levels[level].ByFrequency ? 1 : shares[level] / sums[level];
        }

        return shares;
    }

    /// <summary>For each level the sum over the levels of its group, silence aside.</summary>
    private static double[] SumOfGroup(ComparedField field, double[] shares)
    {
        var sums = new double[shares.Length];
        for (var level = 1; level < shares.Length; level++)
        {
            for (var other = 1; other < shares.Length; other++)
                sums[level] += field.Levels[other].Group == field.Levels[level].Group ? shares[other] : 0;
        }

        return sums;
    }
}
