using SegFunctions.Storage.Leases;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Leases;

/// <summary>Lets time pass for a lease, whose loop runs on other threads.</summary>
internal static class LeaseTime
{
    /// <summary>Moves the clock second by second; the next one begins when the loop waits again, or has given up.</summary>
    public static async Task PassAsync(ManualTimeProvider time, int seconds, Lease lease)
    {
        for (var second = 0; second < seconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            while (time.WaitingTimers == 0 && !lease.Lost.IsCancellationRequested)
                await Task.Yield();
        }
    }
}
