using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Choice;

/// <summary>
/// The choice promises what a learner promises. (It does not promise what a clustering does beyond that: the model that comes back bears the winner's name.)
/// </summary>
public sealed class ChoiceContractTests : LearnerContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(new AutoClusteringOptions { MaxSegments = 5, ChoiceRows = 400, Seed = seed, Threads = threads }.Fit(rows, progress: null, cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(ClusterModel.Load(stream));

    private static Learned Wrap(IClusterModel model) => new(rows => [.. model.Predict(rows).Select(label => (double)label)], model.Save);
}
