using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>A block of rows on its way through the trees: one column after the other, eight rows a vector.</summary>
internal class ShapScratch(int features, int outputs)
{
    /// <summary>Rows of a block: few enough for their values and contributions to stay in the first-level cache.</summary>
    public const int Rows = 64;

    public const int Groups = Rows / LaneBuffer.Lanes;

    /// <summary>Values, (features × rows).</summary>
    public LaneBuffer Values { get; } = new(features * Groups);

    /// <summary>Contributions, (outputs × features × rows).</summary>
    public LaneBuffer Sums { get; } = new(outputs * features * Groups);

    /// <summary>The values of a group in column 0.</summary>
    public ref Vector512<double> ValuesOf(int group) => ref Unsafe.Add(ref Values.First, group);

    /// <summary>The contributions of column 0 to an output for a group.</summary>
    public ref Vector512<double> SumsOf(int output, int group) => ref Unsafe.Add(ref Sums.First, (output * features * Groups) + group);

    /// <summary>Takes up to <see cref="Rows"/> rows, row after row; the rows that fill up the last group hold zeros.</summary>
    public void Load(ReadOnlySpan<double> rows)
    {
        var count = rows.Length / features;
        var values = Values.Values;
        Sums.Values.Clear();
        if (count < Rows)
            values.Clear();
        for (var row = 0; row < count; row++)
        {
            var from = rows.Slice(row * features, features);
            for (var feature = 0; feature < from.Length; feature++)
                values[(feature * Rows) + row] = from[feature];
        }
    }

    /// <summary>Gives the contributions back row after row: for each output those of the features, then what is expected.</summary>
    public void Store(Span<double> contributions, double[] expected)
    {
        var width = expected.Length * (features + 1);
        var sums = Sums.Values;
        for (var row = 0; row < contributions.Length / width; row++)
        {
            for (var output = 0; output < expected.Length; output++)
            {
                var to = contributions.Slice((row * width) + (output * (features + 1)), features + 1);
                for (var feature = 0; feature < features; feature++)
                    to[feature] = sums[(((output * features) + feature) * Rows) + row];
                to[features] = expected[output];
            }
        }
    }
}
