namespace SegFunctions.Learning.Preparation;

/// <summary>The directions in which prepared rows vary most.</summary>
/// <param name="Means">Of each prepared column.</param>
/// <param name="Weights">Shape (components × columns): what each column adds to a component.</param>
/// <param name="Shares">Share of the variance that each component holds, falling.</param>
internal sealed record PrincipalComponents(double[] Means, double[] Weights, double[] Shares)
{
    public int Count => Shares.Length;

    public int Columns => Means.Length;

    /// <summary>As few as hold the share of the variance together.</summary>
    /// <param name="used">Columns of the covariance that take part.</param>
    /// <returns>null where nothing varies.</returns>
    public static PrincipalComponents? Of(Covariance covariance, ReadOnlySpan<int> used, double share)
    {
        var size = used.Length;
        var values = new double[size * size];
        var total = 0.0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                values[(i * size) + j] = covariance.Values[(used[i] * covariance.Size) + used[j]];
            total += values[(i * size) + i];
        }

        if (!(total > 0))
            return null;
        var eigen = SymmetricEigen.Of(values, size);
        var count = 0;
        // A share of 1 ends with the last component that is more than rounding.
        for (var sum = 0.0; count < size && sum < share * total && eigen.Values[count] > 1e-12 * total; count++)
            sum += eigen.Values[count];
        var means = new double[size];
        for (var i = 0; i < size; i++)
            means[i] = covariance.Means[used[i]];
        return new PrincipalComponents(means, eigen.Vectors[..(count * size)], [.. eigen.Values.Take(count).Select(value => value / total)]);
    }

    /// <param name="row">A prepared row; centred in place.</param>
    public void Project(Span<double> row, Span<double> components)
    {
        for (var column = 0; column < row.Length; column++)
            row[column] -= Means[column];
        for (var component = 0; component < components.Length; component++)
            components[component] = Dot.Of(Weights.AsSpan(component * row.Length, row.Length), row);
    }
}
