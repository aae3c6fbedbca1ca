using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Fitting;
using SegFunctions.Learning;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Tests.Identity.Fitting;

public sealed class ExpectationTests
{
    private const int Pairs = 400_000;
    private const double TrueShare = 0.01;

    private static readonly double[][] One = [[0.8, 0.15, 0.05], [0.9, 0.06, 0.04], [0.7, 0.2, 0.1], [0.85, 0.05, 0.1]];
    private static readonly double[][] Strangers = [[0.02, 0.03, 0.95], [0.01, 0.01, 0.98], [0.05, 0.1, 0.85], [0.03, 0.02, 0.95]];

    [Fact]
    public void Shares_that_made_a_table_are_found_in_it()
    {
        var (patterns, weights, random) = Simulate(seed: 4, silence: 0.2);
        var found = Expectation.Fit(Fields(), patterns, weights, Pairs, random, Kin.None, startingPairs: 100);

        Assert.InRange(found.OneShare, TrueShare * 0.93, TrueShare * 1.07);
        for (var field = 0; field < One.Length; field++)
        {
            for (var level = 0; level < 3; level++)
            {
                Assert.InRange(found.One[field][level + 1], One[field][level] - 0.03, One[field][level] + 0.03);
                Assert.InRange(found.Strangers[field][level + 1], Strangers[field][level] * 0.9, Strangers[field][level] * 1.1);
            }
        }
    }

    [Fact]
    public void Probabilities_are_what_happens()
    {
        var (patterns, weights, random) = Simulate(seed: 5, silence: 0.1);
        var score = new PairScore(Fields(), Expectation.Fit(Fields(), patterns, weights, Pairs, random, Kin.None, startingPairs: 100));
        var random2 = new Xoshiro256(6);
        var (expected, actual, sure) = (0.0, 0, 0);
        for (var pair = 0; pair < 200_000; pair++)
        {
            var isOne = random2.NextDouble() < TrueShare;
            var probability = score.Posterior(Draw(random2, isOne, 0.1)).One;
            if (probability < 0.2)
                continue;
            expected += probability;
            actual += isOne ? 1 : 0;
            sure++;
        }

        Assert.True(sure > 1000);
        Assert.InRange(actual / expected, 0.95, 1.05);
    }

    [Fact]
    public void Where_nobody_is_there_twice_nearly_nobody_is_found()
    {
        var table = new PatternTable();
        var random = new Xoshiro256(7);
        var counts = Fields().Select(field => new double[field.Levels.Length]).ToArray();
        for (var pair = 0; pair < Pairs; pair++)
            Count(table, counts, Draw(random, isOne: false, 0.1));
        var (patterns, weights) = table.ToArrays(1);
        var found = Expectation.Fit(Fields(), patterns, weights, Pairs, Divide(counts), Kin.None, startingPairs: 100);
        Assert.True(found.OneShare < 20.0 / Pairs, $"{found.OneShare * Pairs} pairs");
    }

    private static ComparedField[] Fields() =>
    [
        .. One.Select((_, at) => new ComparedField(
            $"field{at}",
            [
                new ComparisonLevel("missing", 0, 0, ByFrequency: false, new Bilingual("", "")),
                new ComparisonLevel("exact", 0.75, 0, ByFrequency: false, new Bilingual("", "")),
                new ComparisonLevel("similar", 0.15, 0, ByFrequency: false, new Bilingual("", "")),
                new ComparisonLevel("differs", 0.1, 0, ByFrequency: false, new Bilingual("", "")),
            ],
            IsShared: false,
            IsFixed: false)),
    ];

    private static (Agreement[] Patterns, double[] Weights, double[][] Random) Simulate(long seed, double silence)
    {
        var table = new PatternTable();
        var random = new Xoshiro256(seed);
        var counts = Fields().Select(field => new double[field.Levels.Length]).ToArray();
        for (var pair = 0; pair < Pairs; pair++)
            Count(table, counts, Draw(random, random.NextDouble() < TrueShare, silence));
        var (patterns, weights) = table.ToArrays(1);
        return (patterns, weights, Divide(counts));
    }

    private static void Count(PatternTable table, double[][] counts, Agreement agreement)
    {
        table.Add(agreement);
        for (var field = 0; field < counts.Length; field++)
            counts[field][agreement.Level(field)]++;
    }

    private static double[][] Divide(double[][] counts) => [.. counts.Select(row => row.Select(count => count / Pairs).ToArray())];

    private static Agreement Draw(Xoshiro256 random, bool isOne, double silence)
    {
        ulong levels = 0;
        for (var field = 0; field < One.Length; field++)
        {
            if (random.NextDouble() < silence)
                continue;
            var shares = (isOne ? One : Strangers)[field];
            var chance = random.NextDouble();
            var level = chance < shares[0] ? 1 : chance < shares[0] + shares[1] ? 2 : 3;
            levels |= (ulong)level << (4 * field);
        }

        return new Agreement(levels, default);
    }
}
