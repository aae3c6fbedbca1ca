using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Boosting;

/// <summary>Rows that were checked: features, targets and weights with the class weights in them.</summary>
/// <param name="Weights">One a row; null when all are 1.</param>
internal sealed record BoostingRows(Matrix Features, BorrowedNumbers Targets, double[]? Weights)
{
    /// <summary>The sum of weights.</summary>
    public double Total => Weights?.Sum() ?? Targets.Length;

    public static BoostingRows Of(Matrix features, BorrowedNumbers borrowed, ReadOnlySpan<double> weights, string parameter, LossFunction loss, BoostingOptions options, ReadOnlySpan<int> categoryCounts)
    {
        var targets = borrowed.Span;
        features.RequireRows(nameof(features));
        features.RequireFinite(nameof(features), missingAllowed: true);
        Categories.Require(features, categoryCounts, nameof(features));
        if (targets.Length != features.Rows)
            throw new ArgumentException($"There are {targets.Length} targets for {features.Rows} rows.", parameter);
        if (!weights.IsEmpty && weights.Length != features.Rows)
            throw new ArgumentException($"There are {weights.Length} weights for {features.Rows} rows.", nameof(weights));
        var classWeights = options.ClassWeights;
        if (classWeights.Count > 0 && loss.Outputs > 1 && classWeights.Count != loss.Outputs)
            throw new ArgumentException($"ClassWeights has {classWeights.Count} entries; there are {loss.Outputs} classes.", nameof(options));
        var own = weights.IsEmpty && classWeights.Count == 0 ? null : new double[features.Rows];
        var sum = 0.0;
        for (var row = 0; row < targets.Length; row++)
        {
            if (loss.Fault(targets[row]) is { } fault)
                throw new ArgumentException($"Row {row} (counted from 0) has the target {targets[row]}; {fault}.", parameter);
            var weight = weights.IsEmpty ? 1 : weights[row];
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"Row {row} (counted from 0) has the weight {weight}; a weight is a finite number of 0 or more.", nameof(weights));
            weight *= ClassWeight(classWeights, loss.Outputs, targets[row]);
            if (own is not null)
                own[row] = weight;
            sum += weight;
        }

        if (!(sum > 0))
            throw new ArgumentException("Every row has weight 0; at least one must count.", nameof(weights));
        return new BoostingRows(features, borrowed, own.AsSpan().ContainsAnyExcept(1.0) ? own : null);
    }

    /// <summary>Of a share between the two classes, the same share of their weights.</summary>
    private static double ClassWeight(IReadOnlyList<double> weights, int outputs, double target)
    {
        if (weights.Count == 0)
            return 1;
        return outputs > 1 ? weights[(int)target] : weights[0] + (target * (weights[1] - weights[0]));
    }
}
