using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Lifetime;

/// <summary>Where a climb ended.</summary>
/// <param name="Parameters">Natural.</param>
/// <param name="Value">The log-likelihood there.</param>
/// <param name="LogHessian">Second derivatives in the logarithms of the parameters, by rows.</param>
/// <param name="Converged">No step within the limits would gain more than the tolerance.</param>
/// <param name="AtLimit">Which parameters stand at a limit.</param>
internal sealed record Maximum(double[] Parameters, double Value, double[] LogHessian, bool Converged, int Iterations, bool[] AtLimit);

/// <summary>
/// Newton's method with the exact Hessian in the logarithms of the parameters, damped where the surface is not concave or a step
/// does not climb (Levenberg 1944; Marquardt 1963), between limits. A handful of passes over the data.
/// </summary>
internal static class NewtonMaximum
{
    // A factor of e² at most in one step: beyond it the quadratic model of these likelihoods is worth nothing.
    private const double LongestStep = 2;

    /// <param name="start">Natural parameters, within the limits.</param>
    /// <param name="lowest">Limits of each.</param>
    /// <param name="tolerance">Gain of log-likelihood that is worth no further step.</param>
    public static Maximum From(ILikelihood likelihood, ReadOnlySpan<double> start, ReadOnlySpan<double> lowest, ReadOnlySpan<double> highest, int maxIterations, double tolerance)
    {
        var size = likelihood.Size;
        var (low, high) = (Logs(lowest), Logs(highest));
        var here = new Point(likelihood, Logs(start));
        var free = new bool[size];
        var damping = 0.0;
        if (!double.IsFinite(here.Value))
            return here.End(converged: false, 0, low, high);
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            for (var i = 0; i < size; i++)
                free[i] = !(here.Logs[i] <= low[i] && here.Gradient[i] <= 0) && !(here.Logs[i] >= high[i] && here.Gradient[i] >= 0);
            var (step, gain) = Step(here, free, low, high, ref damping);
            var next = here.Moved(likelihood, step, low, high);
            // A gain below rounding of the sum itself cannot be seen in it.
            var rounding = 1e-14 * Math.Abs(here.Value);
            var small = Math.Max(tolerance, rounding);
            // Undamped, the promise holds; and where the slope is so slight that not even the longest steps would pay, no other is needed.
            if ((gain <= small && damping == 0) || Slope(here, free) * LongestStep <= 100 * small)
                return (next.Value >= here.Value - rounding ? next : here).End(converged: true, iteration, low, high);
            if (next.Value >= here.Value + (1e-4 * gain) - (damping == 0 ? rounding : 0) && next.Value != here.Value)
            {
                here = next;
                damping = damping < 1e-9 * Largest(here.Hessian, size) ? 0 : damping / 10;
            }
            else if (gain <= 1000 * small && (damping == 0 || damping > 1e3 * Largest(here.Hessian, size)))
            {
                // The step promises next to nothing, and the value, rounded as it is, cannot confirm it.
                return here.End(converged: true, iteration, low, high);
            }
            else
            {
                damping = Math.Max(damping * 10, 1e-4 * Largest(here.Hessian, size));
                if (!(damping < 1e6 * Largest(here.Hessian, size)))
                    return here.End(converged: false, iteration, low, high);
            }
        }

        return here.End(converged: false, maxIterations, low, high);
    }

    /// <summary>The damped step among the free parameters, no longer than <see cref="LongestStep"/> and ending at the first limit it meets, and what half of it promises.</summary>
    /// <param name="free">IN/OUT: a parameter at a limit that the step would leave is held.</param>
    private static (double[] Step, double Gain) Step(Point here, bool[] free, double[] low, double[] high, ref double damping)
    {
        while (true)
        {
            var (step, gain) = Newton(here, free, ref damping);
            var share = 1.0;
            var held = false;
            for (var i = 0; i < step.Length; i++)
            {
                var room = step[i] > 0 ? high[i] - here.Logs[i] : here.Logs[i] - low[i];
                if (step[i] != 0 && room <= 0)
                {
                    free[i] = false;
                    held = true;
                }
                else if (Math.Abs(step[i]) > 0)
                {
                    // As a whole: cut one by one, parameters that only their ratio ties would part.
                    share = Math.Min(share, Math.Min(LongestStep, room) / Math.Abs(step[i]));
                }
            }

            if (held)
                continue;
            for (var i = 0; i < step.Length; i++)
                step[i] *= share;
            return (step, gain * share);
        }
    }

    private static (double[] Step, double Gain) Newton(Point here, bool[] free, ref double damping)
    {
        var size = free.Length;
        var matrix = new double[size * size];
        var right = new double[size];
        for (var i = 0; i < size; i++)
            right[i] = free[i] ? here.Gradient[i] : 0;
        while (true)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    matrix[(i * size) + j] = free[i] && free[j] ? -here.Hessian[(i * size) + j] : 0;
                matrix[(i * size) + i] += free[i] ? damping : 1;
            }

            if (Cholesky.Of(matrix, size) is { } factor)
            {
                var step = factor.Solve(right);
                return (step, Dot.Of(step, right) / 2);
            }

            damping = Math.Max(damping * 4, Math.Max(1e-9, 1e-6 * Largest(here.Hessian, size)));
        }
    }

    /// <summary>The sum of the slopes in the free directions.</summary>
    private static double Slope(Point here, bool[] free)
    {
        var sum = 0.0;
        for (var i = 0; i < free.Length; i++)
            sum += free[i] ? Math.Abs(here.Gradient[i]) : 0;
        return sum;
    }

    private static double Largest(double[] hessian, int size)
    {
        var largest = 0.0;
        for (var i = 0; i < size; i++)
            largest = Math.Max(largest, Math.Abs(hessian[(i * size) + i]));
        return largest;
    }

    private static double[] Logs(ReadOnlySpan<double> values)
    {
        var logs = new double[values.Length];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = Math.Log(values[i]);
        return logs;
    }

    /// <summary>A place on the surface, in logarithms: ∂/∂ln p = p · ∂/∂p.</summary>
    private sealed class Point
    {
        private readonly double[] _parameters;

        public Point(ILikelihood likelihood, double[] logs)
        {
            var size = logs.Length;
            Logs = logs;
            _parameters = new double[size];
            for (var i = 0; i < size; i++)
                _parameters[i] = Math.Exp(logs[i]);
            Gradient = new double[size];
            Hessian = new double[size * size];
            Value = likelihood.Evaluate(_parameters, Gradient, Hessian);
            if (!double.IsFinite(Value))
                Value = double.NegativeInfinity;
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    Hessian[(i * size) + j] *= _parameters[i] * _parameters[j];
                Gradient[i] *= _parameters[i];
                Hessian[(i * size) + i] += Gradient[i];
            }
        }

        public double[] Logs { get; }

        public double Value { get; }

        public double[] Gradient { get; }

        public double[] Hessian { get; }

        public Point Moved(ILikelihood likelihood, double[] step, double[] low, double[] high)
        {
            var logs = new double[step.Length];
            for (var i = 0; i < logs.Length; i++)
                logs[i] = Math.Clamp(Logs[i] + step[i], low[i], high[i]);
            return new Point(likelihood, logs);
        }

        public Maximum End(bool converged, int iterations, double[] low, double[] high)
        {
            var atLimit = new bool[Logs.Length];
            for (var i = 0; i < atLimit.Length; i++)
                atLimit[i] = Logs[i] <= low[i] || Logs[i] >= high[i];
            return new Maximum(_parameters, Value, Hessian, converged, iterations, atLimit);
        }
    }
}
