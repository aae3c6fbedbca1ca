using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// What the NBD, BG/NBD and MBG/NBD likelihoods need of customers with one number of repeat orders: sums over times alone, each
/// weighted with the number of customers. With D = ln((α + T) / (α + t_x)), E = 1/(α + T) − 1/(α + t_x),
/// F = 1/(α + t_x)² − 1/(α + T)² and w the probability of having dropped out, v = w(1 − w).
/// </summary>
internal struct TimingSums
{
    /// <summary>Σ 1, Σ ln((α + T)/α), Σ 1/(α + T), Σ 1/(α + T)².</summary>
    public double Customers, LogAge, InverseAge, SquareAge;

    /// <summary>Σ ln(1 + odds), Σ w, Σ wD, Σ wE, Σ wF.</summary>
    public double LogOdds, W, WD, WE, WF;

    /// <summary>Σ v, Σ vD, Σ vE, Σ vD², Σ vDE, Σ vE².</summary>
    public double V, VD, VE, VDD, VDE, VEE;

    /// <summary>The sums without drop-out: the second line and the third stay 0.</summary>
    /// <param name="age">T.</param>
    public static TimingSums WithoutDropout(ReadOnlySpan<double> age, ReadOnlySpan<double> weight, double alpha)
    {
        Debug.Assert(age.Length == weight.Length);
        var (alphas, scale) = (Vector512.Create(alpha), Vector512.Create(1 / alpha));
        var (customers, logAge, inverseAge, squareAge) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var row = 0; row < age.Length; row += Vector512<double>.Count)
        {
            var n = Load(weight, row);
            var end = Load(age, row) + alphas;
            var inverse = n / end;
            customers += n;
            logAge = Vector512.FusedMultiplyAdd(n, Vector512.Log(end * scale), logAge);
            inverseAge += inverse;
            squareAge += inverse / end;
        }

        return new TimingSums
        {
            Customers = Distance.Sum(customers),
            LogAge = Distance.Sum(logAge),
            InverseAge = Distance.Sum(inverseAge),
            SquareAge = Distance.Sum(squareAge),
        };
    }

    /// <summary>All sums; the odds of having dropped out are exp(logRatio + power · D).</summary>
    /// <param name="recency">t_x.</param>
    /// <param name="age">T.</param>
    /// <param name="power">r + x.</param>
    public static TimingSums WithDropout(ReadOnlySpan<double> recency, ReadOnlySpan<double> age, ReadOnlySpan<double> weight, double alpha, double power, double logRatio)
    {
        Debug.Assert(age.Length == weight.Length && recency.Length == weight.Length);
        var (alphas, scale, powers, ratios) = (Vector512.Create(alpha), Vector512.Create(1 / alpha), Vector512.Create(power), Vector512.Create(logRatio));
        var zero = Vector512<double>.Zero;
        var (customers, logAge, inverseAge, squareAge) = (zero, zero, zero, zero);
        var (logOdds, sumW, sumWD, sumWE, sumWF) = (zero, zero, zero, zero, zero);
        var (sumV, sumVD, sumVE, sumVDD, sumVDE, sumVEE) = (zero, zero, zero, zero, zero, zero);
        for (var row = 0; row < age.Length; row += Vector512<double>.Count)
        {
            var n = Load(weight, row);
            var end = Load(age, row) + alphas;
            var last = Load(recency, row) + alphas;
            var (inverseEnd, inverseLast) = (Vector512<double>.One / end, Vector512<double>.One / last);
            var d = Vector512.Log(end * inverseLast);
            var e = inverseEnd - inverseLast;
            // The odds e^s may be beyond a double; e^−|s| never is.
            var s = Vector512.FusedMultiplyAdd(powers, d, ratios);
            var power1 = Vector512.Exp(-Vector512.Abs(s));
            var below = Vector512<double>.One / (Vector512<double>.One + power1);
            var w = Vector512.ConditionalSelect(Vector512.GreaterThan(s, zero), below, power1 * below) * n;
            var v = power1 * below * below * n;

            customers += n;
            logAge = Vector512.FusedMultiplyAdd(n, Vector512.Log(end * scale), logAge);
            inverseAge = Vector512.FusedMultiplyAdd(n, inverseEnd, inverseAge);
            squareAge = Vector512.FusedMultiplyAdd(n * inverseEnd, inverseEnd, squareAge);
            logOdds = Vector512.FusedMultiplyAdd(n, Vector512.Max(s, zero) + Vector512.Log(Vector512<double>.One + power1), logOdds);
            sumW += w;
            sumWD = Vector512.FusedMultiplyAdd(w, d, sumWD);
            sumWE = Vector512.FusedMultiplyAdd(w, e, sumWE);
            sumWF = Vector512.FusedMultiplyAdd(w * e, -(inverseEnd + inverseLast), sumWF);
            sumV += v;
            sumVD = Vector512.FusedMultiplyAdd(v, d, sumVD);
            sumVE = Vector512.FusedMultiplyAdd(v, e, sumVE);
            sumVDD = Vector512.FusedMultiplyAdd(v * d, d, sumVDD);
            sumVDE = Vector512.FusedMultiplyAdd(v * d, e, sumVDE);
            sumVEE = Vector512.FusedMultiplyAdd(v * e, e, sumVEE);
        }

        return new TimingSums
        {
            Customers = Distance.Sum(customers),
            LogAge = Distance.Sum(logAge),
            InverseAge = Distance.Sum(inverseAge),
            SquareAge = Distance.Sum(squareAge),
            LogOdds = Distance.Sum(logOdds),
            W = Distance.Sum(sumW),
            WD = Distance.Sum(sumWD),
            WE = Distance.Sum(sumWE),
            WF = Distance.Sum(sumWF),
            V = Distance.Sum(sumV),
            VD = Distance.Sum(sumVD),
            VE = Distance.Sum(sumVE),
            VDD = Distance.Sum(sumVDD),
            VDE = Distance.Sum(sumVDE),
            VEE = Distance.Sum(sumVEE),
        };
    }

    /// <summary>Eight values; zeros beyond the end, where the weight of 0 makes them count for nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Load(ReadOnlySpan<double> values, int row)
    {
        if (row + Vector512<double>.Count <= values.Length)
            return Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)row);
        return LoadRest(values[row..]);
    }

    private static Vector512<double> LoadRest(ReadOnlySpan<double> values)
    {
        Span<double> rest = stackalloc double[Vector512<double>.Count];
        rest.Clear();
        values.CopyTo(rest);
        return Vector512.Create<double>(rest);
    }
}
