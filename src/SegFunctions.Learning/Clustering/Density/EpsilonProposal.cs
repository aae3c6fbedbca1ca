namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// A reach ε for DBSCAN, read off the sorted distances of all rows to their k-th neighbour (Ester et al. 1996, §4.2): rows in clusters lie on the flat part of
/// that curve, noise on the steep one, and ε is the distance at the knee between them: where the curve, scaled to the unit square, lies farthest below its chord
/// (Kneedle, Satopää et al. 2011, with one knee and without smoothing, which a sorted curve does not need).
/// </summary>
/// <param name="Epsilon">The proposed reach, above 0.</param>
/// <param name="HasKnee">False when the curve has no knee: distances grow evenly or hardly at all; then <see cref="Epsilon"/> is the median distance, and only a guess.</param>
/// <param name="Knee">Where on the curve ε was read off.</param>
/// <param name="Curve">For each row, ascending, the distance within which it has the minimum of points, itself counted.</param>
public sealed record EpsilonProposal(double Epsilon, bool HasKnee, int Knee, IReadOnlyList<double> Curve)
{
    /// <summary>Share of the curve's height that it must sag below its chord; a straight line with some noise sags less.</summary>
    private const double LeastSag = 0.05;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="minimumPoints">As in <see cref="DbscanOptions.MinimumPoints"/>.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or columns so wide that distances overflow.</exception>
    public static EpsilonProposal Of(Matrix rows, int minimumPoints, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumPoints, 1);
        FitInput.Require(rows, cancellationToken);
        FitInput.RequireMeasurable(rows);
        using var team = new ChunkTeam(threads, cancellationToken);
        var distinct = DistinctRows.In(rows);
        return Of(distinct, KdTree.Over(distinct.Values, distinct.Columns), minimumPoints, team);
    }

    internal static EpsilonProposal Of(DistinctRows rows, KdTree tree, int minimumPoints, ChunkTeam team)
    {
        // With one point every row is a core point by itself; its nearest neighbour still tells what near means.
        var core = CoreDistances.Of(tree, rows.Counts, Math.Max(1, minimumPoints - 1), team);
        var curve = new double[rows.Of.Length];
        var next = 0;
        for (var slot = 0; slot < tree.Count; slot++)
        {
            var count = rows.Counts[tree.Rows[slot]];
            curve.AsSpan(next, count).Fill(Math.Sqrt(core.Squared[slot]));
            next += count;
        }

        Array.Sort(curve);
        return At(curve);
    }

    /// <summary>Where the curve, scaled to the unit square, lies farthest below its diagonal.</summary>
    internal static EpsilonProposal At(double[] curve)
    {
        // Equal rows say nothing about reach, and a reach must exceed 0.
        var start = Array.FindIndex(curve, distance => distance > 0);
        if (start < 0)
            return new EpsilonProposal(1, false, curve.Length - 1, curve);
        var (low, high) = (curve[start], curve[^1]);
        var (knee, sag) = (start, 0.0);
        for (var i = start; i < curve.Length && high > low; i++)
        {
            var below = ((double)(i - start) / (curve.Length - 1 - start)) - ((curve[i] - low) / (high - low));
            if (below > sag)
                (knee, sag) = (i, below);
        }

        if (sag >= LeastSag)
            return new EpsilonProposal(curve[knee], true, knee, curve);
        var middle = start + ((curve.Length - start) / 2);
        return new EpsilonProposal(curve[middle], false, middle, curve);
    }
}
