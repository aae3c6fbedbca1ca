namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// One computation of the dip. Heights are counted in rows (the empirical distribution times n), so that steps are 1 high and the dip
/// comes out as a number of rows to be divided by 2n.
/// </summary>
internal sealed class DipSearch
{
    private readonly double[] _x;
    private readonly int[] _before;
    private readonly int[] _after;
    private readonly int[] _minorant;
    private readonly int[] _majorant;

    /// <param name="sorted">Ascending, at least one value.</param>
    public DipSearch(double[] sorted)
    {
        _x = sorted;
        _before = new int[sorted.Length];
        _after = new int[sorted.Length];
        _minorant = new int[sorted.Length];
        _majorant = new int[sorted.Length];
    }

    public DipResult Run()
    {
        var low = 0;
        var high = _x.Length - 1;
        // One row's step cannot be followed by a continuous distribution any closer.
        var dip = 1.0;
        if (_x[low] == _x[high])
            return new DipResult(dip / (2 * _x.Length), _x[low], _x[high]);
        LinkMinorant();
        LinkMajorant();
        while (true)
        {
            var minorant = Follow(_before, high, low, _minorant);
            var majorant = Follow(_after, low, high, _majorant);
            var (apart, left, right) = Widest(minorant, majorant);
            if (apart < dip)
                break;
            dip = Math.Max(dip, Math.Max(BelowModal(left, minorant), AboveModal(right, majorant)));
            if (low == _minorant[left] && high == _majorant[right])
                break;
            low = _minorant[left];
            high = _majorant[right];
        }

        return new DipResult(dip / (2 * _x.Length), _x[low], _x[high]);
    }

    /// <summary>For every point the vertex before it on the greatest convex minorant of the points up to it.</summary>
    private void LinkMinorant()
    {
        for (var point = 1; point < _x.Length; point++)
        {
            var vertex = point - 1;
            while (vertex > 0)
            {
                var earlier = _before[vertex];
                if ((_x[point] - _x[vertex]) * (vertex - earlier) < (_x[vertex] - _x[earlier]) * (point - vertex))
                    break;
                vertex = earlier;
            }

            _before[point] = vertex;
        }
    }

    /// <summary>For every point the vertex after it on the least concave majorant of the points from it on.</summary>
    private void LinkMajorant()
    {
        var last = _x.Length - 1;
        _after[last] = last;
        for (var point = last - 1; point >= 0; point--)
        {
            var vertex = point + 1;
            while (vertex < last)
            {
                var later = _after[vertex];
                if ((_x[vertex] - _x[point]) * (later - vertex) < (_x[later] - _x[vertex]) * (vertex - point))
                    break;
                vertex = later;
            }

            _after[point] = vertex;
        }
    }

    /// <returns>How many vertices lead from one end to the other, both included.</returns>
    private static int Follow(int[] links, int from, int to, int[] vertices)
    {
        var count = 0;
        vertices[count++] = from;
        while (vertices[count - 1] != to)
        {
            vertices[count] = links[vertices[count - 1]];
            count++;
        }

        return count;
    }

    /// <summary>
    /// Where minorant and majorant lie farthest apart: the difference is largest at a vertex of one of them. Gives the vertex of
    /// the minorant and that of the majorant between which the modal interval then lies.
    /// </summary>
    private (double Apart, int Left, int Right) Widest(int minorantCount, int majorantCount)
    {
        if (minorantCount == 2 && majorantCount == 2)
            return (1, 1, 1);
        var apart = 0.0;
        var left = minorantCount - 1;
        var right = majorantCount - 1;
        // The minorant is listed from its upper end; both are walked upwards.
        var m = minorantCount - 2;
        var c = 1;
        do
        {
            var onMinorant = _minorant[m];
            var onMajorant = _majorant[c];
            if (onMinorant > onMajorant)
            {
                var start = _minorant[m + 1];
                var line = (_x[onMajorant] - _x[start]) * (onMinorant - start) / (_x[onMinorant] - _x[start]);
                var gap = onMajorant - start + 1 - line;
                if (gap >= apart)
                    (apart, left, right) = (gap, m + 1, c);
                c++;
            }
            else
            {
                var start = _majorant[c - 1];
                var line = (_x[onMinorant] - _x[start]) * (onMajorant - start) / (_x[onMajorant] - _x[start]);
                var gap = line - (onMinorant - start - 1);
                if (gap >= apart)
                    (apart, left, right) = (gap, m, c);
                m--;
            }

            m = Math.Max(m, 0);
            c = Math.Min(c, majorantCount - 1);
        }
        while (_minorant[m] != _majorant[c]);
        return (apart, left, right);
    }

    /// <summary>How far the distribution rises above the minorant below the modal interval.</summary>
    private double BelowModal(int left, int count)
    {
        var greatest = 1.0;
        for (var vertex = left; vertex < count - 1; vertex++)
        {
            var start = _minorant[vertex + 1];
            var end = _minorant[vertex];
            if (end - start <= 1 || _x[end] == _x[start])
                continue;
            var slope = (end - start) / (_x[end] - _x[start]);
            for (var point = start; point <= end; point++)
                greatest = Math.Max(greatest, point - start + 1 - ((_x[point] - _x[start]) * slope));
        }

        return greatest;
    }

    /// <summary>How far the distribution falls below the majorant above the modal interval.</summary>
    private double AboveModal(int right, int count)
    {
        var greatest = 1.0;
        for (var vertex = right; vertex < count - 1; vertex++)
        {
            var start = _majorant[vertex];
            var end = _majorant[vertex + 1];
            if (end - start <= 1 || _x[end] == _x[start])
                continue;
            var slope = (end - start) / (_x[end] - _x[start]);
            for (var point = start; point <= end; point++)
                greatest = Math.Max(greatest, ((_x[point] - _x[start]) * slope) - (point - start - 1));
        }

        return greatest;
    }
}
