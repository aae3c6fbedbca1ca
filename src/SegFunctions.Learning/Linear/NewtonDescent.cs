namespace SegFunctions.Learning.Linear;

/// <summary>Newton's method with step halving (Boyd &amp; Vandenberghe 2004, algorithm 9.5): quadratic convergence, so few passes and all digits.</summary>
internal static class NewtonDescent
{
    /// <param name="bound">Converged when half of the Newton decrement is at most this.</param>
    public static Descent Run(LogisticObjective objective, double[] start, double bound, int steps)
    {
        var beta = start;
        objective.Evaluate(beta, curvature: true);
        for (var step = 1; step <= steps; step++)
        {
            if (Cholesky.Of(objective.Hessian, objective.Size) is not { } factor)
                return new Descent(beta, step, DescentEnd.Singular, null);
            var direction = factor.Solve(objective.Gradient);
            var decrement = Dot.Of(direction, objective.Gradient);
            if (decrement / 2 <= bound)
            {
                // One last full step: inside the quadratic region it squares the error that is left.
                var last = Moved(beta, direction, 1);
                objective.Evaluate(last, curvature: true);
                return new Descent(last, step, DescentEnd.Converged, Cholesky.Of(objective.Hessian, objective.Size) ?? factor);
            }

            if (Lower(objective, beta, direction, decrement) is not { } next)
                return new Descent(beta, step, DescentEnd.Rounding, factor);
            beta = next;
        }

        return new Descent(beta, steps, DescentEnd.OutOfSteps, null);
    }

    /// <summary>Halves the step until the objective falls enough (Armijo 1966); null, with the objective back at the point, when it cannot fall any more.</summary>
    private static double[]? Lower(LogisticObjective objective, double[] beta, double[] direction, double decrement)
    {
        var before = objective.Value;
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var next = Moved(beta, direction, length);
            objective.Evaluate(next, curvature: true);
            if (objective.Value <= before - (1e-4 * length * decrement))
                return next;
        }

        objective.Evaluate(beta, curvature: true);
        return null;
    }

    private static double[] Moved(double[] beta, double[] direction, double length)
    {
        var next = (double[])beta.Clone();
        Dot.AddScaled(next, direction, -length);
        return next;
    }
}
