namespace SegFunctions.Learning.Boosting;

/// <summary>
/// A binary tree in parallel arrays, one entry a node; node 0 is the root and children stand behind their parents. A row goes left at
/// a numeric split when value ≤ threshold, at a categorical one when its code is in the split's set; NaN, and codes outside the set's
/// words, go where <see cref="MissingLeft"/> says.
/// </summary>
internal sealed class RegressionTree
{
    /// <summary>Column a node splits on; −1 for a leaf.</summary>
    public required int[] Feature { get; init; }

    /// <summary>Greatest value that goes left at a numeric split; 0 elsewhere.</summary>
    public required double[] Threshold { get; init; }

    /// <summary>Index into <see cref="CategorySets"/> at a categorical split; −1 elsewhere.</summary>
    public required int[] Categories { get; init; }

    /// <summary>
    /// Bitsets, bit c of word c / 64 set when code c goes left. Bits of codes that training never saw, those that fill up the last
    /// word included, hold <see cref="MissingLeft"/> of their split.
    /// </summary>
    public required ulong[][] CategorySets { get; init; }

    /// <summary>Whether missing values go left.</summary>
    public required bool[] MissingLeft { get; init; }

    /// <summary>Left child; −1 at a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>Right child; −1 at a leaf.</summary>
    public required int[] Right { get; init; }

    /// <summary>What a leaf adds to the margin, learning rate included; at an inner node the mean of its leaves, weighted by their cover.</summary>
    public required double[] Value { get; init; }

    /// <summary>Sum of the sample weights that reached the node in training.</summary>
    public required double[] Cover { get; init; }

    public int Nodes => Feature.Length;

    /// <summary>A tree of one leaf.</summary>
    public static RegressionTree Leaf(double value, double cover) => new()
    {
        Feature = [-1],
        Threshold = [0],
        Categories = [-1],
        CategorySets = [],
        MissingLeft = [false],
        Left = [-1],
        Right = [-1],
        Value = [value],
        Cover = [cover],
    };

    /// <summary>Whether a value of the node's column goes left.</summary>
    public bool GoesLeft(int node, double value)
    {
        if (Categories[node] < 0)
            return double.IsNaN(value) ? MissingLeft[node] : value <= Threshold[node];
        var set = CategorySets[Categories[node]];
        if (!(value >= 0 && value < set.Length * 64L))
            return MissingLeft[node];
        var code = (int)value;
        return ((set[code >> 6] >> (code & 63)) & 1) != 0;
    }

    /// <summary>The leaf that a row of all columns falls into.</summary>
    public int LeafOf(ReadOnlySpan<double> row)
    {
        var node = 0;
        while (Feature[node] >= 0)
            node = GoesLeft(node, row[Feature[node]]) ? Left[node] : Right[node];
        return node;
    }
}
