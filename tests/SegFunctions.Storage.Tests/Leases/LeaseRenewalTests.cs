using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Leases;

namespace SegFunctions.Storage.Tests.Leases;

public sealed class LeaseRenewalTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    [Fact]
    public void Renewal_falls_due_at_a_third_of_the_duration()
    {
        var renewal = new LeaseRenewal(Duration);

        Assert.Equal(LeaseStep.Wait(Seconds(10)), renewal.Next(Seconds(0)));
        Assert.Equal(LeaseStep.Wait(Seconds(1)), renewal.Next(Seconds(9)));
        Assert.Equal(LeaseStep.Renew(atMost: Seconds(15)), renewal.Next(Seconds(10)));
    }

    [Fact]
    public void Granted_renewal_counts_from_when_it_was_sent()
    {
        var renewal = new LeaseRenewal(Duration);
        renewal.Granted(sentAt: Seconds(10));

        Assert.Equal(Seconds(35), renewal.LostAt);
        Assert.Equal(LeaseStep.Wait(Seconds(4)), renewal.Next(Seconds(16)));
    }

    [Fact]
    public void Failed_renewal_is_tried_again_soon_and_as_long_as_there_is_time()
    {
        var renewal = new LeaseRenewal(Duration);
        renewal.Failed(Seconds(12));

        Assert.Equal(LeaseStep.Wait(Seconds(2)), renewal.Next(Seconds(12)));
        Assert.Equal(LeaseStep.Renew(atMost: Seconds(11)), renewal.Next(Seconds(14)));
        renewal.Failed(Seconds(24));
        Assert.Equal(LeaseStep.Wait(Seconds(1)), renewal.Next(Seconds(24)));
        Assert.Equal(LeaseStep.GiveUp, renewal.Next(Seconds(25)));
    }

    [Fact]
    public void Refusal_is_final()
    {
        var renewal = new LeaseRenewal(Duration);
        renewal.Refused();

        Assert.Equal(LeaseStep.GiveUp, renewal.Next(Seconds(11)));
    }

    [Fact]
    public void Whatever_happens_it_gives_up_before_the_lease_ends_and_never_waits_past_that() =>
        Prop.ForAll<byte[]>(outcomes =>
        {
            var renewal = new LeaseRenewal(Duration);
            var now = TimeSpan.Zero;
            var endsAt = Duration;
            foreach (var outcome in outcomes)
            {
                var step = renewal.Next(now);
                if (step.Kind == LeaseStepKind.GiveUp)
                    return now < endsAt;
                if (step.Kind == LeaseStepKind.Wait)
                {
                    now += step.Time;
                    continue;
                }

                var sentAt = now;
                // The answer takes any part of the time that it may take, the whole included.
                now += step.Time * (outcome / 255.0);
                if (outcome % 2 == 0)
                {
                    renewal.Granted(sentAt);
                    endsAt = sentAt + Duration;
                }
                else
                {
                    renewal.Failed(now);
                }

                if (now >= endsAt)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
