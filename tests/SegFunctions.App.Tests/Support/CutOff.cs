using Azure;

namespace SegFunctions.App.Tests.Support;

/// <summary>What a test throws in the place of a process that dies.</summary>
internal sealed class CutOffException() : Exception("cut off");

/// <summary>Throws at the n-th moment between storage calls, once; a moment lies before and after every write.</summary>
internal sealed class CutOff
{
    private int _left = int.MaxValue;
    private int _seen;

    /// <summary>Moments that have passed since <see cref="Arm"/>.</summary>
    public int Seen => Volatile.Read(ref _seen);

    public bool HasFired { get; private set; }

    /// <summary>What the caller sees; by default the end of its process.</summary>
    public Func<Exception> Fault { get; set; } = () => new CutOffException();

    /// <summary>An answer that was lost, and whose repeated request finds its own work done.</summary>
    public static Func<Exception> LostAnswer(int status) => () => new RequestFailedException(status, "the answer to the first try was lost");

    /// <param name="moment">From 1; beyond the last moment nothing happens.</param>
    public void Arm(int moment)
    {
        Volatile.Write(ref _seen, 0);
        HasFired = false;
        Volatile.Write(ref _left, moment);
    }

    public void Disarm() => Volatile.Write(ref _left, int.MaxValue);

    public Task WatchAsync(StorageCall call)
    {
        if (!call.IsWrite)
            return Task.CompletedTask;
        Interlocked.Increment(ref _seen);
        if (Interlocked.Decrement(ref _left) != 0)
            return Task.CompletedTask;
        HasFired = true;
        throw Fault();
    }
}
