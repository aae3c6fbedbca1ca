using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting;

public abstract class GradientBoostingContract : LearnerContract
{
    protected override bool NaNIsMissing => true;

    internal override Learned Load(Stream stream) => Wrap(BoostedTrees.Load(stream));

    internal static Learned Wrap(BoostedTrees model) => new(rows => model.Predict(rows), model.Save);

    internal static double[] Numbers(bool[] labels) => [.. labels.Select(label => label ? 1.0 : 0)];
}

public sealed class LogisticBoostingContractTests : GradientBoostingContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) => Wrap(GradientBoosting.Fit(
        rows,
        Numbers(Labels(rows)),
        new BoostingOptions { Rounds = 8, LearningRate = 0.3, Seed = seed, Threads = threads },
        cancellationToken: cancellationToken));
}

public sealed class SampledLeafWiseBoostingContractTests : GradientBoostingContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) => Wrap(GradientBoosting.Fit(
        rows,
        Numbers(Labels(rows)),
        new BoostingOptions { Rounds = 5, Growth = TreeGrowth.LeafWise, RowShare = 0.7, MaxDepth = 8, MaxBins = 60, Seed = seed, Threads = threads },
        [.. Enumerable.Range(0, rows.Rows).Select(row => (double)((row % 3) + 1))],
        cancellationToken: cancellationToken));
}

public sealed class SoftmaxBoostingContractTests : GradientBoostingContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) => Wrap(GradientBoosting.Fit(
        rows,
        [.. Labels(rows).Select((label, row) => label ? 1.0 : row % 2 * 2)],
        new BoostingOptions { Loss = BoostingLoss.Softmax, Classes = 3, Rounds = 3, Seed = seed, Threads = threads },
        cancellationToken: cancellationToken));
}
