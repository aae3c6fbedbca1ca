namespace SegFunctions.App.Refresh;

/// <summary>Bounds how many steps of refreshes hold much memory in this process: those that hold a partition, one a processor; those that hold all customers, one at a time.</summary>
/// <remarks>
/// Many messages are at work at a time, for most wait for storage. These steps compute on all processors, and each holds some hundred megabytes: more of them at once
/// would end no sooner, and memory would grow with the number of messages. Who waits for a seat goes on holding its message.
/// </remarks>
internal sealed class RefreshSeats : IDisposable
{
    private readonly SemaphoreSlim _partitions;
    private readonly SemaphoreSlim _whole = new(1, 1);

    public RefreshSeats()
        : this(Environment.ProcessorCount)
    {
    }

    /// <param name="partitions">Steps that may hold a partition at a time.</param>
    public RefreshSeats(int partitions) => _partitions = new SemaphoreSlim(partitions, partitions);

    /// <summary>Does work that holds the customers of one partition, once there is room.</summary>
    public Task<T> WithPartitionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => WorkAsync(_partitions, work, cancellationToken);

    /// <summary>Does work that holds all customers, once nobody else does.</summary>
    public Task<T> WithAllAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => WorkAsync(_whole, work, cancellationToken);

    public void Dispose()
    {
        _partitions.Dispose();
        _whole.Dispose();
    }

    private static async Task<T> WorkAsync<T>(SemaphoreSlim seats, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await seats.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            // Large arrays are collected late: the next step would find the memory of this one still taken. Nobody waits for the collection.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            seats.Release();
        }
    }
}
