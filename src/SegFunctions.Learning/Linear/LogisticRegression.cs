namespace SegFunctions.Learning.Linear;

/// <summary>
/// Logistic regression with an L2 penalty by Newton's method (iteratively re-weighted least squares; Hastie, Tibshirani &amp;
/// Friedman 2009, section 4.4.1) with step halving, on columns standardised inside. Exact to rounding and few passes; cost a pass
/// O(n · d²), memory O(d²).
/// </summary>
public static class LogisticRegression
{
    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="labels">One a row, true for the event.</param>
    /// <param name="weights">One a row, finite and 0 or more, not all 0; empty for 1 each.</param>
    /// <returns>The model. Check <see cref="LogisticModel.Converged"/>; <see cref="LogisticModel.Outcome"/> says what happened.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value that is not finite (row and column named), options out of range.</exception>
    public static LogisticModel Fit(Matrix rows, ReadOnlySpan<bool> labels, LogisticOptions options, ReadOnlySpan<double> weights = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        if (labels.Length != rows.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {rows.Rows} rows.", nameof(labels));
        var targets = new double[labels.Length];
        for (var row = 0; row < targets.Length; row++)
            targets[row] = labels[row] ? 1 : 0;
        var own = WeightsOf(weights, rows.Rows);
        var (positive, total) = Totals(targets, own);

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var moments = ColumnMoments.Of(rows, team);
        var scales = ScalesOf(rows, moments);
        var beta = new double[rows.Columns + 1];
        if (positive == 0 || positive == total)
        {
            // One class alone has no finite optimum; half a row of the other keeps the answer a probability.
            beta[0] = Math.Log((positive + 0.5) / (total - positive + 0.5));
            return Model(beta, moments.Means, scales, errors: null, converged: false, iterations: 0, $"Every row is {(positive == 0 ? "negative" : "positive")}: nothing can be learned; the model gives the same smoothed share to all.");
        }

        beta[0] = Math.Log(positive / (total - positive));
        var objective = new LogisticObjective(rows, targets, own, moments.Means, scales, options.L2, team);
        return Newton(objective, beta, options, total, moments.Means, scales);
    }

    private static LogisticModel Newton(LogisticObjective objective, double[] beta, LogisticOptions options, double total, double[] means, double[] scales)
    {
        objective.Evaluate(beta, curvature: true);
        for (var iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            if (Cholesky.Of(objective.Hessian, objective.Size) is not { } factor)
                return Model(beta, means, scales, errors: null, converged: false, iteration, Unbounded(objective));
            var step = factor.Solve(objective.Gradient);
            var decrement = Dot.Of(step, objective.Gradient);
            if (decrement / 2 <= options.Tolerance * total)
            {
                if (options.L2 == 0 && objective.SmallestMargin > 0)
                    return Model(beta, means, scales, errors: null, converged: false, iteration, Unbounded(objective));
                // One last full step: inside the quadratic region it squares the error that is left.
                var last = Moved(beta, step, 1);
                objective.Evaluate(last, curvature: true);
                factor = Cholesky.Of(objective.Hessian, objective.Size) ?? factor;
                return Model(last, means, scales, StandardErrors(factor, objective.Size, means, scales), converged: true, iteration, $"Converged after {iteration} steps.");
            }

            if (!Descend(objective, ref beta, step, decrement))
                return Model(beta, means, scales, StandardErrors(factor, objective.Size, means, scales), converged: true, iteration, $"Converged after {iteration} steps, to the limit of rounding.");
        }

        return Model(beta, means, scales, errors: null, converged: false, options.MaxIterations, objective.SmallestMargin > 0 ? Unbounded(objective) : $"The objective still falls after {options.MaxIterations} steps; allow more iterations or a greater L2.");
    }

    /// <summary>Halves the step until the objective falls enough (Armijo 1966); false when it cannot fall any more.</summary>
    private static bool Descend(LogisticObjective objective, ref double[] beta, double[] step, double decrement)
    {
        var before = objective.Value;
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var next = Moved(beta, step, length);
            objective.Evaluate(next, curvature: true);
            if (objective.Value <= before - (1e-4 * length * decrement))
            {
                beta = next;
                return true;
            }
        }

        objective.Evaluate(beta, curvature: true);
        return false;
    }

    private static double[] Moved(double[] beta, double[] step, double length)
    {
        var next = (double[])beta.Clone();
        Dot.AddScaled(next, step, -length);
        return next;
    }

    private static string Unbounded(LogisticObjective objective) => objective.SmallestMargin > 0
        ? "The columns separate the classes perfectly, so without a penalty no finite optimum exists; use L2 above 0."
        : "Some columns repeat others exactly, so without a penalty no single optimum exists; use L2 above 0 or drop a column.";

    /// <summary>Square roots of the diagonal of the inverse Hessian, taken back to the units of the columns; the intercept first.</summary>
    private static double[] StandardErrors(Cholesky factor, int size, double[] means, double[] scales)
    {
        var errors = new double[size];
        // intercept = β₀ − Σ βⱼ · meanⱼ / scaleⱼ, coefficientⱼ = βⱼ / scaleⱼ.
        var intercept = new double[size];
        intercept[0] = 1;
        var unit = new double[size];
        for (var j = 1; j < size; j++)
        {
            if (scales[j - 1] == 0)
                continue;
            intercept[j] = -means[j - 1] / scales[j - 1];
            unit.AsSpan().Clear();
            unit[j] = 1;
            errors[j] = Math.Sqrt(factor.Solve(unit)[j]) / scales[j - 1];
        }

        errors[0] = Math.Sqrt(Dot.Of(intercept, factor.Solve(intercept)));
        return errors;
    }

    private static LogisticModel Model(double[] beta, double[] means, double[] scales, double[]? errors, bool converged, int iterations, string outcome)
    {
        var intercept = beta[0];
        var coefficients = new double[means.Length];
        for (var column = 0; column < means.Length; column++)
        {
            if (scales[column] == 0)
                continue;
            coefficients[column] = beta[column + 1] / scales[column];
            intercept -= coefficients[column] * means[column];
        }

        errors ??= [.. Enumerable.Repeat(double.NaN, means.Length + 1)];
        return new LogisticModel(intercept, coefficients, means, scales, errors, converged, iterations, outcome);
    }

    private static double[]? WeightsOf(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
            return null;
        if (weights.Length != rows)
            throw new ArgumentException($"There are {weights.Length} weights for {rows} rows.", nameof(weights));
        for (var row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
                throw new ArgumentException($"Row {row} (counted from 0) has weight {weights[row]}; it must be a finite number of 0 or more.", nameof(weights));
        }

        return weights.ToArray();
    }

    private static (double Positive, double Total) Totals(double[] labels, double[]? weights)
    {
        var positive = 0.0;
        var total = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var weight = weights is null ? 1 : weights[row];
            positive += weight * labels[row];
            total += weight;
        }

        if (total == 0)
            throw new ArgumentException("Every weight is 0; at least one row must count.", nameof(weights));
        return (positive, total);
    }

    /// <summary>Standard deviations, 0 for a column whose every value is the same or differs by rounding alone.</summary>
    private static double[] ScalesOf(Matrix rows, ColumnMoments moments)
    {
        var scales = new double[rows.Columns];
        for (var column = 0; column < scales.Length; column++)
        {
            var scale = Math.Sqrt(moments.Variances[column]);
            scales[column] = scale > 1e-13 * Math.Abs(moments.Means[column]) ? scale : 0;
        }

        return scales;
    }
}
