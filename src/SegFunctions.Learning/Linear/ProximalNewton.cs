namespace SegFunctions.Learning.Linear;

/// <summary>
/// Newton's method for loss + L2 with an L1 penalty: each step minimises the quadratic model plus the penalty by coordinate descent, the products
/// of the Hessian with the step kept up to date (Friedman, Hastie &amp; Tibshirani, "Regularization paths for generalized linear models via
/// coordinate descent", Journal of Statistical Software 33, 2010), and is then shortened until the objective falls (Yuan, Ho &amp; Lin, "An improved
/// GLMNET for L1-regularized logistic regression", JMLR 13, 2012). Zeros are exact.
/// </summary>
internal static class ProximalNewton
{
    private const int MostSweeps = 1000;

    /// <param name="bound">Converged when the model promises a fall of at most this.</param>
    public static Descent Run(LogisticObjective objective, double[] start, double l1, double bound, int steps)
    {
        var beta = start;
        objective.Evaluate(beta, curvature: true);
        for (var step = 1; step <= steps; step++)
        {
            var direction = ModelStep(objective, beta, l1, bound);
            var promised = Promised(objective.Gradient, beta, direction, l1);
            if (!(promised < 0))
                return new Descent(beta, step, DescentEnd.Converged, null);
            var last = -promised / 2 <= bound;
            if (Lower(objective, beta, direction, promised, l1) is not { } next)
                return new Descent(beta, step, last ? DescentEnd.Converged : DescentEnd.Rounding, null);
            beta = next;
            if (last)
                return new Descent(beta, step, DescentEnd.Converged, null);
        }

        return new Descent(beta, steps, DescentEnd.OutOfSteps, null);
    }

    /// <summary>‖β‖₁ without the intercept.</summary>
    public static double Magnitude(ReadOnlySpan<double> beta)
    {
        var sum = 0.0;
        for (var j = 1; j < beta.Length; j++)
            sum += Math.Abs(beta[j]);
        return sum;
    }

    /// <summary>argmin over d of g·d + dᵀHd/2 + L1 ‖β + d‖₁.</summary>
    private static double[] ModelStep(LogisticObjective objective, double[] beta, double l1, double bound)
    {
        var size = objective.Size;
        var direction = new double[size];
        // H·d, brought up to date by a line of H whenever a coordinate moves.
        var product = new double[size];
        var moving = new bool[size];
        var all = true;
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var fall = 0.0;
            for (var j = 0; j < size; j++)
            {
                if (!objective.IsFree(j) || !(all || moving[j]))
                    continue;
                var curvature = objective.Hessian[(j * size) + j];
                if (!(curvature > 0))
                    continue;
                var slope = objective.Gradient[j] + product[j];
                var at = beta[j] + direction[j];
                var next = Shrunk(at - (slope / curvature), j == 0 ? 0 : l1 / curvature);
                var move = next - at;
                moving[j] = move != 0 || next != 0;
                if (move == 0)
                    continue;
                direction[j] += move;
                Dot.AddScaled(product, objective.Hessian.AsSpan(j * size, size), move);
                fall += curvature * move * move;
            }

            // Sweeps over what is not 0 until that is settled, then one over everything to see whether more must move.
            var settled = fall <= bound * 1e-3;
            if (settled && all)
                break;
            all = settled;
        }

        return direction;
    }

    private static double Shrunk(double value, double by) => Math.Abs(value) <= by ? 0 : value - Math.CopySign(by, value);

    /// <summary>g·d + L1 (‖β + d‖₁ − ‖β‖₁), below 0 unless β is the optimum.</summary>
    private static double Promised(ReadOnlySpan<double> gradient, ReadOnlySpan<double> beta, ReadOnlySpan<double> direction, double l1)
    {
        var sum = gradient[0] * direction[0];
        for (var j = 1; j < beta.Length; j++)
            sum += (gradient[j] * direction[j]) + (l1 * (Math.Abs(beta[j] + direction[j]) - Math.Abs(beta[j])));
        return sum;
    }

    private static double[]? Lower(LogisticObjective objective, double[] beta, double[] direction, double promised, double l1)
    {
        var before = objective.Value + (l1 * Magnitude(beta));
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var next = (double[])beta.Clone();
            for (var j = 0; j < next.Length; j++)
            {
                // β + d is exactly 0 where the model says so; rounding must not undo it.
                if (direction[j] != 0)
                    next[j] = length == 1 && beta[j] == -direction[j] ? 0 : beta[j] + (length * direction[j]);
            }

            objective.Evaluate(next, curvature: true);
            if (objective.Value + (l1 * Magnitude(next)) <= before + (1e-4 * length * promised))
                return next;
        }

        objective.Evaluate(beta, curvature: true);
        return null;
    }
}
