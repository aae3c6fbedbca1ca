using System.Text.Json.Nodes;

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
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a score that is not finite (row named).</exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        Require(scores, labels);
        var sorted = scores.ToArray();
        var positive = labels.ToArray();
        Array.Sort(sorted, positive);
        var pools = new List<Pool>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            long positives = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
                positives += positive[end] ? 1 : 0;
            pools.Add(new Pool(sorted[start], sorted[start], positives, end - start));
            while (pools.Count > 1 && !pools[^2].Below(pools[^1]))
            {
                pools[^2] = pools[^2].With(pools[^1]);
                pools.RemoveAt(pools.Count - 1);
            }

            start = end;
        }

        var bends = new List<double>(2 * pools.Count);
        var probabilities = new List<double>(2 * pools.Count);
        foreach (var pool in pools)
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

    /// <summary>Neighbouring scores that share one value; counts are whole, so comparisons are exact.</summary>
    private readonly record struct Pool(double First, double Last, long Positives, long Rows)
    {
        public double Mean => (double)Positives / Rows;

        public bool Below(Pool next) => (Int128)Positives * next.Rows < (Int128)next.Positives * Rows;

        public Pool With(Pool next) => new(First, next.Last, Positives + next.Positives, Rows + next.Rows);
    }
}
