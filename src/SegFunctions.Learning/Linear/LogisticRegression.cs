using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Linear;

/// <summary>
/// Logistic regression without a penalty, with L2, L1 or both (elastic net), on columns scaled inside; sample and class weights.
/// </summary>
/// <remarks>
/// Two ways to the one optimum (<see cref="LogisticSolver"/>): Newton's method up to 1,000 columns, which takes about six passes and finds all digits;
/// L-BFGS where columns are more. Separation
/// of the classes and columns that repeat others are results with a cure, not errors. The same input gives the same bytes on any number of threads.
/// </remarks>
public static class LogisticRegression
{
    /// <summary>Columns up to which a Hessian is made, for Newton's method and for intervals: it then holds 8 MB.</summary>
    private const int MostColumnsForHessian = 1000;

    /// <summary>Log-odds that run away pass this on their way; those of an outlier in an honest fit may too.</summary>
    private const double RunawayLogOdds = 20;

    /// <summary>The variance of a standardised coefficient of which the rows say nothing any more: where log-odds run away, their curvature is gone.</summary>
    private const double RunawayVariance = 1e4;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="labels">One a row, true for the event.</param>
    /// <param name="weights">One a row, finite and 0 or more, not all 0; empty for 1 each.</param>
    /// <returns>The model. Check <see cref="LogisticModel.Converged"/>; <see cref="LogisticModel.Outcome"/> says what happened.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value that is not finite (row and column named), options out of range (all listed).</exception>
    public static LogisticModel Fit(Matrix rows, ReadOnlySpan<bool> labels, LogisticOptions options, ReadOnlySpan<double> weights = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        return Fit(LogisticDesign.Of(rows), labels, options, weights, cancellationToken);
    }

