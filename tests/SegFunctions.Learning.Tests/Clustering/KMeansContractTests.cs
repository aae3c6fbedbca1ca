using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansContractTests : LearnerContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(KMeans.Fit(rows, new KMeansOptions { Clusters = 4, Starts = 3, Seed = seed, Threads = threads }, cancellationToken: cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(KMeansModel.Load(stream));

    private static Learned Wrap(KMeansModel model) => new(rows => [.. model.Predict(rows).Select(label => (double)label)], model.Save);
}
