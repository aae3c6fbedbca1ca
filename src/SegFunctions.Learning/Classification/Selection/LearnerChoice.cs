namespace SegFunctions.Learning.Classification.Selection;

/// <summary>
/// Chooses by log-loss, and of those that are not worse than the best by more than one standard error of the difference, row by row,
/// the simplest (Breiman et al. 1984, section 3.4.3, on paired losses): the prior before one learner, that before a blend.
/// </summary>
internal static class LearnerChoice
{
    private static readonly double[] Shares = [0.5, 0.25, 0.75];

    /// <param name="rows">The judged rows that count.</param>
    public static ChosenLearner Choose(JudgedRows judged, int[] rows)
    {
        var settings = new int[judged.LogOdds.Length];
        var losses = new List<double[]> { judged.PriorLosses };
        for (var family = 0; family < settings.Length; family++)
        {
            var own = judged.LogOdds[family].Select((_, setting) => judged.LossesOf(family, setting)).ToList();
            settings[family] = SimplestGood(own, rows);
            losses.Add(own[settings[family]]);
        }

        var share = 0.0;
        if (settings.Length == 2)
        {
            var blends = Shares.Select(one => JudgedRows.Losses(ChosenLearner.Mix(judged.LogOdds[0][settings[0]], judged.LogOdds[1][settings[1]], one), judged.Positive)).ToList();
            // Halves unless another share is clearly better.
            var best = SimplestGood(blends, rows);
            share = Shares[best];
            losses.Add(blends[best]);
        }

        var chosen = SimplestGood(losses, rows);
        return chosen switch
        {
            0 => new ChosenLearner(settings, -1, 0),
            _ when chosen > settings.Length => new ChosenLearner(settings, -1, share),
            _ => new ChosenLearner(settings, chosen - 1, 0),
        };
    }

    /// <summary>The first of the list that is not worse than its best by more than one standard error of the difference.</summary>
    public static int SimplestGood(IReadOnlyList<double[]> losses, int[] rows)
    {
        var best = 0;
        var least = double.PositiveInfinity;
        for (var i = 0; i < losses.Count; i++)
        {
            if (Mean(losses[i], rows) is var mean && mean < least)
                (best, least) = (i, mean);
        }

        for (var i = 0; i < best; i++)
        {
            var (worse, error) = Difference(losses[i], losses[best], rows);
            if (worse <= error)
                return i;
        }

        return best;
    }

    public static double Mean(double[] losses, int[] rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
            sum += losses[row];
        return sum / rows.Length;
    }

    /// <summary>Mean of first − second, and its standard error.</summary>
    public static (double Mean, double Error) Difference(double[] first, double[] second, int[] rows)
    {
        var mean = 0.0;
        foreach (var row in rows)
            mean += first[row] - second[row];
        mean /= rows.Length;
        var squares = 0.0;
        foreach (var row in rows)
            squares += (first[row] - second[row] - mean) * (first[row] - second[row] - mean);
        return (mean, rows.Length < 2 ? double.PositiveInfinity : Math.Sqrt(squares / (rows.Length - 1.0) / rows.Length));
    }
}