    /// <inheritdoc cref="Fit(Matrix, ReadOnlySpan{bool}, LogisticOptions, ReadOnlySpan{double}, CancellationToken)"/>
    internal static LogisticModel Fit(LogisticDesign design, ReadOnlySpan<bool> labels, LogisticOptions options, ReadOnlySpan<double> weights = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (design.Rows == 0)
            throw new ArgumentException("There are no rows; at least one is needed.", nameof(design));
        design.Numbers?.RequireFinite(nameof(design));
        if (labels.Length != design.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {design.Rows} rows.", nameof(labels));
        var targets = new double[labels.Length];
        for (var row = 0; row < targets.Length; row++)
            targets[row] = labels[row] ? 1 : 0;
        var own = WeightsOf(weights, design.Rows);
        var sampled = own is null ? design.Rows : own.Sum();
        if (sampled == 0)
            throw new ArgumentException("Every weight is 0; at least one row must count.", nameof(weights));

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var scales = ColumnScales.Of(design, own, sampled, options.Scaling, team);
        own = WithClasses(own, targets, options.PositiveWeight);
        var (positive, total) = Totals(targets, own);
        var beta = new double[design.Columns + 1];
        if (positive == 0 || positive == total)
        {
            // One class alone has no finite optimum; half a row of the other keeps the answer a probability.
            beta[0] = Math.Log((positive + 0.5) / (total - positive + 0.5));
            return Model(design, scales, beta, errors: null, converged: false, iterations: 0, Separation.None, LogisticOutcome.OneClass(positive > 0), LogisticOutcome.Intervals(options, converged: false, curvature: false, tooMany: false));
        }

        beta[0] = Math.Log(positive / (total - positive));
        var objective = new LogisticObjective(design, targets, own, scales, options.L2, team);
        var descent = Descend(objective, design, scales, beta, positive / total, total, options);
        return Finish(objective, design, scales, descent, options);
    }

    /// <summary>
    /// Newton's method up to 1,000 columns: its four to seven passes were faster there than the 20 to 500 of L-BFGS on every table measured (50 to 1,000 dense
    /// columns, 20,000 rows; 356 columns of which 315 are levels, 160,000 rows), and it makes the Hessian that intervals need.
    /// </summary>
    internal static LogisticSolver Choose(LogisticDesign design, LogisticSolver wanted) =>
        wanted != LogisticSolver.Automatic ? wanted : design.Columns > MostColumnsForHessian ? LogisticSolver.LimitedMemory : LogisticSolver.Newton;

    private static Descent Descend(LogisticObjective objective, LogisticDesign design, ColumnScales scales, double[] start, double share, double total, LogisticOptions options)
    {
        var bound = options.Tolerance * total;
        if (Choose(design, options.Solver) == LogisticSolver.LimitedMemory)
            return LimitedMemoryDescent.Run(objective, start, options.L1, Diagonal(design, scales, share * (1 - share) * total, options.L2), bound, options.MaxIterations);
        return options.L1 > 0
            ? ProximalNewton.Run(objective, start, options.L1, bound, options.MaxIterations)
            : NewtonDescent.Run(objective, start, bound, options.MaxIterations);
    }

    /// <summary>Of the Hessian at the start, where every row has the same probability.</summary>
    private static double[] Diagonal(LogisticDesign design, ColumnScales scales, double bend, double l2)
    {
        var diagonal = new double[design.Columns + 1];
        diagonal[0] = bend;
        for (var column = 0; column < design.Columns; column++)
        {
            var (mean, deviation, unit) = (scales.Means[column], scales.Deviations[column], scales.Units[column]);
            var square = unit == 0 ? 1 : ((deviation * deviation) + (column < design.NumberCount ? 0 : mean * mean)) / (unit * unit);
            diagonal[column + 1] = (bend * square) + l2;
        }

        return diagonal;
    }

    private static LogisticModel Finish(LogisticObjective objective, LogisticDesign design, ColumnScales scales, Descent descent, LogisticOptions options)
    {
        var factor = descent.Factor;
        if (options.L1 == 0 && descent.Converged && factor is null && design.Columns <= MostColumnsForHessian)
        {
            objective.Evaluate(descent.Beta, curvature: true);
            factor = Cholesky.Of(objective.Hessian, objective.Size);
        }

        var variances = options.L1 == 0 ? factor?.InverseDiagonal() : null;
        var separation = SeparationOf(objective, variances, options);
        var converged = descent.Converged && separation == Separation.None;
        var errors = converged && variances is not null ? StandardErrors(factor!, variances, design, scales) : null;
        return Model(design, scales, descent.Beta, errors, converged, descent.Iterations, separation, LogisticOutcome.Of(descent, separation), LogisticOutcome.Intervals(options, converged, variances is not null, design.Columns > MostColumnsForHessian));
    }

    private static Separation SeparationOf(LogisticObjective objective, double[]? variances, LogisticOptions options)
    {
        if (options.L2 > 0 || options.L1 > 0)
            return Separation.None;
        if (objective.SmallestMargin > 0)
            return Separation.Complete;
        return objective.LargestLogOdds > RunawayLogOdds && (variances is null || variances.Max() > RunawayVariance) ? Separation.Partial : Separation.None;
    }

    /// <summary>Square roots of the diagonal of the inverse Hessian, taken back to the units of the columns; the intercept first, then as the design counts.</summary>
    private static double[] StandardErrors(Cholesky factor, double[] variances, LogisticDesign design, ColumnScales scales)
    {
        var errors = new double[variances.Length];
        // intercept = β₀ − Σ βⱼ · meanⱼ / unitⱼ over the numbers, coefficientⱼ = βⱼ / unitⱼ.
        var intercept = new double[errors.Length];
        intercept[0] = 1;
        for (var column = 0; column < design.Columns; column++)
        {
            var unit = scales.Units[column];
            errors[column + 1] = unit == 0 ? 0 : Math.Sqrt(variances[column + 1]) / unit;
            if (unit > 0 && column < design.NumberCount)
                intercept[column + 1] = -scales.Means[column] / unit;
        }

        errors[0] = Math.Sqrt(Dot.Of(intercept, factor.Solve(intercept)));
        return errors;
    }

    private static LogisticModel Model(LogisticDesign design, ColumnScales scales, double[] beta, double[]? errors, bool converged, int iterations, Separation separation, Bilingual outcome, Bilingual intervals)
    {
        var intercept = beta[0];
        var coefficients = new double[design.Columns];
        for (var column = 0; column < design.Columns; column++)
        {
            if (scales.Units[column] == 0)
                continue;
            coefficients[column] = beta[column + 1] / scales.Units[column];
            if (column < design.NumberCount)
                intercept -= coefficients[column] * scales.Means[column];
        }

        errors ??= [.. Enumerable.Repeat(double.NaN, design.Columns + 1)];
        return new LogisticModel(intercept, coefficients, scales.Means, scales.Deviations, errors, converged, iterations, separation, outcome, intervals);
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

    private static double[]? WithClasses(double[]? weights, double[] labels, double positiveWeight)
    {
        if (positiveWeight == 1)
            return weights;
        weights ??= [.. Enumerable.Repeat(1.0, labels.Length)];
        for (var row = 0; row < labels.Length; row++)
            weights[row] *= labels[row] > 0 ? positiveWeight : 1;
        return weights;
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

        return (positive, total);
    }
}
