using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>A tree's arrays while it is grown.</summary>
internal sealed class TreeDraft
{
    private readonly List<int> _feature = [];
    private readonly List<double> _threshold = [];
    private readonly List<int> _categories = [];
    private readonly List<ulong[]> _sets = [];
    private readonly List<bool> _missingLeft = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];
    private readonly List<double> _value = [];
    private readonly List<double> _cover = [];

    public int Nodes => _feature.Count;

    /// <summary>Begins another tree.</summary>
    public void Clear()
    {
        _feature.Clear();
        _threshold.Clear();
        _categories.Clear();
        _sets.Clear();
        _missingLeft.Clear();
        _left.Clear();
        _right.Clear();
        _value.Clear();
        _cover.Clear();
    }

    /// <summary>Adds a leaf and returns its number.</summary>
    public int Add(double cover)
    {
        _feature.Add(-1);
        _threshold.Add(0);
        _categories.Add(-1);
        _missingLeft.Add(false);
        _left.Add(-1);
        _right.Add(-1);
        _value.Add(0);
        _cover.Add(cover);
        return Nodes - 1;
    }

    public void Set(int leaf, double value) => _value[leaf] = value;

    /// <summary>Makes a leaf a split between two nodes added after it.</summary>
    public void Split(int node, in Split split, int column, ColumnBins bins, int left, int right)
    {
        _feature[node] = column;
        _missingLeft[node] = split.MissingLeft;
        _left[node] = left;
        _right[node] = right;
        if (split.LastLeft >= 0)
        {
            _threshold[node] = bins.UpperBorder(split.LastLeft);
            return;
        }

        _categories[node] = _sets.Count;
        _sets.Add(CodesLeft(split, bins));
    }

    public RegressionTree Finish()
    {
        for (var node = Nodes - 1; node >= 0; node--)
        {
            if (_feature[node] < 0)
                continue;
            var (left, right) = (_left[node], _right[node]);
            var cover = _cover[left] + _cover[right];
            _value[node] = cover > 0 ? ((_cover[left] * _value[left]) + (_cover[right] * _value[right])) / cover : (_value[left] + _value[right]) / 2;
        }

        return new RegressionTree
        {
            Feature = [.. _feature],
            Threshold = [.. _threshold],
            Categories = [.. _categories],
            CategorySets = [.. _sets],
            MissingLeft = [.. _missingLeft],
            Left = [.. _left],
            Right = [.. _right],
            Value = [.. _value],
            Cover = [.. _cover],
        };
    }

    private static ulong[] CodesLeft(in Split split, ColumnBins bins)
    {
        var set = new ulong[(bins.Codes + 63) / 64];
        for (var code = 0; code < set.Length * 64; code++)
        {
            var bin = code < bins.Codes ? bins.BinOfCode(code) : -1;
            if (bin < 0 ? split.MissingLeft : split.LeftBins.Has(bin))
                set[code >> 6] |= 1UL << (code & 63);
        }

        return set;
    }
}
