namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>
/// Gauss–Legendre quadrature on (0, 1): Σ weight · p(node) is ∫ p for every polynomial p of degree 2 · points − 1 or less.
/// Nodes are the zeros of Legendre's polynomial, found by Newton's method from Tricomi's guess.
/// </summary>
internal static class GaussLegendre
{
    /// <summary>Nodes, ascending, and their weights, which add up to 1.</summary>
    public static (double[] Nodes, double[] Weights) Of(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        var nodes = new double[points];
        var weights = new double[points];
        for (var i = 0; i < points; i++)
        {
            var x = -Math.Cos(Math.PI * (i + 0.75) / (points + 0.5));
            var (value, slope) = Legendre(points, x);
            // Quadratic convergence from a guess this good: a handful of steps reaches the last bit, and more change nothing.
            for (var step = 0; step < 10; step++)
            {
                x -= value / slope;
                (value, slope) = Legendre(points, x);
            }

            nodes[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= degree; k++)
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
