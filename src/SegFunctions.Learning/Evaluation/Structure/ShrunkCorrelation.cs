namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// Correlations drawn towards none by as much as they are noise (Schäfer &amp; Strimmer, "A shrinkage approach to large-scale covariance matrix estimation", Stat. Appl.
/// Genet. Mol. Biol. 4, 2005, target D): λ = Σ Var(r) / Σ r² over the pairs of columns, at most 1.
/// </summary>
/// <remarks>
/// Draws from a sample's own correlations are more elongated than what the sample was drawn from, the more so the more columns there are; clusters then are found along their
/// length, where a round cloud leaves the choice of a direction free and its dip is the greater for it.
/// </remarks>
internal static class ShrunkCorrelation
{
    /// <returns>Shape (d × d), ones on the diagonal, and the columns' standard deviations (by n − 1). A constant column is uncorrelated with all others.</returns>
    public static (double[] Correlation, double[] Deviations) Of(Matrix rows)
    {
        var (n, columns) = (rows.Rows, rows.Columns);
        var standard = Standardised(rows, out var deviations);
        var correlation = new double[columns * columns];
        var (noise, signal) = (0.0, 0.0);
        for (var column = 0; column < columns; column++)
        {
            var own = standard.AsSpan(column * n, n);
            correlation[(column * columns) + column] = 1;
            for (var other = 0; other < column; other++)
            {
                var second = standard.AsSpan(other * n, n);
                var (sum, squares) = (0.0, 0.0);
                for (var row = 0; row < n; row++)
                {
                    var product = own[row] * second[row];
                    sum += product;
                    squares += product * product;
                }

                var mean = sum / n;
                var r = sum / (n - 1);
                noise += (squares - (n * mean * mean)) * n / ((n - 1.0) * (n - 1.0) * (n - 1.0));
                signal += r * r;
                correlation[(column * columns) + other] = r;
                correlation[(other * columns) + column] = r;
            }
        }

        var kept = signal > 0 ? Math.Clamp(1 - (noise / signal), 0, 1) : 0;
        for (var i = 0; i < correlation.Length; i++)
        {
            if (i / columns != i % columns)
                correlation[i] *= kept;
        }

        return (correlation, deviations);
    }

    /// <summary>Column by column: mean 0, variance 1 by n − 1; a constant column is all 0.</summary>
    private static double[] Standardised(Matrix rows, out double[] deviations)
    {
        var (n, columns) = (rows.Rows, rows.Columns);
        var means = LowerFactor.Means(rows);
        deviations = new double[columns];
        var standard = new double[n * columns];
        for (var column = 0; column < columns; column++)
        {
            var own = standard.AsSpan(column * n, n);
            for (var row = 0; row < n; row++)
                own[row] = rows[row, column] - means[column];
            var deviation = Math.Sqrt(Dot.Of(own, own) / (n - 1));
            deviations[column] = deviation;
            foreach (ref var value in own)
                value = deviation > 0 ? value / deviation : 0;
        }

        return standard;
    }
}
