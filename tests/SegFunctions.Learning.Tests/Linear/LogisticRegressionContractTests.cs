using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class LogisticRegressionContractTests : LearnerContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(LogisticRegression.Fit(rows, Labels(rows), new LogisticOptions { Threads = threads }, cancellationToken: cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(LogisticModel.Load(stream));

    private static Learned Wrap(LogisticModel model) => new(model.Predict, model.Save);
}
