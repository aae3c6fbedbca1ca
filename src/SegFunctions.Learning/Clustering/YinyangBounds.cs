namespace SegFunctions.Learning.Clustering;

/// <summary>
/// The bounds of Yinyang k-means (Ding et al., "Yinyang k-means: a drop-in replacement of the classic k-means with consistent speedup",
/// 2015): centres are put into groups once, and of each row one bound a group is kept, no more than its distance to any
/// other centre of that group. A group whose bound stays above the row's distance to its own centre need not be looked at.
/// </summary>
/// <remarks>
/// Groups are of sixteen centres that lie together, so that one is compared in two registers (<see cref="GroupScores"/>). Labels are those
/// of comparing every row with every centre: scores have the same bits, and bounds give way by more than rounding can amount to.
/// 16 bytes a row and 4 more for every sixteen centres.
/// </remarks>
internal sealed class YinyangBounds
{
    /// <summary>Single precision bounds are made smaller by this share whenever they are written: more than their rounding.</summary>
    private const float Give = 1 - (1f / (1 << 21));

    private readonly Matrix _rows;
    private readonly double[] _mean;
    private readonly CentredNorms _norms;
    private readonly double[] _upper;
    private readonly float[] _lower;
    private readonly int _room;

    // Of the run: groups are the same for all its passes.
    private readonly int[] _members;
    private readonly int[] _groupOf;
    private readonly double[] _groups;
    private readonly double[] _halfNorms;
    private readonly float[] _drifts;
    private int _count;

    // Of the pass.
    private double _slack;

    /// <summary>Whether the bounds of so many rows fit into an array of a gigabyte.</summary>
    public static bool Fit(int rows, int clusters) => (long)rows * ((clusters + GroupScores.Centres - 1) / GroupScores.Centres) <= 1 << 28;

    /// <param name="mean">What scores are taken around.</param>
    /// <param name="norms">Of the rows around it.</param>
    public YinyangBounds(Matrix rows, double[] mean, CentredNorms norms, int clusters)
    {
        _rows = rows;
        _mean = mean;
        _norms = norms;
        _room = (clusters + GroupScores.Centres - 1) / GroupScores.Centres;
        _upper = new double[rows.Rows];
        _lower = new float[(long)rows.Rows * _room];
        _members = new int[_room * GroupScores.Centres];
        _groupOf = new int[clusters];
        _groups = new double[_room * GroupScores.Centres * rows.Columns];
        _halfNorms = new double[_room * GroupScores.Centres];
        _drifts = new float[_room];
    }

    /// <summary>Puts the centres into groups: halved along the column in which they spread the most until sixteen or fewer are left.</summary>
    /// <param name="centres">Shape (clusters × columns).</param>
    public void Begin(ReadOnlySpan<double> centres)
    {
        var clusters = centres.Length / _rows.Columns;
        _count = (clusters + GroupScores.Centres - 1) / GroupScores.Centres;
        Array.Fill(_members, -1);
        for (var cluster = 0; cluster < clusters; cluster++)
            _members[cluster] = cluster;
        Halve(_members.AsSpan(0, clusters), centres);
        for (var at = 0; at < clusters; at++)
            _groupOf[_members[at]] = at / GroupScores.Centres;
    }

    /// <summary>What a pass needs to know of the centres: their groups' values, and how far the farthest of each group moved.</summary>
    /// <param name="centres">Shape (clusters × columns), around the mean.</param>
    /// <param name="halfNorms">Half of each one's squared length.</param>
    /// <param name="shifts">How far each moved since the last pass.</param>
    public void Prepare(ReadOnlySpan<double> centres, ReadOnlySpan<double> halfNorms, ReadOnlySpan<double> shifts)
    {
        var columns = _rows.Columns;
        var reach = 0.0;
        for (var group = 0; group < _count; group++)
        {
            var drift = 0.0;
            for (var lane = 0; lane < GroupScores.Centres; lane++)
            {
                var at = (group * GroupScores.Centres) + lane;
                var centre = at < halfNorms.Length ? _members[at] : -1;
                _halfNorms[at] = centre < 0 ? double.PositiveInfinity : halfNorms[centre];
                for (var column = 0; column < columns; column++)
                    _groups[(((group * columns) + column) * GroupScores.Centres) + lane] = centre < 0 ? 0 : centres[(centre * columns) + column];
                if (centre < 0)
                    continue;
                drift = Math.Max(drift, shifts[centre]);
                reach = Math.Max(reach, 2 * halfNorms[centre]);
            }

            // Rounded up, as bounds are rounded down.
            _drifts[group] = MathF.BitIncrement((float)drift);
        }

        // As in HamerlyBounds.
        reach += _norms.Greatest;
        _slack = 3 * Math.Sqrt(4 * (columns + 8) * HamerlyBounds.DoubleRounding * reach);
    }

