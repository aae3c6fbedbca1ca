namespace SegFunctions.Learning.Lifetime;

/// <summary>Nodes and weights of Gauss–Legendre quadrature on [0, 1], found by Newton's method on the Legendre polynomial.</summary>
internal static class GaussLegendre
{
    /// <summary>32 nodes: exact for polynomials of degree 63.</summary>
    public static readonly (double[] Nodes, double[] Weights) ThirtyTwo = Of(32);

    /// <summary>5 nodes, for functions that are nearly straight.</summary>
    public static readonly (double[] Nodes, double[] Weights) Five = Of(5);

    private static (double[] Nodes, double[] Weights) Of(int count)
    {
        var nodes = new double[count];
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var pass = 0; pass < 8; pass++)
            {
                var (before, now) = (1.0, x);
                for (var degree = 2; degree <= count; degree++)
                    (before, now) = (now, ((((2 * degree) - 1) * x * now) - ((degree - 1) * before)) / degree);
                slope = count * ((x * now) - before) / ((x * x) - 1);
                x -= now / slope;
            }

            nodes[count - 1 - i] = (1 + x) / 2;
            weights[count - 1 - i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }
}
