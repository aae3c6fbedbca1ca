namespace SegFunctions.Learning.Preparation;

/// <summary>The least value of a function between two bounds, without derivatives: golden sections and parabolas (Brent 1973, chapter 5, <c>localmin</c>).</summary>
internal static class BrentMinimum
{
    private const double Golden = 0.3819660112501051;
    private const int MostSteps = 200;

    /// <param name="tolerance">How close to the place of the minimum, absolute; not below the square root of the precision.</param>
    /// <returns>Where a local minimum lies; the global one when there is no other.</returns>
    public static double Of(Func<double, double> function, double lower, double upper, double tolerance)
    {
        var best = lower + (Golden * (upper - lower));
        var (second, third) = (best, best);
        var bestValue = function(best);
        var (secondValue, thirdValue) = (bestValue, bestValue);
        var (step, before) = (0.0, 0.0);
        for (var i = 0; i < MostSteps; i++)
        {
            var middle = 0.5 * (lower + upper);
            var close = (1e-10 * Math.Abs(best)) + tolerance;
            if (Math.Abs(best - middle) <= (2 * close) - (0.5 * (upper - lower)))
                break;
            if (!TryParabola(out var move))
            {
                before = best >= middle ? lower - best : upper - best;
                move = Golden * before;
            }

            step = move;
            var at = best + (Math.Abs(step) >= close ? step : Math.CopySign(close, step));
            var value = function(at);
            if (value <= bestValue)
            {
                if (at >= best)
                    lower = best;
                else
                    upper = best;
                (third, thirdValue, second, secondValue, best, bestValue) = (second, secondValue, best, bestValue, at, value);
                continue;
            }

            if (at < best)
                lower = at;
            else
                upper = at;
            if (value <= secondValue || second == best)
                (third, thirdValue, second, secondValue) = (second, secondValue, at, value);
            else if (value <= thirdValue || third == best || third == second)
                (third, thirdValue) = (at, value);

            bool TryParabola(out double move)
            {
                move = 0;
                if (Math.Abs(before) <= close)
                    return false;
                var r = (best - second) * (bestValue - thirdValue);
                var q = (best - third) * (bestValue - secondValue);
                var p = ((best - third) * q) - ((best - second) * r);
                q = 2 * (q - r);
                if (q > 0)
                    p = -p;
                q = Math.Abs(q);
                var last = before;
                before = step;
                if (!(Math.Abs(p) < Math.Abs(0.5 * q * last)) || p <= q * (lower - best) || p >= q * (upper - best))
                    return false;
                move = p / q;
                var there = best + move;
                if (there - lower < 2 * close || upper - there < 2 * close)
                    move = Math.CopySign(close, middle - best);
                return true;
            }
        }

        return best;
    }
}
