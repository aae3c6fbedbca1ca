using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Small groups within the main segments: each main segment is cut by k-means into as many as its share of the rows earns, so that a
/// micro-segment never crosses the border of a main one. Where groups come out below the smallest size, the smallest is
/// dissolved and its rows go to the nearest of the others, until none is; what a segment cannot use is given to the others.
/// </summary>
/// <remarks>
/// Identifiers run by main segment, within it by falling size, ties by the first member: they stay as long as the segments do. The same
/// rows, labels and seed give the same bytes on any number of threads. Cost: some k-means fits of each main segment.
/// </remarks>
public static class MicroSegments
{
    /// <summary>Main segments of more rows are cut by mini-batches.</summary>
    private const int MiniBatchAbove = 50_000;

    private const int Starts = 3;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite and scaled.</param>
    /// <param name="mainLabels">The main segment of every row, from 0; −1 for a row of none, which gets no micro-segment either.</param>
    /// <param name="progress">Told after every main segment, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), labels that do not fit the rows, or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between pieces of work.</exception>
    public static MicroSegmentModel Fit(Matrix rows, IReadOnlyList<int> mainLabels, MicroSegmentOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(mainLabels);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();
        var main = MainSegments.Of(rows, mainLabels, segments: null);

        var segmented = main.Sizes.Sum();
        var smallest = (int)Math.Max(options.SmallestCount, Math.Ceiling(options.SmallestShare * segmented));
        var room = main.Sizes.Select(size => size == 0 ? 0 : Math.Max(1, size / smallest)).ToArray();
        var target = MicroSegmentAllotment.Target(segmented, smallest, options);
        var cut = new KMeansModel?[main.Count];
        var share = 0.0;
        while (true)
        {
            var given = MicroSegmentAllotment.Of(main.Sizes, room, target);
            var wanting = Enumerable.Range(0, main.Count).Where(segment => given[segment] > (cut[segment]?.Clusters ?? 0)).ToArray();
            if (wanting.Length == 0)
                break;
            foreach (var segment in wanting)
            {
                var found = Cut(rows.Take(main.Members(segment)), given[segment], smallest, options with { Seed = options.Seed + segment }, cancellationToken);
                if (found.Clusters > (cut[segment]?.Clusters ?? 0))
                    cut[segment] = found;
                // It has shown that it holds no more: others may.
                if (cut[segment]!.Clusters < given[segment])
                    room[segment] = cut[segment]!.Clusters;
                share = Math.Max(share, (double)cut.Sum(model => model?.Clusters ?? 0) / Math.Max(target, main.Count));
                progress?.Report(new ClusteringProgress($"main segment {segment} cut into {cut[segment]!.Clusters}", Math.Min(1, share)));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return MicroSegmentModel.Of(rows, main, cut, smallest, NoteOf(cut, main.Sizes, smallest, options));
    }

    /// <summary>k-means within one main segment, without groups below the smallest size.</summary>
    private static KMeansModel Cut(Matrix rows, int groups, int smallest, MicroSegmentOptions options, CancellationToken cancellationToken)
    {
        var model = rows.Rows > MiniBatchAbove
            ? MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = groups, Starts = Starts, Seed = options.Seed, Threads = options.Threads }, progress: null, cancellationToken)
            : KMeans.Fit(rows, new KMeansOptions { Clusters = groups, Starts = Starts, Seed = options.Seed, Threads = options.Threads }, progress: null, cancellationToken);
        while (model.Clusters > 1 && model.Sizes[^1] < smallest)
        {
            // The last is the smallest.
            var rest = model.Centroids.Take([.. Enumerable.Range(0, model.Clusters - 1)]);
            model = KMeans.Fit(rows, new KMeansOptions { Clusters = rest.Rows, InitialCentroids = rest, Threads = options.Threads }, progress: null, cancellationToken);
        }

        return model;
    }

    private static Bilingual? NoteOf(KMeansModel?[] cut, IReadOnlyList<int> sizes, int smallest, MicroSegmentOptions options)
    {
        var groups = cut.Sum(model => model?.Clusters ?? 0);
        var least = Wording.Number((double)smallest);
        if (groups < options.Fewest)
        {
            var (found, wanted, all) = (Wording.Number((double)groups), Wording.Number((double)options.Fewest), Wording.Number((double)sizes.Sum()));
            return new Bilingual(
                $"The data holds {found.En} micro-segments, fewer than the {wanted.En} wanted: each needs at least {least.En} of the {all.En} rows that have a segment, and rows that differ.",
                $"Les données ne comptent que {found.Fr} micro-segments sur les {wanted.Fr} voulus, car chacun demande au moins {least.Fr} des {all.Fr} lignes qui ont un segment, et des lignes qui diffèrent.");
        }

        var small = sizes.Count(size => size > 0 && size < smallest);
        return small == 0 ? null : new Bilingual(
            $"Main segments of fewer than {least.En} rows are one micro-segment each ({small} in all).",
            $"Les segments principaux de moins de {least.Fr} lignes forment chacun un seul micro-segment ({small} en tout).");
    }
}
