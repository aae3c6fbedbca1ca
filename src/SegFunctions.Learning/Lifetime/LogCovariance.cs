using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Lifetime;

/// <summary>What the curvature at a maximum says of the uncertainty of the parameters.</summary>
internal static class LogCovariance
{
    /// <summary>The inverse of the negative Hessian in the logarithms, parameters at a limit held fixed; null where it is not positive definite.</summary>
    public static double[]? Of(Maximum maximum)
    {
        var size = maximum.Parameters.Length;
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = maximum.AtLimit[i] || maximum.AtLimit[j] ? 0 : -maximum.LogHessian[(i * size) + j];
            if (maximum.AtLimit[i])
                matrix[(i * size) + i] = 1;
        }

        if (Cholesky.Of(matrix, size) is not { } factor)
            return null;
        var covariance = new double[size * size];
        var unit = new double[size];
        for (var i = 0; i < size; i++)
        {
            if (maximum.AtLimit[i])
                continue;
            unit.AsSpan().Clear();
            unit[i] = 1;
            factor.Solve(unit).CopyTo(covariance, i * size);
        }

        return covariance;
    }

    /// <summary>Of the parameters themselves, by the delta method: p · se(ln p).</summary>
    public static double[] StandardErrors(Maximum maximum, double[]? covariance)
    {
        var size = maximum.Parameters.Length;
        var errors = new double[size];
        for (var i = 0; i < size; i++)
            errors[i] = covariance is null || maximum.AtLimit[i] ? double.NaN : maximum.Parameters[i] * Math.Sqrt(covariance[(i * size) + i]);
        return errors;
    }
}
