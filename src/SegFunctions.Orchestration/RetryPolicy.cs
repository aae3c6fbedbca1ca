namespace SegFunctions.Orchestration;

/// <summary>How often and when a failed activity is tried again. A wrong policy cannot be made.</summary>
/// <remarks>The policy is written into history with the call, so a later change of the code leaves calls under way alone.</remarks>
public sealed record RetryPolicy
{
    private static readonly TimeSpan DefaultMaxRetryInterval = TimeSpan.FromDays(1);

    /// <param name="maxNumberOfAttempts">Attempts in all, the first included: 1 or more.</param>
    /// <param name="firstRetryInterval">Wait after the first failure: more than zero.</param>
    /// <param name="backoffCoefficient">Factor of each further wait: 1 or more.</param>
    /// <param name="maxRetryInterval">Longest wait, at least <paramref name="firstRetryInterval"/>; null is one day, or the first interval if longer.</param>
    /// <param name="retryTimeout">No retry begins later than this after the call; null sets no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1) || double.IsInfinity(backoffCoefficient))
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The back-off coefficient must be a finite number of 1 or more.");
        if (maxRetryInterval < firstRetryInterval)
            throw new ArgumentOutOfRangeException(nameof(maxRetryInterval), maxRetryInterval, $"The longest wait must not be shorter than the first one, {firstRetryInterval}.");
        if (retryTimeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(retryTimeout), retryTimeout, "The time limit for retries must be longer than zero.");

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval
            ?? (firstRetryInterval > DefaultMaxRetryInterval ? firstRetryInterval : DefaultMaxRetryInterval);
        RetryTimeout = retryTimeout;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan? MaxRetryInterval { get; }

    public TimeSpan? RetryTimeout { get; }

    /// <summary>The wait after so many failures, in [first, max]: min(first × coefficient^(failures − 1), max).</summary>
    /// <param name="failures">1 or more.</param>
    public static TimeSpan Backoff(TimeSpan first, double coefficient, TimeSpan max, int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var ticks = first.Ticks * Math.Pow(coefficient, failures - 1);
        return ticks >= max.Ticks ? max : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>When to try again after an attempt has failed, or null when that was the last one.</summary>
    /// <param name="calledAt">When the activity was called.</param>
    /// <param name="failures">Attempts that have failed so far: 1 or more.</param>
    internal DateTimeOffset? NextAttemptAt(DateTimeOffset calledAt, DateTimeOffset now, int failures)
    {
        if (failures >= MaxNumberOfAttempts)
            return null;
        var next = now + Backoff(FirstRetryInterval, BackoffCoefficient, MaxRetryInterval ?? DefaultMaxRetryInterval, failures);
        return next - calledAt > RetryTimeout ? null : next;
    }
}
