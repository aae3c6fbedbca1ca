using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public abstract class LogisticContract : LearnerContract
{
    private protected abstract LogisticOptions Options { get; }

    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(LogisticRegression.Fit(rows, Labels(rows), Options with { Threads = threads }, cancellationToken: cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(LogisticModel.Load(stream));

    private static Learned Wrap(LogisticModel model) => new(model.Predict, model.Save);
}

public sealed class LogisticRegressionContractTests : LogisticContract
{
    private protected override LogisticOptions Options { get; } = new();
}

public sealed class ElasticNetContractTests : LogisticContract
{
    private protected override LogisticOptions Options { get; } = new() { L1 = 1, L2 = 0.5 };
}

public sealed class LimitedMemoryContractTests : LogisticContract
{
    private protected override LogisticOptions Options { get; } = new() { L1 = 1, L2 = 0.5, Solver = LogisticSolver.LimitedMemory };
}
