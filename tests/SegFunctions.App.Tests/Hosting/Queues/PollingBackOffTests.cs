using SegFunctions.App.Hosting.Queues;

namespace SegFunctions.App.Tests.Hosting.Queues;

public sealed class PollingBackOffTests
{
    private static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Waits_double_within_a_fifth_until_the_maximum()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var backOff = new PollingBackOff(Minimum, TimeSpan.FromSeconds(10), new Random(seed));

            Assert.Equal(Minimum, backOff.Next());
            foreach (var doubled in new[] { 100, 200, 400, 800, 1600, 3200, 6400 })
                Assert.InRange(backOff.Next().TotalMilliseconds, 100 + (0.8 * doubled), 100 + (1.2 * doubled));
            for (var i = 0; i < 100; i++)
                Assert.Equal(TimeSpan.FromSeconds(10), backOff.Next());
        }
    }

    [Fact]
    public void A_message_brings_the_wait_back_to_the_minimum()
    {
        var backOff = new PollingBackOff(Minimum, TimeSpan.FromSeconds(10), new Random(1));
        for (var i = 0; i < 5; i++)
            backOff.Next();

        backOff.Reset();

        Assert.Equal(Minimum, backOff.Next());
    }

    [Fact]
    public void Two_processes_do_not_wait_alike()
    {
        var one = new PollingBackOff(Minimum, TimeSpan.FromMinutes(1), new Random(1));
        var other = new PollingBackOff(Minimum, TimeSpan.FromMinutes(1), new Random(2));
        one.Next();
        other.Next();

        Assert.NotEqual(one.Next(), other.Next());
    }
}
