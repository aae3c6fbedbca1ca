namespace SegFunctions.Orchestration.Execution;

/// <summary>Lets the steps of one instance follow each other within this process, and spares it superfluous ones.</summary>
/// <remarks>
/// This saves work, no more: between processes the ETag of the instance's row decides. A wake-up that finds another one
/// already waiting can go, because whoever waits will look at the inbox only after it has begun. Should that one die
/// before, its own message comes back.
/// </remarks>
internal sealed class InstanceTurns
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <param name="mayJoin">Whether a wake-up that waits already does for this one too.</param>
    /// <returns>The turn, to be disposed; null when somebody who has not begun yet takes care.</returns>
    public async Task<IDisposable?> TakeAsync(string instanceId, bool mayJoin, CancellationToken cancellationToken)
    {
        Place? place;
        lock (_places)
        {
            if (!_places.TryGetValue(instanceId, out place))
                _places.Add(instanceId, place = new Place());
            if (mayJoin && place.Waiting > 0)
                return null;
            place.Users++;
            place.Waiting++;
        }

        try
        {
            await place.Semaphore.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(instanceId, place, hasBegun: false);
            throw;
        }

        lock (_places)
            place.Waiting--;
        return new Turn(this, instanceId, place);
    }

    private void Leave(string instanceId, Place place, bool hasBegun)
    {
        if (hasBegun)
            place.Semaphore.Release();
        lock (_places)
        {
            if (!hasBegun)
                place.Waiting--;
            if (--place.Users == 0)
            {
                _places.Remove(instanceId);
                place.Semaphore.Dispose();
            }
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }

        public int Waiting { get; set; }
    }

    private sealed class Turn(InstanceTurns turns, string instanceId, Place place) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                turns.Leave(instanceId, place, hasBegun: true);
        }
    }
}
