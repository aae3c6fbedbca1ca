namespace SegFunctions.App.Hosting.Queues;

/// <summary>When to renew our hold on a message, and when it must be taken for lost; no I/O.</summary>
/// <param name="holdTime">For how long each renewal holds.</param>
/// <param name="since">When the request that took the message was sent: the earliest that its time can have begun.</param>
internal sealed class HoldPlan(TimeSpan holdTime, DateTimeOffset since)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private DateTimeOffset _end = since + holdTime;

    /// <summary>The message may be in other hands.</summary>
    public bool IsLost(DateTimeOffset now) => now >= _end;

    /// <summary>How long the message is ours for sure.</summary>
    public TimeSpan Left(DateTimeOffset now) => now < _end ? _end - now : TimeSpan.Zero;

    /// <summary>Half of what is left: half the hold time after a success, ever shorter while renewals fail.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        var left = Left(now);
        var half = left / 2;
        if (half >= ShortestWait)
            return half;
        return left > ShortestWait ? ShortestWait : left;
    }

    /// <param name="sent">When the request that succeeded was sent.</param>
    public void Renewed(DateTimeOffset sent) => _end = sent + holdTime;
}