    /// <summary>Gives a row its nearest centre and fresh bounds, looking at every group.</summary>
    /// <param name="negated">Room for one row.</param>
    public int AssignAfresh(int row, Span<double> negated)
    {
        Array.Fill(_lower, float.NegativeInfinity, row * _room, _count);
        return Assign(row, own: -1, limit: 0, negated);
    }

    /// <summary>Moves a row's bounds by what the centres moved and gives it its nearest centre.</summary>
    /// <param name="own">Its centre so far.</param>
    /// <param name="centroid">Where that is.</param>
    /// <param name="shift">How far that moved.</param>
    /// <param name="negated">Room for one row.</param>
    public int Assign(int row, int own, ReadOnlySpan<double> centroid, double shift, Span<double> negated)
    {
        var bounds = _lower.AsSpan(row * _room, _count);
        var least = float.PositiveInfinity;
        for (var group = 0; group < bounds.Length; group++)
        {
            bounds[group] = (bounds[group] - _drifts[group]) * Give;
            least = MathF.Min(least, bounds[group]);
        }

        _upper[row] += shift;
        if (_upper[row] + _slack < least)
            return own;
        _upper[row] = Math.Sqrt(Distance.Squared(_rows.Row(row), centroid));
        return _upper[row] + _slack < least ? own : Assign(row, own, _upper[row] + _slack, negated);
    }

    /// <summary>Lets the next pass look at a row again: its bounds spoke of another centre.</summary>
    public void Forget(int row) => Array.Fill(_lower, float.NegativeInfinity, row * _room, _count);

    private int Assign(int row, int own, double limit, Span<double> negated)
    {
        var columns = _rows.Columns;
        var values = _rows.Row(row);
        for (var column = 0; column < columns; column++)
            negated[column] = _mean[column] - values[column];
        var bounds = _lower.AsSpan(row * _room, _count);
        var ownGroup = own < 0 ? -1 : _groupOf[own];
        var (best, second, winner, winnerGroup) = (double.PositiveInfinity, double.PositiveInfinity, int.MaxValue, -1);
        for (var group = 0; group < _count; group++)
        {
            if (bounds[group] > limit && group != ownGroup)
                continue;
            var found = GroupScores.Find(negated, _groups.AsSpan(group * columns * GroupScores.Centres, columns * GroupScores.Centres), _halfNorms.AsSpan(group * GroupScores.Centres, GroupScores.Centres));
            var centre = _members[(group * GroupScores.Centres) + found.Lane];
            bounds[group] = Bound(row, found.Best);
            if (found.Best < best || (found.Best == best && centre < winner))
                (best, second, winner, winnerGroup) = (found.Best, found.Second, centre, group);
        }

        bounds[winnerGroup] = Bound(row, second);
        _upper[row] = Math.Sqrt(Math.Max(0, _norms[row] + best + best));
        return winner;
    }

    /// <summary>A distance from its score, rounded down.</summary>
    private float Bound(int row, double score) => (float)Math.Min(Math.Sqrt(Math.Max(0, _norms[row] + score + score)), float.MaxValue) * Give;

    private void Halve(Span<int> members, ReadOnlySpan<double> centres)
    {
        if (members.Length <= GroupScores.Centres)
        {
            // Ascending: the first lane of equal scores is then the lowest number.
            members.Sort();
            return;
        }

        var columns = _rows.Columns;
        var (widest, width) = (0, -1.0);
        for (var column = 0; column < columns; column++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var member in members)
            {
                var value = centres[(member * columns) + column];
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            }

            if (greatest - least > width)
                (widest, width) = (column, greatest - least);
        }

        Span<double> keys = members.Length <= 1024 ? stackalloc double[members.Length] : new double[members.Length];
        for (var i = 0; i < members.Length; i++)
            keys[i] = centres[(members[i] * columns) + widest];
        keys.Sort(members);
        var groups = (members.Length + GroupScores.Centres - 1) / GroupScores.Centres;
        var half = groups / 2 * GroupScores.Centres;
        Halve(members[..half], centres);
        Halve(members[half..], centres);
    }
}
