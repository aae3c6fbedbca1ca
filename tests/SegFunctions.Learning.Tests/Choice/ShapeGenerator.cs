namespace SegFunctions.Learning.Tests.Choice;

/// <summary>Rows in two columns with the group each was drawn from; noise is −1.</summary>
internal sealed record Shapes(string Name, Matrix Rows, int[] Groups)
{
    /// <summary>Twenty tables that are hard in the ways tables are: varying density, bridges, unequal sizes, 5 % noise.</summary>
    public static IEnumerable<Shapes> Twenty(long seed)
    {
        for (var i = 0; i < 5; i++)
        {
            yield return ShapeGenerator.VaryingDensity(3 + i, seed + i);
            yield return ShapeGenerator.Bridged(3 + (i % 3), seed + 100 + i);
            yield return ShapeGenerator.UnequalSizes(3 + i, seed + 200 + i);
            yield return ShapeGenerator.CurvesInNoise(seed + 300 + i);
        }
    }
}

/// <summary>Draws tables of known groups; each is decided by its seed.</summary>
internal sealed class ShapeGenerator
{
    private const double NoiseShare = 0.05;

    private readonly Xoshiro256 _random;
    private readonly List<double[]> _rows = [];
    private readonly List<int> _groups = [];

    private ShapeGenerator(long seed) => _random = new Xoshiro256(seed);

    /// <summary>Gaussian groups whose spreads are one to four, in 5 % noise.</summary>
    public static Shapes VaryingDensity(int groups, long seed)
    {
        var made = new ShapeGenerator(seed);
        var spreads = Enumerable.Range(0, groups).Select(group => 0.5 * (1 + (group % 4))).ToArray();
        var centres = made.Centres(spreads, apart: 4.2);
        for (var group = 0; group < groups; group++)
            made.Gaussian(group, 200, centres[group], spreads[group]);
        made.Noise();
        return made.Done($"varying density, {groups} groups, seed {seed}");
    }

    /// <summary>Discs in a ring, each joined to the next by a thin line of rows, in 5 % noise.</summary>
    public static Shapes Bridged(int groups, long seed)
    {
        const double Radius = 2;
        const double Gap = 2;
        var made = new ShapeGenerator(seed);
        var ring = (Radius + (Gap / 2)) / Math.Sin(Math.PI / groups);
        var centres = Enumerable.Range(0, groups).Select(group => new[] { ring * Math.Cos(2 * Math.PI * group / groups), ring * Math.Sin(2 * Math.PI * group / groups) }).ToArray();
        for (var group = 0; group < groups; group++)
        {
            made.Disc(group, 200 + (40 * (group % 3)), centres[group], Radius);
            if (group > 0)
                made.Bridge(group - 1, group, 8, centres[group - 1], centres[group], Radius);
        }

        made.Noise();
        return made.Done($"bridged, {groups} groups, seed {seed}");
    }

    /// <summary>Gaussian groups of which each is larger than the one before, up to 20 times the first, in 5 % noise.</summary>
    public static Shapes UnequalSizes(int groups, long seed)
    {
        var made = new ShapeGenerator(seed);
        var spreads = Enumerable.Repeat(1.0, groups).ToArray();
        var centres = made.Centres(spreads, apart: 4);
        for (var group = 0; group < groups; group++)
            made.Gaussian(group, (int)(40 * Math.Pow(20, (double)group / (groups - 1))), centres[group], spreads[group]);
        made.Noise();
        return made.Done($"unequal sizes, {groups} groups, seed {seed}");
    }

    /// <summary>Two moons of unequal density and a Gaussian group, in 5 % noise.</summary>
    public static Shapes CurvesInNoise(long seed)
    {
        var made = new ShapeGenerator(seed);
        made.Moons(360, 0.45 + (0.2 * made._random.NextDouble()), spread: 0.35);
        made.Gaussian(2, 180, [15, 9], 1);
        made.Noise();
        return made.Done($"curves in noise, seed {seed}");
    }

    /// <summary>Two moons.</summary>
    public static Shapes TwoMoons(int rows, double spread, long seed)
    {
        var made = new ShapeGenerator(seed);
        made.Moons(rows / 2, 0.5, spread);
        return made.Done("two moons");
    }

