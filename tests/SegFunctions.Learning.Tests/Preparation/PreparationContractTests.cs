using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class PreparationContractTests : LearnerContract
{
    protected override bool NaNIsMissing => true;

    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken)
    {
        var table = Table.Of(rows, [.. Enumerable.Range(0, rows.Columns).Select(column => $"c{column}")]);
        return Wrap(TablePreparation.Fit(table, new PreparationOptions { Threads = threads }, cancellationToken));
    }

    internal override Learned Load(Stream stream) => Wrap(PreparationModel.Load(stream));

    /// <summary>A table without a single usable column cannot be transformed; its report is what can be asked of it.</summary>
    private static Learned Wrap(PreparationModel model) =>
        new(rows => model.OutputNames.Count == 0 ? [model.Report.Count] : model.Transform(rows).Values.ToArray(), model.Save);
}
