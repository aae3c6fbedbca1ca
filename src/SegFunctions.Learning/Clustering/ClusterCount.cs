using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Clustering;

/// <summary>How the number of clusters is chosen.</summary>
public sealed record ClusterCountOptions
{
    /// <summary>Smallest number tried, at least 2.</summary>
    public int From { get; init; } = 2;

    /// <summary>Greatest number tried, at least <see cref="From"/>.</summary>
    public int To { get; init; } = 10;

    /// <summary>Every cluster of a candidate must hold at least this share of the rows, 0 to 1.</summary>
    public double SmallestShare { get; init; } = 0.02;

    /// <summary>Two clusters give way to three or more that come within this distance of the best silhouette, 0 or more.</summary>
    public double PreferMoreWithin { get; init; } = 0.02;

    /// <summary>Up to this many rows the silhouette is exact; above, it is sampled.</summary>
    public int ExactSilhouetteRows { get; init; } = 30_000;

    /// <summary>Fewest rows measured when the silhouette is sampled, at least 2; more where that costs no more than the largest exact one.</summary>
    public int SilhouetteSample { get; init; } = 2_000;

    /// <summary>How each candidate is fitted; its <see cref="KMeansOptions.Clusters"/> is replaced by the number tried.</summary>
    public KMeansOptions KMeans { get; init; } = new();

