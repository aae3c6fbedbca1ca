using FsCheck;
using FsCheck.Fluent;

namespace SegFunctions.Orchestration.Tests;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(0, 1, 1.0, null, null, "maxNumberOfAttempts")]
    [InlineData(1, 0, 1.0, null, null, "firstRetryInterval")]
    [InlineData(1, -1, 1.0, null, null, "firstRetryInterval")]
    [InlineData(1, 1, 0.99, null, null, "backoffCoefficient")]
    [InlineData(1, 1, double.NaN, null, null, "backoffCoefficient")]
    [InlineData(1, 1, double.PositiveInfinity, null, null, "backoffCoefficient")]
    [InlineData(1, 10, 1.0, 9, null, "maxRetryInterval")]
    [InlineData(1, 1, 1.0, null, 0, "retryTimeout")]
    public void A_wrong_policy_cannot_be_made(int attempts, int first, double coefficient, int? max, int? timeout, string parameter)
    {
        var refused = Assert.ThrowsAny<ArgumentOutOfRangeException>(() => new RetryPolicy(
            attempts,
            TimeSpan.FromSeconds(first),
            coefficient,
            max is { } longest ? TimeSpan.FromSeconds(longest) : null,
            timeout is { } limit ? TimeSpan.FromSeconds(limit) : null));
        Assert.Equal(parameter, refused.ParamName);
    }

    [Fact]
    public void Waits_lie_between_the_first_and_the_longest_and_never_shrink() =>
        Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((first, extra, failures) =>
        {
            var (shortest, longest) = (TimeSpan.FromSeconds(first.Get), TimeSpan.FromSeconds(first.Get + extra.Get));
            var coefficient = 1 + (extra.Get % 20 / 10.0);
            var wait = RetryPolicy.Backoff(shortest, coefficient, longest, failures.Get);
            Assert.InRange(wait, shortest, longest);
            Assert.True(RetryPolicy.Backoff(shortest, coefficient, longest, failures.Get + 1) >= wait);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Waits_grow_by_the_coefficient_up_to_the_longest()
    {
        var waits = Enumerable.Range(1, 6).Select(failures => RetryPolicy.Backoff(TimeSpan.FromSeconds(2), 3, TimeSpan.FromSeconds(100), failures).TotalSeconds);
        Assert.Equal([2, 6, 18, 54, 100, 100], waits);
        Assert.Equal(TimeSpan.FromDays(1), RetryPolicy.Backoff(TimeSpan.FromSeconds(1), 10, TimeSpan.FromDays(1), int.MaxValue));
    }

    [Fact]
    public void No_retry_begins_after_the_last_attempt_or_the_time_limit()
    {
        var called = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(30));

        Assert.Equal(called.AddSeconds(11), policy.NextAttemptAt(called, called.AddSeconds(1), failures: 1));
        Assert.Equal(called.AddSeconds(30), policy.NextAttemptAt(called, called.AddSeconds(20), failures: 2));
        Assert.Null(policy.NextAttemptAt(called, called.AddSeconds(21), failures: 2));
        Assert.Null(policy.NextAttemptAt(called, called.AddSeconds(1), failures: 3));
    }
}
