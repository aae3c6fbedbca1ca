namespace SegFunctions.App.Hosting.Queues;

/// <summary>How long to wait before an idle queue is asked again.</summary>
/// <remarks>
/// The Functions host's rule: the n-th empty answer in a row is followed by minimum + f · 2^(n-1) · minimum with f drawn
/// from 0.8 to 1.2, at most the maximum; the first wait after a message is the minimum.
/// </remarks>
internal sealed class PollingBackOff(TimeSpan minimum, TimeSpan maximum, Random random)
{
    // 2^30 times any minimum is above any maximum.
    private const int LargestExponent = 30;
    private int _empty;

    /// <summary>A message came: the next wait starts small again.</summary>
    public void Reset() => _empty = 0;

    /// <summary>The wait after one more empty answer.</summary>
    public TimeSpan Next()
    {
        if (_empty == 0)
        {
            _empty = 1;
            return minimum;
        }

        var factor = 0.8 + (0.4 * random.NextDouble());
        var wait = minimum + (minimum * (factor * Math.Pow(2, Math.Min(_empty, LargestExponent) - 1)));
        if (_empty <= LargestExponent)
            _empty++;
        return wait < maximum ? wait : maximum;
    }
}