    /// <summary>A ring around a disc.</summary>
    public static Shapes RingAndDisc(int rows, long seed)
    {
        var made = new ShapeGenerator(seed);
        for (var i = 0; i < rows / 2; i++)
        {
            var angle = 2 * Math.PI * made._random.NextDouble();
            var radius = 8 + (0.4 * made._random.NextNormal());
            made.Add(0, radius * Math.Cos(angle), radius * Math.Sin(angle));
        }

        made.Disc(1, rows / 2, [0, 0], 2.5);
        return made.Done("ring and disc");
    }

    private void Gaussian(int group, int rows, double[] centre, double spread)
    {
        for (var i = 0; i < rows; i++)
            Add(group, centre[0] + (spread * _random.NextNormal()), centre[1] + (spread * _random.NextNormal()));
    }

    private void Disc(int group, int rows, double[] centre, double radius)
    {
        for (var i = 0; i < rows; i++)
        {
            var angle = 2 * Math.PI * _random.NextDouble();
            var from = radius * Math.Sqrt(_random.NextDouble());
            Add(group, centre[0] + (from * Math.Cos(angle)), centre[1] + (from * Math.Sin(angle)));
        }
    }

    private void Bridge(int from, int to, int rows, double[] start, double[] end, double radius)
    {
        var length = Math.Sqrt(Math.Pow(end[0] - start[0], 2) + Math.Pow(end[1] - start[1], 2));
        for (var i = 0; i < rows; i++)
        {
            var at = (radius + ((length - (2 * radius)) * (i + 0.5) / rows)) / length;
            Add(2 * i < rows ? from : to, start[0] + (at * (end[0] - start[0])) + (0.05 * _random.NextNormal()), start[1] + (at * (end[1] - start[1])) + (0.05 * _random.NextNormal()));
        }
    }

    private void Moons(int each, double share, double spread)
    {
        var upper = (int)(2 * each * share);
        for (var i = 0; i < 2 * each; i++)
        {
            var angle = Math.PI * _random.NextDouble();
            var (x, y) = i < upper ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.4 - Math.Sin(angle));
            Add(i < upper ? 0 : 1, (6 * x) + (spread * _random.NextNormal()), (6 * y) + (spread * _random.NextNormal()));
        }
    }

    /// <summary>Centres of which any two lie so many times the sum of their spreads apart.</summary>
    private double[][] Centres(double[] spreads, double apart)
    {
        var centres = new List<double[]>();
        for (var side = 5.0; centres.Count < spreads.Length; side *= 1.01)
        {
            double[] centre = [side * _random.NextDouble(), side * _random.NextDouble()];
            var own = spreads[centres.Count];
            if (centres.Select((other, i) => Math.Sqrt(Math.Pow(other[0] - centre[0], 2) + Math.Pow(other[1] - centre[1], 2)) >= apart * (own + spreads[i])).All(far => far))
                centres.Add(centre);
        }

        return [.. centres];
    }

    /// <summary>Rows spread evenly over the table's rectangle.</summary>
    private void Noise()
    {
        var rows = (int)(_rows.Count * NoiseShare / (1 - NoiseShare));
        var (left, right) = (_rows.Min(row => row[0]), _rows.Max(row => row[0]));
        var (low, high) = (_rows.Min(row => row[1]), _rows.Max(row => row[1]));
        for (var i = 0; i < rows; i++)
            Add(-1, left + ((right - left) * _random.NextDouble()), low + ((high - low) * _random.NextDouble()));
    }

    private void Add(int group, double x, double y)
    {
        _rows.Add([x, y]);
        _groups.Add(group);
    }

    /// <summary>In a random order, so that nothing can be read off the order of rows.</summary>
    private Shapes Done(string name)
    {
        var order = Enumerable.Range(0, _rows.Count).ToArray();
        _random.Shuffle(order.AsSpan());
        return new Shapes(name, Matrix.FromRows([.. order.Select(row => _rows[row])]), [.. order.Select(row => _groups[row])]);
    }
}
