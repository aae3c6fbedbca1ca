using System.Collections.Concurrent;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// Is there any structure? A parametric bootstrap as in SigClust (Liu, Hayes, Nobel &amp; Marron 2008): shapes without clusters are fitted to the table, tables are
/// drawn from them, and structure is shown only when the table is more clustered than the draws of <em>every</em> shape (<see cref="NullShape"/>).
/// </summary>
/// <remarks>
/// Five figures are compared: the best mean silhouette of k-means over k, the same in the plane of the two columns that fall in two parts most clearly, the
/// deepest gap in density for groups of any form, the dip along the leading discriminant, and the greatest dip of a column. A table's standing is the best of its scores among the draws, and so is each draw's (Westfall &amp; Young 1993), which keeps the level for the
/// five together. Draws stop early where the level can no longer be reached (Besag &amp; Clifford 1991) or the table lies far beyond them.
/// Rows should be prepared: scaled, long tails drawn in. Cost of a draw O(n² · d) with n ≤ <see cref="StructureTestOptions.SampleRows"/>.
/// </remarks>
public static class StructureTest
{
    /// <summary>Fewer rows can show nothing at any level worth having.</summary>
    public const int FewestRows = 20;

    /// <summary>More draws than may stand above the table in the end are forgiven before: scores shift a little as draws are added, and p-values well above the level mean something too.</summary>
    private const int Spare = 2;

    /// <summary>Draws after which a shape may be done with.</summary>
    private static readonly int[] Looks = [19, 39, 99];

    /// <param name="rows">Shape (n × d), finite, columns on one scale.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between draws.</exception>
    public static StructureTestResult Run(Matrix rows, StructureTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new StructureTestOptions();
        options.Validate();
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();

        var tested = Sample(rows, options);
        var distinct = Distinct(tested, options.MaxClusters + 1);
        if (rows.Rows < FewestRows || distinct < 3)
            return StructureWording.Untestable(rows.Rows, distinct);

        var maxClusters = Math.Min(options.MaxClusters, distinct - 1);
        var meters = new ConcurrentBag<StructureMeter>();
        var found = new StructureMeter(tested.Rows, tested.Columns, maxClusters).Of(tested, options.Seed);
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        NullSampler[] samplers = [new GaussianSampler(tested), new CopulaSampler(tested), new EllipticalSampler(tested)];
        var comparisons = Compare(found, [.. samplers.Select(sampler => new NullDraws(sampler, meters, tested, maxClusters, options))], options, team);

        var pValue = comparisons.Max(comparison => comparison.PValue);
        var result = new StructureTestResult
        {
            Structured = pValue <= options.Level,
            PValue = pValue,
            Statistic = found.Silhouette,
            Clusters = found.Clusters,
            DensityGap = found.DensityGap,
            Dip = found.Dip,
            DipPValue = comparisons.Max(comparison => comparison.DipPValue),
            Hopkins = Hopkins.Of(tested, sample: 200, options.Seed),
            Nulls = comparisons,
            Rows = rows.Rows,
            RowsTested = tested.Rows,
            Sentence = StructureWording.Unknown,
        };
        return result with { Sentence = StructureWording.Of(result) };
    }

    /// <summary>
    /// Draws from all shapes in step, a few at first; those that the table lies far beyond are done with, and all of them once one cannot be refuted any more. That is
    /// decided a little early, which costs power only.
    /// </summary>
    private static List<NullComparison> Compare(StructureFigures found, NullDraws[] shapes, StructureTestOptions options, ChunkTeam team)
    {
        var mostAbove = NullDraws.MostAbove(options) + Spare;
        foreach (var look in Looks)
        {
            foreach (var shape in shapes)
            {
                if (!shape.IsRefuted(found))
                    shape.DrawUpTo(Math.Min(look, options.Draws), team);
                if (shape.Compare(found).Above > mostAbove)
                    return Drawn();
            }
        }

        foreach (var shape in shapes)
        {
            if (!shape.IsRefuted(found))
                shape.DrawUpTo(options.Draws, team);
            if (shape.Compare(found).PValue > options.Level)
                break;
        }

        return Drawn();

        List<NullComparison> Drawn() => [.. shapes.Where(shape => shape.Drawn > 0).Select(shape => shape.Compare(found))];
    }

    private static Matrix Sample(Matrix rows, StructureTestOptions options) => rows.Rows <= options.SampleRows
        ? rows
        : rows.Take(RowSample.Without(rows.Rows, options.SampleRows, new Xoshiro256(options.Seed, stream: -1)));

    /// <summary>How many different rows there are, counted up to a bound.</summary>
    private static int Distinct(Matrix rows, int enough)
    {
        var seen = new List<int>();
        for (var row = 0; row < rows.Rows && seen.Count < enough; row++)
        {
            if (!seen.Exists(other => rows.Row(other).SequenceEqual(rows.Row(row))))
                seen.Add(row);
        }

        return seen.Count;
    }
}
