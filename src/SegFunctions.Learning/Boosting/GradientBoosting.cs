using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Boosting;

/// <summary>
/// Gradient boosting (Friedman, "Greedy function approximation: a gradient boosting machine", 2001) with second-order steps (Chen &amp;
/// Guestrin, "XGBoost", 2016) on histograms (Ke et al., "LightGBM", 2017). Cost a tree O(rows · columns · depth) additions of whole
/// numbers; memory beside the input about a byte a value and 24 bytes a row.
/// </summary>
public static class GradientBoosting
{
    /// <param name="features">Shape (n × d), n ≥ 1; NaN is missing. Columns of <see cref="BoostingOptions.Categorical"/> hold codes.</param>
    /// <param name="target">One a row; which values it may take depends on the loss.</param>
    /// <param name="weights">One a row, finite and 0 or more, not all 0; empty for 1 each. A row of weight 2 counts as two rows.</param>
    /// <param name="validation">Rows held out, for <see cref="BoostingOptions.EarlyStopping"/>; null for none.</param>
    /// <param name="progress">Told after every round.</param>
    /// <returns>The model: the same bytes for the same input and options, whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, an infinite value, a category or target out of its range (row and column named), options out of range.</exception>
    /// <exception cref="ArithmeticException">The loss diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static BoostedTrees Fit(
        Matrix features,
        ReadOnlySpan<double> target,
        BoostingOptions options,
        ReadOnlySpan<double> weights = default,
        BoostingValidation? validation = null,
        IProgress<BoostingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(features.Columns);
        cancellationToken.ThrowIfCancellationRequested();
        var categoryCounts = new int[features.Columns];
        foreach (var column in options.Categorical)
            categoryCounts[column] = 1;
        var classes = options.Loss == BoostingLoss.Softmax ? options.Classes ?? ClassesOf(target) : 1;
        var loss = LossFunction.Of(options, classes);
        double[] heldOutTarget = validation is null ? [] : [.. validation.Target];
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        unsafe
        {
            fixed (double* targets = target, heldOutTargets = heldOutTarget)
            {
                var training = BoostingRows.Of(features, new BorrowedNumbers(targets, target.Length), weights, nameof(target), loss, options, categoryCounts);
                BoostingRows? heldOut = null;
                if (validation is not null)
                {
                    validation.Features.RequireColumns(features.Columns, nameof(validation));
                    heldOut = BoostingRows.Of(validation.Features, new BorrowedNumbers(heldOutTargets, heldOutTarget.Length), [.. validation.Weights ?? []], nameof(validation), loss, options, categoryCounts);
                }

                return new BoostingRounds(training, heldOut, loss, options, team).Run(progress);
            }
        }
    }

    private static int ClassesOf(ReadOnlySpan<double> target)
    {
        var greatest = 1.0;
        foreach (var value in target)
            greatest = value > greatest ? value : greatest;
        if (greatest > Categories.GreatestCode)
            throw new ArgumentException($"The target holds {greatest}; softmax takes it for a class, and classes go up to {Categories.GreatestCode}.", nameof(target));
        return (int)greatest + 1;
    }
}
