using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>How many customers went from each segment to each other between two instants; counts of partitions add up.</summary>
public sealed class TransitionCounts
{
    private readonly long[] _counts;

    public TransitionCounts(int segments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 1);
        Segments = segments;
        _counts = new long[segments * segments];
    }

    public int Segments { get; }

    /// <summary>Customers who went from one segment to another, or stayed.</summary>
    public long this[int from, int to] => _counts[(from * Segments) + to];

    /// <summary>All transitions.</summary>
    public long Total => _counts.Sum();

    /// <summary>Customers who were in a segment.</summary>
    public long From(int segment) => _counts.AsSpan(segment * Segments, Segments).ToArray().Sum();

    public void Add(int from, int to, long customers = 1) => _counts[(from * Segments) + to] += customers;

    /// <summary>Adds the transitions of the customers of both sets; who came in between, or the scheme says nothing of, counts for nothing.</summary>
    public void Add(SegmentScheme scheme, FeatureSet earlier, FeatureSet later)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        var row = 0;
        for (var before = 0; before < earlier.Rows; before++)
        {
            while (row < later.Rows && later.Customers[row] < earlier.Customers[before])
                row++;
            if (row == later.Rows || later.Customers[row] != earlier.Customers[before])
                continue;
            var from = scheme.Of(earlier[before]);
            var to = scheme.Of(later[row]);
            if (from >= 0 && to >= 0)
                Add(from, to);
        }
    }

    /// <summary>The sum of both.</summary>
    public TransitionCounts Plus(TransitionCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sum = new TransitionCounts(Segments);
        for (var i = 0; i < _counts.Length; i++)
            sum._counts[i] = _counts[i] + other._counts[i];
        return sum;
    }
}
