namespace SegFunctions.Learning.Linear;

/// <summary>Centre and unit of every column of a design, numbers first, then levels.</summary>
/// <param name="Means">Weighted means.</param>
/// <param name="Deviations">Weighted standard deviations (population); 0 for a constant column.</param>
/// <param name="Units">What coefficients are measured in: column value ÷ unit is what the penalty sees; 0 for a constant column, which stays out.</param>
internal sealed record ColumnScales(double[] Means, double[] Deviations, double[] Units)
{
    public static ColumnScales Of(LogisticDesign design, double[]? weights, double total, ColumnScaling scaling, ChunkTeam team)
    {
        var means = new double[design.Columns];
        var deviations = new double[design.Columns];
        if (design.Numbers is { } numbers)
        {
            var moments = ColumnMoments.Of(numbers, weights, total, team);
            for (var column = 0; column < numbers.Columns; column++)
            {
                means[column] = moments.Means[column];
                var deviation = Math.Sqrt(moments.Variances[column]);
                // A column whose values differ by rounding alone is constant.
                deviations[column] = deviation > 1e-13 * Math.Abs(means[column]) ? deviation : 0;
            }
        }

        var counts = LevelWeights(design, weights);
        for (var level = 0; level < counts.Length; level++)
        {
            var share = counts[level] / total;
            means[design.NumberCount + level] = share;
            deviations[design.NumberCount + level] = share < 1 - 1e-14 ? Math.Sqrt(share * (1 - share)) : 0;
        }

        var units = new double[design.Columns];
        for (var column = 0; column < units.Length; column++)
        {
            var own = scaling == ColumnScaling.Standardised || (scaling == ColumnScaling.NumbersOnly && column < design.NumberCount);
            units[column] = deviations[column] == 0 ? 0 : own ? deviations[column] : 1;
        }

        return new ColumnScales(means, deviations, units);
    }

    private static double[] LevelWeights(LogisticDesign design, double[]? weights)
    {
        var counts = new double[design.LevelCount];
        for (var row = 0; row < design.Rows && design.Categories > 0; row++)
        {
            var weight = weights is null ? 1 : weights[row];
            var codes = design.CodesOf(row);
            for (var category = 0; category < codes.Length; category++)
            {
                if (codes[category] >= 0)
                    counts[design.Starts[category] + codes[category]] += weight;
            }
        }

        return counts;
    }
}
