using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Classification;

/// <summary>Tables with an outcome whose truth is known.</summary>
internal sealed record Outcomes(Table Table, bool[] Positive, double[] Truth)
{
    /// <summary>Two measures, a flag and a category that matter, a measure that does not, gaps, an id and a note.</summary>
    public static Outcomes Planted(int rows, long seed)
    {
        var random = new Xoshiro256(seed);
        var (age, spend, noise) = (new double[rows], new double[rows], new double[rows]);
        var (member, city, id) = (new string?[rows], new string?[rows], new string?[rows]);
        string[] cities = ["Lyon", "Paris", "Nice", "Lille"];
        double[] effects = [0.9, 0, -0.9, 0.3];
        return Make(rows, random, row =>
        {
            age[row] = 40 + (12 * random.NextNormal());
            spend[row] = Math.Exp(3 + random.NextNormal());
            noise[row] = random.NextNormal();
            var (flag, at) = (random.NextDouble() < 0.4, random.NextInt(4));
            member[row] = flag ? "yes" : "no";
            city[row] = cities[at];
            id[row] = $"C{row:00000}";
            var odds = -0.5 + (0.05 * (age[row] - 40)) - (0.8 * (Math.Log(spend[row]) - 3)) + (flag ? 0.8 : 0) + effects[at];
            if (random.NextDouble() < 0.05)
                spend[row] = double.NaN;
            if (random.NextDouble() < 0.05)
                city[row] = null;
            return odds;
        }, () => new Table([
            TextColumn.FromCells("customer", id), new NumericColumn("age", age), new NumericColumn("spend", spend), new NumericColumn("noise", noise),
            TextColumn.FromCells("member", member), TextColumn.FromCells("city", city)]));
    }

    /// <summary>Columns that have nothing to do with the outcome.</summary>
    public static Outcomes Noise(int rows, int columns, long seed, double share = 0.3)
    {
        var random = new Xoshiro256(seed);
        var values = new double[columns][];
        for (var column = 0; column < columns; column++)
            values[column] = new double[rows];
        var city = new string?[rows];
        return Make(rows, random, row =>
        {
            foreach (var column in values)
                column[row] = random.NextNormal();
            city[row] = $"city {random.NextInt(40)}";
            return Math.Log(share / (1 - share));
        }, () => new Table([.. values.Select((column, at) => new NumericColumn($"x{at}", column)), TextColumn.FromCells("city", city)]));
    }

    /// <summary>A category of many texts, each with odds of its own or all alike, beside a measure that matters.</summary>
    public static Outcomes ManyLevels(int rows, int levels, double spread, long seed)
    {
        var random = new Xoshiro256(seed);
        double[] effects = [.. Enumerable.Range(0, levels).Select(_ => spread * random.NextNormal())];
        var (x, shop) = (new double[rows], new string?[rows]);
        return Make(rows, random, row =>
        {
            x[row] = random.NextNormal();
            var level = random.NextInt(levels);
            shop[row] = $"shop {level}";
            return -0.8 + x[row] + effects[level];
        }, () => new Table([new NumericColumn("x", x), TextColumn.FromCells("shop", shop)]));
    }

    /// <summary>Two measures that matter only together, as no sum of lines can say.</summary>
    public static Outcomes Interaction(int rows, long seed)
    {
        var random = new Xoshiro256(seed);
        var (x, y) = (new double[rows], new double[rows]);
        return Make(rows, random, row =>
        {
            (x[row], y[row]) = (random.NextNormal(), random.NextNormal());
            return x[row] > 0 == y[row] > 0 ? 1.8 : -1.8;
        }, () => new Table([new NumericColumn("x", x), new NumericColumn("y", y)]));
    }

    /// <summary>Some of the rows.</summary>
    public Outcomes Take(Range range)
    {
        int[] rows = [.. Enumerable.Range(0, Table.Rows).Take(range)];
        return new Outcomes(Table.Take(rows), Positive[range], Truth[range]);
    }

    public Outcomes Without(string column) => this with { Table = new Table([.. Table.Columns.Where(one => one.Name != column)]) };

    private static Outcomes Make(int rows, Xoshiro256 random, Func<int, double> odds, Func<Table> table)
    {
        var (positive, truth) = (new bool[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            truth[row] = 1 / (1 + Math.Exp(-odds(row)));
            positive[row] = random.NextDouble() < truth[row];
        }

        return new Outcomes(table(), positive, truth);
    }
}
