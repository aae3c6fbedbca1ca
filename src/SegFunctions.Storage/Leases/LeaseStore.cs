namespace SegFunctions.Storage.Leases;

/// <summary>Named locks with an end: a holder that dies loses its lock after the lease's duration.</summary>
public abstract class LeaseStore
{
    /// <summary>Takes the lease, or returns null when somebody else holds it.</summary>
    /// <param name="name">Any blob name; the lock is created when it is missing.</param>
    /// <param name="duration">15 to 60 s, the service's limits; renewed by itself at a third of it until it is disposed.</param>
    public abstract Task<Lease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Waits for the lease, asking again every <paramref name="retryEvery"/>.</summary>
    public abstract Task<Lease> AcquireAsync(
        string name, TimeSpan duration, TimeSpan retryEvery, CancellationToken cancellationToken);
}
