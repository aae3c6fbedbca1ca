using System.Globalization;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>Tells how many merges are made, at most some fifty times, and listens for cancellation.</summary>
/// <param name="from">Share of the whole fit that was done before the first merge.</param>
internal sealed class MergeProgress(int merges, IProgress<ClusteringProgress>? progress, double from, CancellationToken cancellationToken)
{
    private const int Tellings = 50;
    private int _next;

    public void Made(int made)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (progress is null || made < _next)
            return;
        _next = made + Math.Max(1, merges / Tellings);
        // What is left to do goes with the pairs of clusters that are left.
        var left = 1 - ((double)made / Math.Max(1, merges));
        progress.Report(new ClusteringProgress(string.Create(CultureInfo.InvariantCulture, $"{made} of {merges} merges"), from + ((1 - from) * (1 - (left * left)))));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
