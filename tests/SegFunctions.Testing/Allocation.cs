namespace SegFunctions.Testing;

/// <summary>Bytes that work allocates on the calling thread.</summary>
public static class Allocation
{
    /// <summary>
    /// The least of several runs: the runtime itself allocates now and then on the thread that is measured (a method compiled
    /// again, a type loaded late), but not in every run; what the work allocates, it allocates each time.
    /// </summary>
    public static long Of(Action work)
    {
        const int Runs = 10;
        ArgumentNullException.ThrowIfNull(work);
        work();
        var least = long.MaxValue;
        for (var run = 0; run < Runs && least > 0; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
