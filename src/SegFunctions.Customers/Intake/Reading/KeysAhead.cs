using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Sees to it that the keys of the next records are in the cache before they are asked for. For one thread.</summary>
/// <remarks>
/// A look-up among a million customers waits for memory each time; sixteen that are asked for in advance wait together. Ids that are not known yet are
/// derived several at once.
/// </remarks>
internal sealed class KeysAhead(RowContext context, CustomerKeyCache cache, int field)
{
    private const int RecordsAtOnce = 128;

    private readonly byte[] _ids = new byte[RecordsAtOnce * CustomerKeyCache.LongestId];
    private readonly byte[] _lengths = new byte[RecordsAtOnce];
    private readonly ulong[] _hashes = new ulong[RecordsAtOnce];
    private readonly int[] _unknown = new int[KeyedHashLanes.Lanes];
    private readonly int[] _messages = new int[KeyedHashLanes.Lanes];
    private readonly byte[] _blocks = new byte[KeyedHashLanes.Lanes * KeyedHashLanes.BlockLength];
    private readonly CustomerKey[] _keys = new CustomerKey[KeyedHashLanes.Lanes];
    private readonly int _longest = Math.Min(CustomerKeyCache.LongestId, KeyedHashLanes.LongestMessage - cache.Prefix.Length);
    private RecordBatch? _batch;
    private int _end;
    private int _count;
    private int _waiting;

    /// <summary>A record is reached; those after it will be soon.</summary>
    public void Reach(RecordBatch batch, int record)
    {
        if (ReferenceEquals(batch, _batch) && record < _end && record >= _end - RecordsAtOnce)
            return;
        _batch = batch;
        _end = record + RecordsAtOnce;
        var column = context.Plan.ColumnOfField[field];
        if (column < 0)
            return;
        _count = 0;
        for (; record < Math.Min(_end, batch.Count); record++)
        {
            if (batch.Fault(record) is null)
                Note(context.IdOf(batch, record, column));
        }

        for (var at = 0; at < _count; at++)
            cache.PrefetchPlace(_hashes[at]);
        for (var at = 0; at < _count; at++)
        {
            if (!cache.TryFind(IdAt(at), _hashes[at], out _))
                Derive(at);
        }

        if (_waiting > 0)
            DeriveWaiting();
    }

    private ReadOnlySpan<byte> IdAt(int at) => _ids.AsSpan(at * CustomerKeyCache.LongestId, _lengths[at]);

    private void Note(ReadOnlySpan<byte> id)
    {
        if (id.Length == 0 || id.Length > _longest)
            return;
        id.CopyTo(_ids.AsSpan(_count * CustomerKeyCache.LongestId));
        _lengths[_count] = (byte)id.Length;
        cache.PrefetchTags(_hashes[_count++] = CustomerKeyCache.HashOf(id));
    }

    private void Derive(int at)
    {
        var id = IdAt(at);
        var block = _blocks.AsSpan(_waiting * KeyedHashLanes.BlockLength);
        cache.Prefix.CopyTo(block);
        id.CopyTo(block[cache.Prefix.Length..]);
        _messages[_waiting] = cache.Prefix.Length + id.Length;
        _unknown[_waiting++] = at;
        if (_waiting == KeyedHashLanes.Lanes)
            DeriveWaiting();
    }

    private void DeriveWaiting()
    {
        // Lanes that nothing waits in hash what is left in them from before.
        cache.Derivation.DeriveLanes(_blocks, _messages, _keys);
        for (var lane = 0; lane < _waiting; lane++)
            cache.Add(IdAt(_unknown[lane]), _hashes[_unknown[lane]], _keys[lane]);
        _waiting = 0;
    }
}
