namespace SegFunctions.Storage.Leases.InMemory;

/// <summary>Leases in this process: same promises, no durability.</summary>
internal sealed class InMemoryLeaseStore(TimeProvider time) : RenewingLeaseStore(time)
{
    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>Ends a lease from outside, as an operator can; its holder learns of it with the next renewal.</summary>
    internal void Break(string name)
    {
        lock (_gate)
            _held.Remove(name);
    }

    protected override Task<LeaseHold?> TakeAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_held.TryGetValue(name, out var standing) && standing.Until > _time.GetUtcNow())
                return Task.FromResult<LeaseHold?>(null);
            var held = new Held(this, name, duration) { Until = _time.GetUtcNow() + duration };
            _held[name] = held;
            return Task.FromResult<LeaseHold?>(held);
        }
    }

    private sealed class Held(InMemoryLeaseStore store, string name, TimeSpan duration) : LeaseHold
    {
        public DateTimeOffset Until { get; set; }

        // As in the service, a lease that ran out can still be renewed as long as nobody has taken it.
        public override Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            lock (store._gate)
            {
                if (store._held.GetValueOrDefault(name) != this)
                    return Task.FromResult(false);
                Until = store._time.GetUtcNow() + duration;
                return Task.FromResult(true);
            }
        }

        public override Task ReleaseAsync(CancellationToken cancellationToken)
        {
            lock (store._gate)
            {
                if (store._held.GetValueOrDefault(name) == this)
                    store._held.Remove(name);
            }

            return Task.CompletedTask;
        }
    }
}
