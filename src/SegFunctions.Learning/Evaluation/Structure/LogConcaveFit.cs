namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>One run of the active-set algorithm for the log-concave density of greatest likelihood.</summary>
/// <param name="points">Ascending and distinct, from 0 to 1.</param>
/// <param name="weights">Their shares, adding to 1.</param>
internal sealed class LogConcaveFit(double[] points, double[] weights)
{
    private readonly List<int> _kinks = [0, points.Length - 1];
    private double[] _logs = [0, 0];

    /// <returns>The kinks, ends included, and the logarithm of the density there.</returns>
    public (double[] At, double[] Logs) Run(int mostKinks, double tolerance)
    {
        Climb();
        while (_kinks.Count < mostKinks)
        {
            var (gain, place) = BestNewKink();
            if (gain <= tolerance)
                break;
            Insert(place);
            if (!Settle(place))
                break;
        }

        return ([.. _kinks.Select(kink => points[kink])], _logs);
    }

    /// <summary>Goes uphill with the kinks at hand, giving up those that would turn convex on the way.</summary>
    /// <returns>False when the new kink itself had to go: nothing is left to gain.</returns>
    private bool Settle(int place)
    {
        while (true)
        {
            var before = (double[])_logs.Clone();
            Climb();
            var (share, kink) = FirstConvex(before, _logs);
            if (kink < 0)
                return true;
            for (var i = 0; i < _logs.Length; i++)
                _logs[i] = before[i] + (share * (_logs[i] - before[i]));
            var lost = _kinks[kink] == place && share == 0;
            Remove(kink);
            if (lost)
                return false;
        }
    }

    private void Insert(int place)
    {
        var at = ~_kinks.BinarySearch(place);
        var (left, right) = (_kinks[at - 1], _kinks[at]);
        var share = (points[place] - points[left]) / (points[right] - points[left]);
        var log = ((1 - share) * _logs[at - 1]) + (share * _logs[at]);
        _kinks.Insert(at, place);
        _logs = [.. _logs[..at], log, .. _logs[at..]];
    }

    private void Remove(int kink)
    {
        _kinks.RemoveAt(kink);
        _logs = [.. _logs[..kink], .. _logs[(kink + 1)..]];
    }

    /// <summary>The first kink that turns convex on the straight way from one concave function to another, and after which share of it.</summary>
    private (double Share, int Kink) FirstConvex(double[] from, double[] to)
    {
        var least = 1.0;
        var first = -1;
        for (var kink = 1; kink < _kinks.Count - 1; kink++)
        {
            var bent = Bend(to, kink);
            if (bent <= 0)
                continue;
            var was = Math.Min(0, Bend(from, kink));
            var share = was / (was - bent);
            if (share < least)
                (least, first) = (share, kink);
        }

        return (least, first);
    }

    /// <summary>Change of slope at a kink, negative for a concave one.</summary>
    private double Bend(double[] logs, int kink)
    {
        var (left, here, right) = (points[_kinks[kink - 1]], points[_kinks[kink]], points[_kinks[kink + 1]]);
        return ((logs[kink + 1] - logs[kink]) / (right - here)) - ((logs[kink] - logs[kink - 1]) / (here - left));
    }

    /// <summary>Where a concave kink would raise the likelihood fastest, by unit of slope.</summary>
    private (double Gain, int Place) BestNewKink()
    {
        var best = (Gain: 0.0, Place: -1);
        for (var piece = 1; piece < _kinks.Count; piece++)
        {
            var (left, right) = (_kinks[piece - 1], _kinks[piece]);
            // Σ weight and Σ weight · x of the values between the left kink and the candidate, and of those on to the right one.
            var (all, allMoment) = (0.0, 0.0);
            for (var i = left + 1; i < right; i++)
            {
                all += weights[i];
                allMoment += weights[i] * points[i];
            }

            var (below, belowMoment) = (0.0, 0.0);
            var (x0, x1) = (points[left], points[right]);
            for (var i = left + 1; i < right; i++)
            {
                below += weights[i];
                belowMoment += weights[i] * points[i];
                var x = points[i];
                var share = (x - x0) / (x1 - x0);
                var log = ((1 - share) * _logs[piece - 1]) + (share * _logs[piece]);
                // The tent of height 1 above the candidate: over the values less over the density.
                var observed = ((belowMoment - (below * x0)) / (x - x0)) + (((x1 * (all - below)) - (allMoment - belowMoment)) / (x1 - x));
                var expected = ((x - x0) * Exponential.First(_logs[piece - 1], log)) + ((x1 - x) * Exponential.First(_logs[piece], log));
                var gain = (observed - expected) / ((1 / (x - x0)) + (1 / (x1 - x)));
                if (gain > best.Gain)
                    best = (gain, i);
            }
        }

        return best;
    }

