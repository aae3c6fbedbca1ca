namespace SegFunctions.Learning.Linear;

/// <summary>
/// Newton's method for loss + L2 with an L1 penalty: each step minimises the quadratic model plus the penalty by coordinate descent, the products
/// of the Hessian with the step kept up to date (Friedman, Hastie &amp; Tibshirani, "Regularization paths for generalized linear models via
/// coordinate descent", Journal of Statistical Software 33, 2010), and is then shortened until the objective falls (Yuan, Ho &amp; Lin, "An improved
/// GLMNET for L1-regularized logistic regression", JMLR 13, 2012). Zeros are exact.
/// </summary>
/// <remarks>Where columns nearly repeat others coordinate descent creeps; then the coefficients that are not 0 are moved together, by solving for them.</remarks>
internal static class ProximalNewton
{
    /// <summary>Sweeps after which coefficients are moved together.</summary>
    private const int SweepsOfARound = 25;

    private const int MostRounds = 40;

    /// <summary>Of coefficients moved together, those that came to 0 on the way and fell out.</summary>
    private const int MostDropped = 20;

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
        var model = new Model(objective, beta, l1);
        for (var round = 0; round < MostRounds && !model.Sweep(bound * 1e-3); round++)
            model.MoveTogether();
        return model.Direction;
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

    /// <summary>The quadratic model at a point, and a step d on it.</summary>
    private sealed class Model(LogisticObjective objective, double[] beta, double l1)
    {
        private readonly int _size = objective.Size;

        // H·d, brought up to date by a line of H whenever a coordinate moves.
        private readonly double[] _product = new double[objective.Size];
        private readonly bool[] _moving = new bool[objective.Size];

        public double[] Direction { get; } = new double[objective.Size];

        /// <summary>Coordinate after coordinate: over what is not 0 until that is settled, then over everything to see whether more must move.</summary>
        /// <returns>Whether everything is settled.</returns>
        public bool Sweep(double least)
        {
            var all = true;
            for (var sweep = 0; sweep < SweepsOfARound; sweep++)
            {
                var fall = 0.0;
                for (var j = 0; j < _size; j++)
                {
                    if (all || _moving[j])
                        fall += MoveOne(j);
                }

                var settled = fall <= least;
                if (settled && all)
                    return true;
                all = settled;
            }

            return false;
        }

        /// <summary>Newton's step on the coefficients that are not 0, their signs held: one that would change its sign stops the step at 0 and falls out.</summary>
        public void MoveTogether()
        {
            for (var dropped = 0; dropped < MostDropped; dropped++)
            {
                int[] active = [.. Enumerable.Range(0, _size).Where(j => objective.IsFree(j) && (j == 0 || At(j) != 0))];
                if (Step(active) is not { } step)
                    return;
                var length = 1.0;
                var first = -1;
                for (var i = 0; i < active.Length; i++)
                {
                    var at = At(active[i]);
                    if (active[i] > 0 && at * (at + (length * step[i])) < 0)
                        (length, first) = (-at / step[i], active[i]);
                }

                for (var i = 0; i < active.Length; i++)
                    Move(active[i], active[i] == first ? -At(first) : length * step[i]);
                if (first < 0)
                    return;
                Direction[first] = -beta[first];
            }
        }

        private double At(int j) => beta[j] + Direction[j];

        private void Move(int j, double by)
        {
            Direction[j] += by;
            Dot.AddScaled(_product, objective.Hessian.AsSpan(j * _size, _size), by);
        }

        /// <returns>About twice what the model fell.</returns>
        private double MoveOne(int j)
        {
            var curvature = objective.Hessian[(j * _size) + j];
            if (!objective.IsFree(j) || !(curvature > 0))
                return 0;
            var at = At(j);
            var next = Shrunk(at - ((objective.Gradient[j] + _product[j]) / curvature), j == 0 ? 0 : l1 / curvature);
            _moving[j] = next != at || next != 0;
            if (next == at)
                return 0;
            Move(j, next - at);
            if (next == 0)
                Direction[j] = -beta[j];
            return curvature * (next - at) * (next - at);
        }

        /// <summary>The x of H·x = −slope over the active coordinates; null where even a little more on the diagonal leaves H singular.</summary>
        private double[]? Step(int[] active)
        {
            var count = active.Length;
            var matrix = new double[count * count];
            var slope = new double[count];
            for (var i = 0; i < count; i++)
            {
                slope[i] = -(objective.Gradient[active[i]] + _product[active[i]] + (active[i] == 0 ? 0 : Math.CopySign(l1, At(active[i]))));
                for (var k = 0; k < count; k++)
                    matrix[(i * count) + k] = objective.Hessian[(active[i] * _size) + active[k]];
            }

            if (Cholesky.Of(matrix, count) is { } factor)
                return factor.Solve(slope);
            for (var i = 0; i < count; i++)
                matrix[(i * count) + i] *= 1 + 1e-8;
            return Cholesky.Of(matrix, count)?.Solve(slope);
        }
    }
}