    internal void Validate()
    {
        var faults = new List<string>();
        if (From < 2)
            faults.Add($"From is {From}; it must be at least 2.");
        if (To < From)
            faults.Add($"To is {To}; it must be at least From ({From}).");
        if (!(SmallestShare is >= 0 and <= 1))
            faults.Add($"SmallestShare is {SmallestShare}; it must lie in 0 to 1.");
        if (!(PreferMoreWithin >= 0))
            faults.Add($"PreferMoreWithin is {PreferMoreWithin}; it must be 0 or more.");
        if (SilhouetteSample < 2)
            faults.Add($"SilhouetteSample is {SilhouetteSample}; it must be at least 2.");
        if (KMeans.InitialCentroids is not null)
            faults.Add("KMeans.InitialCentroids is set; it fixes the number of clusters, which is what is sought.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}

/// <summary>One number of clusters that was tried.</summary>
/// <param name="Clusters">The number.</param>
/// <param name="Silhouette">Mean silhouette; null when there is none (fewer distinct rows than clusters asked for).</param>
/// <param name="SilhouetteError">Its standard error, 0 when exact.</param>
/// <param name="SmallestShare">Share of the rows in the smallest cluster.</param>
/// <param name="Inertia">Sum of squared distances to the centres.</param>
/// <param name="DaviesBouldin">Lower is better; reported, it decides nothing.</param>
/// <param name="CalinskiHarabasz">Greater is better; reported, it decides nothing.</param>
/// <param name="Chosen">Whether it won.</param>
/// <param name="Reason">Why it won or lost, in words.</param>
public sealed record ClusterCandidate(int Clusters, double? Silhouette, double SilhouetteError, double SmallestShare, double Inertia, double? DaviesBouldin, double? CalinskiHarabasz, bool Chosen, string Reason);

/// <summary>What the search found.</summary>
/// <param name="Model">The winner; null when no number of clusters qualifies.</param>
/// <param name="Silhouette">The winner's silhouette.</param>
/// <param name="Candidates">Every number tried, ascending, with its figures.</param>
/// <param name="Reason">The decision in words.</param>
public sealed record ClusterCountResult(KMeansModel? Model, double? Silhouette, IReadOnlyList<ClusterCandidate> Candidates, string Reason);

/// <summary>
/// How many clusters: of the numbers tried, those whose clusters all hold the smallest share qualify; the highest silhouette wins,
/// except that three or more clusters are preferred to two when they come within <see cref="ClusterCountOptions.PreferMoreWithin"/>
/// of it (two groups rarely help anyone act). "None qualifies" is a result with its reason.
/// </summary>
/// <remarks>Deterministic for the seed on any number of threads. Cost: one k-means fit and one silhouette a candidate.</remarks>
public static class ClusterCount
{
    /// <param name="rows">Shape (n × d), n ≥ 1, finite and scaled.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite, or options out of range (all listed).</exception>
    public static ClusterCountResult Choose(Matrix rows, ClusterCountOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var tried = new List<(KMeansModel Model, ClusterCandidate Figures)>();
        for (var clusters = options.From; clusters <= options.To; clusters++)
        {
            var model = KMeans.Fit(rows, options.KMeans with { Clusters = clusters }, progress: null, cancellationToken);
            var figures = Measure(rows, model, clusters, options, cancellationToken);
            tried.Add((model, figures));
            progress?.Report(new ClusteringProgress($"{clusters} of up to {options.To} clusters tried", (double)tried.Count / (options.To - options.From + 1)));
            if (model.Clusters < clusters)
                break;
        }

        return Decide(tried, options);
    }

    private static ClusterCandidate Measure(Matrix rows, KMeansModel model, int clusters, ClusterCountOptions options, CancellationToken cancellationToken)
    {
        var smallest = model.Sizes.Min() / (double)rows.Rows;
        if (model.Clusters < clusters)
            return new ClusterCandidate(clusters, null, 0, 0, model.Inertia, null, null, Chosen: false, $"The data falls into only {model.Clusters} clusters, for want of distinct rows; greater numbers were not tried.");
        var silhouette = rows.Rows <= options.ExactSilhouetteRows
            ? Silhouette.Exact(rows, model.Labels, options.KMeans.Threads, cancellationToken)
            : Silhouette.Sampled(rows, model.Labels, SampleOf(rows.Rows, options), options.KMeans.Seed, options.KMeans.Threads, cancellationToken);
        var spread = ClusterSpread.Of(rows, model.Labels);
        return new ClusterCandidate(clusters, silhouette?.Value, silhouette?.StandardError ?? 0, smallest, model.Inertia, DaviesBouldin.Of(spread), CalinskiHarabasz.Of(spread), Chosen: false, string.Empty);
    }

    /// <summary>As many rows as the same number of distances pays for: the figures of two numbers of clusters must differ by more than chance.</summary>
    private static int SampleOf(int rows, ClusterCountOptions options) =>
        (int)Math.Max(options.SilhouetteSample, (long)options.ExactSilhouetteRows * options.ExactSilhouetteRows / rows);

    private static ClusterCountResult Decide(List<(KMeansModel Model, ClusterCandidate Figures)> tried, ClusterCountOptions options)
    {
        var qualified = tried.Where(one => Qualifies(one.Figures, options)).ToList();
        if (qualified.Count == 0)
            return new ClusterCountResult(null, null, [.. tried.Select(one => one.Figures with { Reason = WhyUnfit(one.Figures, options) })], $"No number of clusters from {options.From} to {options.To} qualifies: none leaves at least {Percent(options.SmallestShare)} of the rows in every cluster.");

        // MaxBy keeps the first of equals: the simpler answer.
        var best = qualified.MaxBy(one => one.Figures.Silhouette!.Value);
        var winner = best;
        var preferred = qualified.Where(one => one.Figures.Clusters >= 3 && one.Figures.Silhouette >= best.Figures.Silhouette - options.PreferMoreWithin).ToList();
        if (best.Figures.Clusters == 2 && preferred.Count > 0)
            winner = preferred.MaxBy(one => one.Figures.Silhouette!.Value);
        var why = winner.Figures.Clusters == best.Figures.Clusters
            ? $"{winner.Figures.Clusters} clusters have the highest silhouette ({winner.Figures.Silhouette:F3}) of the numbers whose clusters all hold at least {Percent(options.SmallestShare)} of the rows."
            : $"{winner.Figures.Clusters} clusters (silhouette {winner.Figures.Silhouette:F3}) are preferred to 2 ({best.Figures.Silhouette:F3}): they come within {options.PreferMoreWithin} of the best and say more.";
        var table = tried.Select(one => one.Figures.Clusters == winner.Figures.Clusters
            ? one.Figures with { Chosen = true, Reason = why }
            : one.Figures with { Reason = Qualifies(one.Figures, options) ? WhyBeaten(one.Figures, winner.Figures, options) : WhyUnfit(one.Figures, options) });
        return new ClusterCountResult(winner.Model, winner.Figures.Silhouette, [.. table], why);
    }

    private static bool Qualifies(ClusterCandidate figures, ClusterCountOptions options) =>
        figures.Silhouette is not null && figures.SmallestShare >= options.SmallestShare;

    private static string WhyUnfit(ClusterCandidate figures, ClusterCountOptions options) =>
        figures.Reason.Length > 0 ? figures.Reason : $"Its smallest cluster holds {Percent(figures.SmallestShare)} of the rows; at least {Percent(options.SmallestShare)} is asked.";

    private static string WhyBeaten(ClusterCandidate figures, ClusterCandidate winner, ClusterCountOptions options) =>
        figures.Silhouette > winner.Silhouette
            ? $"Silhouette {figures.Silhouette:F3} is the highest, but {winner.Clusters} clusters come within {options.PreferMoreWithin} of it and are preferred to {figures.Clusters}."
            : $"Silhouette {figures.Silhouette:F3} is below the winner's {winner.Silhouette:F3}.";

    private static string Percent(double share) => $"{share * 100:0.##} %";
}