    /// <summary>Newton's method for Σ weight · log density − ∫ density over the values at the kinks; the objective is concave.</summary>
    private void Climb()
    {
        var own = CollectWeights();
        var value = Objective(own, _logs);
        for (var round = 0; round < 60; round++)
        {
            var (gradient, step) = NewtonStep(own);
            var slope = 0.0;
            for (var i = 0; i < step.Length; i++)
                slope += step[i] * gradient[i];
            if (!(slope > 1e-12))
                return;
            var length = 1.0;
            while (true)
            {
                double[] tried = [.. _logs.Zip(step, (log, by) => log + (length * by))];
                var reached = Objective(own, tried);
                if (reached >= value + (0.25 * length * slope))
                {
                    (_logs, value) = (tried, reached);
                    break;
                }

                length /= 2;
                if (length < 1e-10)
                    return;
            }
        }
    }

    /// <summary>Each value's weight shared out to the kinks on both sides, as interpolation does.</summary>
    private double[] CollectWeights()
    {
        var own = new double[_kinks.Count];
        own[0] = weights[0];
        for (var piece = 1; piece < _kinks.Count; piece++)
        {
            var (left, right) = (_kinks[piece - 1], _kinks[piece]);
            for (var i = left + 1; i <= right; i++)
            {
                var share = (points[i] - points[left]) / (points[right] - points[left]);
                own[piece - 1] += (1 - share) * weights[i];
                own[piece] += share * weights[i];
            }
        }

        return own;
    }

    private double Objective(double[] own, double[] logs)
    {
        var value = 0.0;
        for (var i = 0; i < own.Length; i++)
            value += own[i] * logs[i];
        for (var piece = 1; piece < own.Length; piece++)
            value -= Width(piece) * Exponential.Mean(logs[piece - 1], logs[piece]);
        return value;
    }

    private double Width(int piece) => points[_kinks[piece]] - points[_kinks[piece - 1]];

    /// <summary>Gradient, and the solution of (−Hessian) · step = gradient; the Hessian is tridiagonal (Thomas's elimination).</summary>
    private (double[] Gradient, double[] Step) NewtonStep(double[] own)
    {
        var gradient = (double[])own.Clone();
        var diagonal = new double[own.Length];
        var beside = new double[own.Length];
        for (var piece = 1; piece < own.Length; piece++)
        {
            var (a, b, width) = (_logs[piece - 1], _logs[piece], Width(piece));
            gradient[piece - 1] -= width * Exponential.First(b, a);
            gradient[piece] -= width * Exponential.First(a, b);
            diagonal[piece - 1] += width * Exponential.Second(b, a);
            diagonal[piece] += width * Exponential.Second(a, b);
            beside[piece] = width * (Exponential.First(a, b) - Exponential.Second(a, b));
        }

        var step = (double[])gradient.Clone();
        for (var i = 0; i < own.Length; i++)
        {
            diagonal[i] += 1e-14;
            if (i == 0)
                continue;
            var factor = beside[i] / diagonal[i - 1];
            diagonal[i] -= factor * beside[i];
            step[i] -= factor * step[i - 1];
        }

        for (var i = own.Length - 1; i >= 0; i--)
        {
            if (i + 1 < own.Length)
                step[i] -= beside[i + 1] * step[i + 1];
            step[i] /= diagonal[i];
        }

        return (gradient, step);
    }
}
