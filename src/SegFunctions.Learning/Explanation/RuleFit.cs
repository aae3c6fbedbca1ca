using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>Makes a rule that people can say out of the path of a tree: shortest, then exact thresholds, then round ones.</summary>
/// <remarks>
/// Every step is judged by F1 over all rows: a condition goes where that costs at most <see cref="ShorteningLoss"/>, a threshold
/// moves to the best value between its neighbouring bins, and then to the roundest number that keeps all thresholds together
/// within the loss allowed. Between two neighbouring values every number parts alike, so most rounding costs nothing.
/// </remarks>
internal sealed class RuleFit
{
    /// <summary>F1 that one condition fewer may cost.</summary>
    public const double ShorteningLoss = 0.005;

    private const int MostDecimals = 12;

    private readonly Table _table;
    private readonly IReadOnlyList<BinnedColumn> _bins;
    private readonly int[] _slots;
    private readonly int _cluster;
    private readonly int _size;
    private readonly List<FittedCondition> _conditions;

    // What Gather found last.
    private readonly double[] _values;
    private readonly bool[] _members;

    private RuleFit(Table table, IReadOnlyList<BinnedColumn> bins, int[] slots, int cluster, int size, List<FittedCondition> conditions)
    {
        _table = table;
        _bins = bins;
        _slots = slots;
        _cluster = cluster;
        _size = size;
        _conditions = conditions;
        _values = new double[slots.Length];
        _members = new bool[slots.Length];
    }

    /// <summary>The conditions of the rule, in the order of the columns, and what they catch.</summary>
    public static (IReadOnlyList<FittedCondition> Conditions, RuleCount Count) Of(
        Table table, IReadOnlyList<BinnedColumn> bins, int[] slots, int cluster, int size, IReadOnlyList<RuleSplit> path, double roundingLoss)
    {
        var conditions = path.Select(split => FittedCondition.Of(split, table.Columns[split.Column], bins[split.Column])).ToList();
        var fit = new RuleFit(table, bins, slots, cluster, size, FittedCondition.Merge(conditions));
        fit.Shorten();
        fit.Refine();
        // With better thresholds, one condition fewer may do.
        fit.Shorten();
        fit.Round(roundingLoss);
        return ([.. fit._conditions.OrderBy(condition => condition.Column)], fit.Count());
    }

    private void Shorten()
    {
        while (_conditions.Count > 1)
        {
            var now = Count().F1(_size);
            var best = -1;
            var bestF1 = now - ShorteningLoss;
            for (var i = 0; i < _conditions.Count; i++)
            {
                var f1 = Count(without: i).F1(_size);
                if (f1 >= bestF1)
                    (best, bestF1) = (i, f1);
            }

            if (best < 0)
                return;
            _conditions.RemoveAt(best);
        }
    }

    private void Refine()
    {
        for (var i = 0; i < _conditions.Count; i++)
        {
            if (_conditions[i].IsThreshold)
                _conditions[i] = Refined(i);
        }
    }

    private FittedCondition Refined(int position)
    {
        var condition = _conditions[position];
        var borders = _bins[condition.Column].Borders;
        var from = condition.Border > 0 ? borders[condition.Border - 1] : double.NegativeInfinity;
        var to = condition.Border + 1 < borders.Length ? borders[condition.Border + 1] : double.PositiveInfinity;
        var below = condition.Comparison == RuleComparison.Below;
        // Rows between the two borders may change sides; of the others, those on the rule's side are caught anyhow.
        var caught = new RuleCount(0, 0);
        var window = new List<(double Value, bool Member)>();
        var (values, members, count) = Gather(position);
        for (var i = 0; i < count; i++)
        {
            if (values[i] >= from && values[i] < to)
                window.Add((values[i], members[i]));
            else if (values[i] < from == below)
                caught = caught.With(members[i]);
        }

        if (window.Count == 0)
            return condition;
        window.Sort((a, b) => a.Value.CompareTo(b.Value));
        var best = -1.0;
        var found = condition;
        // Below: the window's first values are caught; at least: all of it, and the first values fall away.
        var running = below ? caught : window.Aggregate(caught, (all, row) => all.With(row.Member));
        for (var i = 0; i < window.Count; i++)
        {
            var starts = i == 0 || window[i].Value != window[i - 1].Value;
            var f1 = running.F1(_size);
            // A cut below every value of the column parts nothing.
            if (starts && f1 > best && (i > 0 || double.IsFinite(from)))
                (best, found) = (f1, condition with { Threshold = window[i].Value });
            running = below ? running.With(window[i].Member) : running.Without(window[i].Member);
        }

        if (double.IsFinite(to) && running.F1(_size) > best)
            found = condition with { Threshold = to };
        return found;
    }

