using SegFunctions.Learning;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Features;

/// <summary>Brings features to one scale, each by itself: what they mean is known, and every one keeps its name in what is told of it.</summary>
internal static class FeatureScaling
{
    /// <param name="columns">Shape (customers × names); NaN where a value does not exist.</param>
    public static PreparationModel Fit(Matrix columns, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var options = new PreparationOptions
        {
            Kinds = names.ToDictionary(name => name, _ => ColumnKind.Numeric, StringComparer.Ordinal),
            YeoJohnson = false,
            IndicateMissing = false,
            NearlyConstantShare = 1,
            CorrelationLimit = double.PositiveInfinity,
        };
        return TablePreparation.Fit(Table.Of(columns, names), options, cancellationToken);
    }
}
