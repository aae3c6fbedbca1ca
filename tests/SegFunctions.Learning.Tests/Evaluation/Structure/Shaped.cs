using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

/// <summary>Tables with and without groups, prepared as a pipeline prepares them: transformed by skewness, robust scale, winsorised.</summary>
internal static class Shaped
{
    public static readonly string[] WithoutGroups = ["uniform", "normal", "correlated", "log-normal", "t3", "multivariate t3"];

    public static readonly string[] WithGroups = ["three", "three in a row", "three along three diagonals", "nine to one", "nine to one diagonal"];

    public static Matrix Prepared(string shape, int rows, int columns, long seed)
    {
        var raw = Raw(shape, rows, columns, seed);
        var table = Table.Of(raw, [.. Enumerable.Range(0, columns).Select(column => $"c{column}")]);
        return TablePreparation.Fit(table).TransformForFitting(table);
    }

    public static Matrix Raw(string shape, int rows, int columns, long seed)
    {
        var random = new Xoshiro256(seed, stream: 77);
        var mixing = new double[columns * columns];
        for (var i = 0; i < mixing.Length; i++)
            mixing[i] = random.NextNormal();
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
            Fill(shape, values.AsSpan(row * columns, columns), mixing, random);
        return new Matrix(rows, columns, values);
    }

    private static void Fill(string shape, Span<double> row, double[] mixing, Xoshiro256 random)
    {
        var columns = row.Length;
        for (var column = 0; column < columns; column++)
            row[column] = random.NextNormal();
        var group = random.NextInt(3);
        var minor = random.NextDouble() < 0.1;
        switch (shape)
        {
            case "normal":
                break;
            case "uniform":
                foreach (ref var value in row)
                    value = random.NextDouble();
                break;
            case "correlated":
                var normal = row.ToArray();
                for (var column = 0; column < columns; column++)
                    row[column] = Dot.Of(mixing.AsSpan(column * columns, columns), normal);
                break;
            case "log-normal":
                foreach (ref var value in row)
                    value = Math.Exp(value);
                break;
            case "t3":
                foreach (ref var value in row)
                    value /= Math.Sqrt(ChiSquared3(random) / 3);
                break;
            case "multivariate t3":
                var shared = Math.Sqrt(ChiSquared3(random) / 3);
                foreach (ref var value in row)
                    value /= shared;
                break;
            case "three":
                // The corners of an equilateral triangle of side 5 in the plane of the first two columns, askew.
                row[0] += 5 / Math.Sqrt(3) * Math.Cos((2 * Math.PI * group / 3) + 0.3);
                row[1] += 5 / Math.Sqrt(3) * Math.Sin((2 * Math.PI * group / 3) + 0.3);
                break;
            case "three in a row":
                row[0] += 5 * group;
                break;
            case "three along three diagonals":
                for (var column = group; column < columns; column += 3)
                    row[column] += 5 / Math.Sqrt(2.0 * ((columns + 2 - group) / 3));
                break;
            case "nine to one":
                row[0] += minor ? 5 : 0;
                break;
            case "nine to one diagonal":
                foreach (ref var value in row)
                    value += minor ? 5 / Math.Sqrt(columns) : 0;
                break;
            case "moons":
                var angle = Math.PI * random.NextDouble();
                var upper = random.NextDouble() < 0.5;
                row[0] = (upper ? Math.Cos(angle) : 1 - Math.Cos(angle)) + (0.1 * row[0]);
                row[1] = (upper ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + (0.1 * row[1]);
                break;
            default:
                throw new ArgumentException($"There is no shape {shape}.", nameof(shape));
        }
    }

    private static double ChiSquared3(Xoshiro256 random)
    {
        var sum = 0.0;
        for (var i = 0; i < 3; i++)
        {
            var normal = random.NextNormal();
            sum += normal * normal;
        }

        return sum;
    }
}
