using System.Text.Json.Nodes;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Calibration;

/// <summary>
/// The non-decreasing map of least squared error, by pooling adjacent violators (Ayer et al. 1955; Zadrozny &amp; Elkan 2002 for
/// calibration). Between learned points it is interpolated linearly, beyond them it is constant, as in scikit-learn. Cost O(n log n).
/// </summary>
public sealed class IsotonicRegression : ProbabilityCalibration
{
    internal const string Kind = "isotonic";

    private readonly double[] _scores;
    private readonly double[] _probabilities;

    private IsotonicRegression(double[] scores, double[] probabilities) => (_scores, _probabilities) = (scores, probabilities);

    /// <summary>Scores at which the map bends, ascending.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>The probabilities there, non-decreasing.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    /// <param name="scores">Finite; greater means more likely.</param>
    /// <param name="weights">One a row, finite and 0 or more; rows of weight 0 are left out. Empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a score that is not finite (row named), or weights that are none.</exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        var bends = new List<double>();
        var probabilities = new List<double>();
        foreach (var pool in PoolsOf(scores, labels, weights))
        {
            bends.Add(pool.First);
            probabilities.Add(pool.Mean);
            if (pool.Last == pool.First)
                continue;
            bends.Add(pool.Last);
            probabilities.Add(pool.Mean);
        }

        return new IsotonicRegression([.. bends], [.. probabilities]);
    }

    /// <summary>
    /// Centred isotonic regression (Oron &amp; Flournoy, Statistics in Biopharmaceutical Research 9, 2017): each pool of the plain map stands at the mean of
    /// its scores, and between them it rises, so that no order among rows is lost; where the true map is smooth it is about half as far off. An end
    /// that saw one class only gets half a row of the other (Krichevsky &amp; Trofimov 1981), so that later rows cannot cost an infinite log-loss.
    /// </summary>
    /// <inheritdoc cref="Fit"/>
    public static IsotonicRegression FitCentred(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        var pools = PoolsOf(scores, labels, weights);
        var low = pools[0].Mean > 0 ? 0 : 0.5 / (pools[0].Rows + 1);
        var high = pools[^1].Mean < 1 ? 1 : 1 - (0.5 / (pools[^1].Rows + 1));
        if (pools.Count > 1)
        {
            // No more than the neighbour allows, so that the map still never falls.
            low = Math.Min(low, pools[1].Mean < 1 ? pools[1].Mean : 0.5);
            high = Math.Max(high, pools[^2].Mean > 0 ? pools[^2].Mean : 0.5);
        }

        return new IsotonicRegression([.. pools.Select(pool => pool.Centre)], [.. pools.Select(pool => Math.Clamp(pool.Mean, low, high))]);
    }

    private static List<Pool> PoolsOf(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights)
    {
        Require(scores, labels);
        ScoredLabels.RequireWeights(weights, labels.Length);
        var rows = RankedRows.Of(scores, labels, weights);
        var pools = new List<Pool>();
        double positives = 0, mass = 0;
        for (var at = 0; at < rows.Count; at++)
        {
            mass += rows.WeightAt(at);
            positives += rows.Labels[at] ? rows.WeightAt(at) : 0;
            if (!rows.Ends[at])
                continue;
            if (mass > 0)
                pools.Add(new Pool(rows.Scores[at], rows.Scores[at], rows.Scores[at], positives, mass));
            (positives, mass) = (0, 0);
            while (pools.Count > 1 && !pools[^2].Below(pools[^1]))
            {
                pools[^2] = pools[^2].With(pools[^1]);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        return pools;
    }

    public override double Apply(double score)
    {
        if (double.IsNaN(score))
            return double.NaN;
        var at = Array.BinarySearch(_scores, score);
        if (at >= 0)
            return _probabilities[at];
        var above = ~at;
        if (above == 0)
            return _probabilities[0];
        if (above == _scores.Length)
            return _probabilities[^1];
        var share = (score - _scores[above - 1]) / (_scores[above] - _scores[above - 1]);
        return _probabilities[above - 1] + (share * (_probabilities[above] - _probabilities[above - 1]));
    }

    public override void Save(Stream stream) =>
        ModelFile.Write(stream, Kind, 1, new JsonObject { ["points"] = _scores.Length }, ("scores", _scores), ("probabilities", _probabilities));

    internal static IsotonicRegression From(ModelFile file)
    {
        var points = file.Field<int>("points");
        if (points < 1)
            throw new InvalidDataException($"The stored isotonic map claims {points} points; it is damaged.");
        return new IsotonicRegression(file.Array("scores", points), file.Array("probabilities", points));
    }

    /// <summary>Neighbouring scores that share one value. Without weights the numbers are whole, and the comparison is exact up to 9 · 10⁷ rows.</summary>
    private readonly record struct Pool(double First, double Last, double Centre, double Positives, double Rows)
    {
        public double Mean => Positives / Rows;

        public bool Below(Pool next) => Positives * next.Rows < next.Positives * Rows;

        public Pool With(Pool next) => new(First, next.Last, Centre + ((next.Centre - Centre) * (next.Rows / (Rows + next.Rows))), Positives + next.Positives, Rows + next.Rows);
    }
}
