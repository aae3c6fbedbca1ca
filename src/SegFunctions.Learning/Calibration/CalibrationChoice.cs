using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Calibration;

/// <summary>A method that was tried.</summary>
/// <param name="LogLoss">On rows that it was not fitted to (cross-fitted).</param>
public sealed record CalibrationCandidate(CalibrationMethod Method, double LogLoss);

/// <summary>The chosen map from scores to probabilities and why.</summary>
/// <param name="Calibration">Fitted to all rows.</param>
/// <param name="Candidates">Those tried, from the one that needs fewest rows; empty when there were too few rows to compare.</param>
/// <param name="Reason">In words.</param>
public sealed record ChosenCalibration(CalibrationMethod Method, ProbabilityCalibration Calibration, IReadOnlyList<CalibrationCandidate> Candidates, Bilingual Reason);

/// <summary>
/// Chooses between no calibration, Platt's, beta and isotonic calibration by log-loss on rows that the map was not fitted to (cross-fitting); of methods that
/// are as good within half a standard error the one that needs fewest rows (after the one-standard-error rule of Breiman et al. 1984).
/// </summary>
public static class CalibrationChoice
{
    /// <summary>Fewer rows of a class than this cannot tell maps apart.</summary>
    private const int FewestOfAClass = 10;

    /// <param name="scores">Finite, of rows that the scoring model has not seen; log-odds unless the options say otherwise.</param>
    /// <param name="weights">One a row, finite and 0 or more; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a score that is not finite (row named), weights that are none, or options out of range (all listed).</exception>
    public static ChosenCalibration Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default, CalibrationOptions? options = null)
    {
        options ??= new CalibrationOptions();
        options.Validate();
        ProbabilityCalibration.Require(scores, labels);
        ScoredLabels.RequireWeights(weights, labels.Length);
        var positives = labels.Count(true);
        var fewest = Math.Min(positives, labels.Length - positives);
        var methods = Methods(fewest, options);
        if (fewest < FewestOfAClass || methods.Count == 1)
            return new ChosenCalibration(methods[0], Fit(methods[0], scores, labels, weights), [], CalibrationWording.TooFew(methods[0], fewest));

        var rowWeights = weights.ToArray();
        var losses = CrossFitted(methods, scores, labels, weights, options);
        var means = losses.Select(own => Mean(own, rowWeights)).ToArray();
        var best = Array.IndexOf(means, means.Min());
        var chosen = 0;
        while (chosen < best && !IsAsGood(losses[chosen], losses[best], rowWeights, options.StandardErrors))
            chosen++;
        CalibrationCandidate[] candidates = [.. methods.Select((method, i) => new CalibrationCandidate(method, means[i]))];
        return new ChosenCalibration(methods[chosen], Fit(methods[chosen], scores, labels, weights), candidates, CalibrationWording.Chosen(candidates, chosen, best));
    }

    private static List<CalibrationMethod> Methods(int fewest, CalibrationOptions options)
    {
        var methods = new List<CalibrationMethod>();
        if (options.ScoresAreLogOdds)
            methods.Add(CalibrationMethod.None);
        methods.Add(CalibrationMethod.Platt);
        if (options.ScoresAreLogOdds)
            methods.Add(CalibrationMethod.Beta);
        if (fewest >= options.IsotonicRowsOfEachClass)
            methods.Add(CalibrationMethod.Isotonic);
        return methods;
    }

    private static ProbabilityCalibration Fit(CalibrationMethod method, ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights) => method switch
    {
        CalibrationMethod.None => new LogOddsCalibration(),
        CalibrationMethod.Platt => PlattScaling.Fit(scores, labels, weights),
        CalibrationMethod.Beta => BetaCalibration.Fit(scores, labels, weights),
        _ => IsotonicRegression.FitCentred(scores, labels, weights),
    };

    /// <returns>For each method the loss of every row.</returns>
    private static double[][] CrossFitted(List<CalibrationMethod> methods, ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, CalibrationOptions options)
    {
        var rows = scores.Length;
        var losses = methods.Select(_ => new double[rows]).ToArray();
        var folds = StratifiedFolds.Of(labels, options.Folds, options.Seed);
        foreach (var split in folds.All())
        {
            var (ownScores, ownLabels) = (new double[split.Train.Length], new bool[split.Train.Length]);
            var ownWeights = weights.IsEmpty ? [] : new double[split.Train.Length];
            for (var i = 0; i < split.Train.Length; i++)
            {
                (ownScores[i], ownLabels[i]) = (scores[split.Train[i]], labels[split.Train[i]]);
                if (!weights.IsEmpty)
                    ownWeights[i] = weights[split.Train[i]];
            }

            for (var method = 0; method < losses.Length; method++)
            {
                var map = Fit(methods[method], ownScores, ownLabels, ownWeights);
                foreach (var row in split.Test)
                    losses[method][row] = LogLoss.Of(map.Apply(scores[row]), labels[row]);
            }
        }

        return losses;
    }

    private static double Mean(double[] losses, double[] weights)
    {
        double sum = 0, total = 0;
        for (var row = 0; row < losses.Length; row++)
        {
            var weight = weights.Length == 0 ? 1 : weights[row];
            sum += weight * losses[row];
            total += weight;
        }

        return sum / total;
    }

    /// <summary>Whether the simpler method's loss is greater by no more than so many standard errors of the paired difference.</summary>
    private static bool IsAsGood(double[] simpler, double[] best, double[] weights, double standardErrors)
    {
        double[] differences = [.. simpler.Zip(best, (one, other) => one - other)];
        var mean = Mean(differences, weights);
        double squares = 0, total = 0;
        for (var row = 0; row < differences.Length; row++)
        {
            var weight = weights.Length == 0 ? 1 : weights[row];
            squares += weight * weight * (differences[row] - mean) * (differences[row] - mean);
            total += weight;
        }

        return mean <= standardErrors * Math.Sqrt(squares) / total;
    }
}
