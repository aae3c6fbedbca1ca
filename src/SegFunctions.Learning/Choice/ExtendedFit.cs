using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Choice;

/// <summary>From the rows that were judged to all of them.</summary>
internal static class ExtendedFit
{
    /// <summary>
    /// The winner itself where every row was judged as it is. Else k-means goes on from the centres found, over all rows; the others have no such
    /// start, and a fit of millions of rows would be another clustering: they label the remaining rows by prediction.
    /// </summary>
    public static IClusterModel Of(CandidateFit winner, Matrix rows, Matrix judged, AutoClusteringOptions options, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(rows, judged))
            return winner.Model;
        if (winner.Model is KMeansModel means)
            return KMeans.Fit(rows, new KMeansOptions { Clusters = means.Clusters, InitialCentroids = means.Centroids, Seed = options.Seed, Threads = options.Threads }, progress: null, cancellationToken);
        var predicted = new PredictedModel(winner.Model, winner.Model.Predict(rows, options.Threads, cancellationToken));
        // A segment that only the spreading of counts had filled is none: the rows as they are decide.
        return predicted.Sizes.Contains(0) ? winner.Clustering.Fit(rows, progress: null, cancellationToken) : predicted;
    }

    /// <summary>A model fitted to a sample, with the labels it predicts for every row. Numbered as on the sample: what is stored predicts the same.</summary>
    private sealed class PredictedModel : IClusterModel
    {
        private readonly IClusterModel _fitted;

        public PredictedModel(IClusterModel fitted, int[] labels)
        {
            var sizes = new int[fitted.Clusters];
            foreach (var label in labels)
            {
                if (label >= 0)
                    sizes[label]++;
            }

            (_fitted, Labels, Sizes) = (fitted, labels, sizes);
        }

        public string Algorithm => _fitted.Algorithm;

        public int Columns => _fitted.Columns;

        public int Clusters => _fitted.Clusters;

        public IReadOnlyList<int> Labels { get; }

        public IReadOnlyList<int> Sizes { get; }

        public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default) => _fitted.Predict(rows, threads, cancellationToken);

        public void Save(Stream stream) => _fitted.Save(stream);
    }
}
