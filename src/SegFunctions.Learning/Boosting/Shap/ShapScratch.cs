using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>A block of rows on its way through the trees: group after group of eight rows, in each a vector a column.</summary>
internal class ShapScratch(int features, int outputs)
{
    /// <summary>Rows of a block: many enough for a tree to be fetched seldom, few enough to stay in the second-level cache.</summary>
    public const int Rows = 64;

    public const int Groups = Rows / LaneBuffer.Lanes;

    /// <summary>Values, (groups × features × lanes).</summary>
    public LaneBuffer Values { get; } = new(Groups * features);

    /// <summary>Contributions, (outputs × groups × features × lanes).</summary>
    public LaneBuffer Sums { get; } = new(outputs * Groups * features);

    /// <summary>The values of a group, from column 0 on.</summary>
    public ref Vector512<double> ValuesOf(int group) => ref Unsafe.Add(ref Values.First, group * features);

    /// <summary>The contributions to an output for a group, from column 0 on.</summary>
    public ref Vector512<double> SumsOf(int output, int group) => ref Unsafe.Add(ref Sums.First, ((output * Groups) + group) * features);

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
            var to = values[PlaceOf(row, features)..];
            for (var feature = 0; feature < from.Length; feature++)
                to[feature * LaneBuffer.Lanes] = from[feature];
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
                var from = sums[((output * Rows * features) + PlaceOf(row, features))..];
                var to = contributions.Slice((row * width) + (output * (features + 1)), features + 1);
                for (var feature = 0; feature < features; feature++)
                    to[feature] = from[feature * LaneBuffer.Lanes];
                to[features] = expected[output];
            }
        }
    }

    /// <summary>Where the number of a row for column 0 stands; those of the other columns are <see cref="LaneBuffer.Lanes"/> apart.</summary>
    public static int PlaceOf(int row, int features) => (row / LaneBuffer.Lanes * features * LaneBuffer.Lanes) + (row % LaneBuffer.Lanes);
}