    private void Round(double loss)
    {
        var exact = Count().F1(_size);
        for (var i = 0; i < _conditions.Count; i++)
        {
            if (_conditions[i].IsThreshold)
                _conditions[i] = Rounded(i, exact - (loss * (i + 1) / _conditions.Count));
        }
    }

    private FittedCondition Rounded(int position, double least)
    {
        var condition = _conditions[position];
        var column = ((NumericColumn)_table.Columns[condition.Column]).Values;
        var isDate = _table.Columns[condition.Column] is DateColumn;
        var (values, members, count) = Gather(position);
        var greatest = 0.0;
        foreach (var value in column)
            greatest = Math.Max(greatest, Math.Abs(double.IsNaN(value) ? 0 : value));
        var gap = double.NegativeInfinity;
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.AsSpan(0, count))
        {
            gap = value < condition.Threshold ? Math.Max(gap, value) : gap;
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }

        for (var power = (int)Math.Ceiling(Math.Log10(greatest)); power >= (isDate ? 0 : -MostDecimals); power--)
        {
            foreach (var factor in (ReadOnlySpan<int>)[5, 2, 1])
            {
                // Both sides of the threshold; any number above the next lower value and up to the threshold parts as it does.
                foreach (var upper in (ReadOnlySpan<bool>)[false, true])
                {
                    var round = Multiple(condition.Threshold, factor, power, upper);
                    // Beyond all values it would be round but say nothing.
                    if (!(round > smallest && round <= largest))
                        continue;
                    if ((round > gap && round <= condition.Threshold) || Counted(condition, round, values.AsSpan(0, count), members).F1(_size) >= least)
                        return condition with { Threshold = round, Decimals = Math.Max(0, -power) };
                }
            }
        }

        // A date is written without its hour, so the rule must mean the day, whatever that costs.
        return isDate ? condition with { Threshold = Math.Ceiling(condition.Threshold), Decimals = 0 } : condition;
    }

    /// <summary>The multiple of factor · 10^power next to a value: not above it, or above it.</summary>
    private static double Multiple(double value, int factor, int power, bool above)
    {
        var scale = Math.Pow(10, Math.Abs(power));
        var multiples = Math.Floor((power < 0 ? value * scale : value / scale) / factor) + (above ? 1 : 0);
        // Divided, not multiplied by a power below 1: the quotient is the double that the printed decimal stands for.
        return power < 0 ? multiples * factor / scale : multiples * factor * scale;
    }

    private static RuleCount Counted(FittedCondition condition, double threshold, ReadOnlySpan<double> values, ReadOnlySpan<bool> members)
    {
        var below = condition.Comparison == RuleComparison.Below;
        var (rows, own) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < threshold != below)
                continue;
            rows++;
            own += members[i] ? 1 : 0;
        }

        return new RuleCount(rows, own);
    }

    /// <summary>Of the rows that meet all conditions but one: their values in that one's column, where known, and whether they are members. Good until the next call.</summary>
    private (double[] Values, bool[] Members, int Count) Gather(int position)
    {
        var column = ((NumericColumn)_table.Columns[_conditions[position].Column]).Values;
        var count = 0;
        for (var row = 0; row < _slots.Length; row++)
        {
            if (double.IsNaN(column[row]) || !Meets(row, position))
                continue;
            _values[count] = column[row];
            _members[count++] = _slots[row] == _cluster;
        }

        return (_values, _members, count);
    }

    private RuleCount Count(int without = -1)
    {
        var (rows, own) = (0, 0);
        for (var row = 0; row < _slots.Length; row++)
        {
            if (!Meets(row, without))
                continue;
            rows++;
            own += _slots[row] == _cluster ? 1 : 0;
        }

        return new RuleCount(rows, own);
    }

    private bool Meets(int row, int without)
    {
        for (var i = 0; i < _conditions.Count; i++)
        {
            if (i != without && !_conditions[i].Meets(row))
                return false;
        }

        return true;
    }
}

/// <summary>Rows that meet a rule, and how many of them are members.</summary>
internal readonly record struct RuleCount(int Rows, int Members)
{
    public double F1(int size) => 2.0 * Members / (Rows + size);

    public RuleCount With(bool member) => new(Rows + 1, Members + (member ? 1 : 0));

    public RuleCount Without(bool member) => new(Rows - 1, Members - (member ? 1 : 0));
}
