using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class ColumnScalerContractTests : LearnerContract
{
    protected override bool NaNIsMissing => true;

    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(ColumnScaler.Fit(rows, [.. Enumerable.Range(0, rows.Columns).Select(column => $"c{column}")], cancellationToken: cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(ColumnScaler.Load(stream));

    /// <summary>A table without a single usable column cannot be transformed; its report is what can be asked of it.</summary>
    private static Learned Wrap(ColumnScaler scaler) =>
        new(rows => scaler.OutputNames.Count == 0 ? [scaler.Report.Count] : scaler.Transform(rows).Values.ToArray(), scaler.Save);
}
