using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// The segments of the last choice, as far as the rows that are judged were in one. Where today's rows leave the choice open, they stay:
/// people have begun to work with them.
/// </summary>
internal sealed class Incumbent
{
    /// <summary>Common rows a segment, on average, below which the earlier choice cannot be told from today's rows.</summary>
    private const int RowsPerSegment = 10;

    private readonly int[] _rows;
    private readonly int[] _segments;

    private Incumbent(int[] rows, int[] segments, int count) => (_rows, _segments, Segments) = (rows, segments, count);

    public int Segments { get; }

    /// <param name="earlier">One a row: <see cref="AutoClusteringOptions.EarlierLabels"/>; null for none.</param>
    /// <returns>Null where too few rows were there before, or they were all in one segment.</returns>
    public static Incumbent? Of(int[]? earlier)
    {
        if (earlier is null)
            return null;
        int[] rows = [.. Enumerable.Range(0, earlier.Length).Where(row => earlier[row] >= 0)];
        var numbers = rows.Select(row => earlier[row]).Distinct().Order().ToList();
        return numbers.Count < 2 || rows.Length < RowsPerSegment * numbers.Count
            ? null
            : new Incumbent(rows, [.. rows.Select(row => numbers.IndexOf(earlier[row]))], numbers.Count);
    }

    /// <summary>Where k-means goes on from: the means of the earlier segments' rows as they are today, shape (segments × columns).</summary>
    public Matrix Centres(Matrix rows)
    {
        var centres = new double[Segments * rows.Columns];
        var counts = new int[Segments];
        foreach (var segment in _segments)
            counts[segment]++;
        for (var i = 0; i < _rows.Length; i++)
            Dot.AddScaled(centres.AsSpan(_segments[i] * rows.Columns, rows.Columns), rows.Row(_rows[i]), 1.0 / counts[_segments[i]]);
        return new Matrix(Segments, rows.Columns, centres);
    }

    /// <summary>The candidate that carries the earlier segments on: of those with as many, that agree with them on the rows in common, the most alike; null for none.</summary>
    public CandidateFigures? Heir(IEnumerable<CandidateFigures> candidates) => candidates
        .Where(one => one.Judged && one.Segments == Segments)
        .Select(one => (Candidate: one, Agreement: Agreement(one)))
        .Where(one => one.Agreement >= ChoiceRule.SameAsBefore)
        .OrderByDescending(one => one.Agreement)
        .ThenBy(one => one.Candidate.Order)
        .Select(one => one.Candidate)
        .FirstOrDefault();

    public bool IsCarriedOnBy(CandidateFigures candidate) => candidate.Segments == Segments && Agreement(candidate) >= ChoiceRule.SameAsBefore;

    /// <summary>Adjusted Rand index over the rows in common.</summary>
    public double Agreement(CandidateFigures candidate) => AdjustedRandIndex.Of(_segments, Array.ConvertAll(_rows, row => candidate.Filled[row]));
}
