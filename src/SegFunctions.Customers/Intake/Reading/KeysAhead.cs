using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Looks the keys of the next records up before they are asked for. For one thread.</summary>
/// <remarks>
/// A look-up among a million customers waits for memory each time; many that are asked for in advance wait together. Ids that are not known yet are
/// derived several at once.
/// </remarks>
internal sealed class KeysAhead(RowContext context, CustomerKeyCache cache, int field)
{
    private const int RecordsAtOnce = 128;

    private readonly byte[] _ids = new byte[RecordsAtOnce * CustomerKeyCache.LongestId];
    private readonly byte[] _lengths = new byte[RecordsAtOnce];
    private readonly ulong[] _hashes = new ulong[RecordsAtOnce];
    private readonly CustomerKey[] _keys = new CustomerKey[RecordsAtOnce];
    private readonly int[] _unknown = new int[KeyedHashLanes.Lanes];
    private readonly int[] _messages = new int[KeyedHashLanes.Lanes];
    private readonly byte[] _blocks = new byte[KeyedHashLanes.Lanes * KeyedHashLanes.BlockLength];
    private readonly CustomerKey[] _derived = new CustomerKey[KeyedHashLanes.Lanes];
    private readonly int _longest = Math.Min(CustomerKeyCache.LongestId, KeyedHashLanes.LongestMessage - cache.Prefix.Length);
    private RecordBatch? _batch;
    private int _first;
    private int _count;
    private int _waiting;

    /// <summary>The key of the id that a record has in the field.</summary>
    /// <param name="id">The id as it was read.</param>
    public CustomerKey KeyOf(RecordBatch batch, int record, ReadOnlySpan<byte> id)
    {
        if (!ReferenceEquals(batch, _batch) || (uint)(record - _first) >= (uint)_count)
            LookAhead(batch, record);
        var at = record - _first;
        return id.SequenceEqual(IdAt(at)) ? _keys[at] : cache.Get(id).Key;
    }

    private void LookAhead(RecordBatch batch, int first)
    {
        (_batch, _first, _count) = (batch, first, Math.Min(RecordsAtOnce, batch.Count - first));
        var column = context.Plan.ColumnOfField[field];
        for (var at = 0; at < _count; at++)
            Note(at, column < 0 || batch.Fault(first + at) is not null ? default : context.IdOf(batch, first + at, column));
        for (var at = 0; at < _count; at++)
        {
            if (_lengths[at] > 0)
                cache.PrefetchPlace(_lengths[at], _hashes[at]);
        }

        for (var at = 0; at < _count; at++)
        {
            if (_lengths[at] == 0)
                continue;
            if (cache.TryFind(IdAt(at), _hashes[at], out var found))
                _keys[at] = found.Key;
            else
                Derive(at);
        }

        if (_waiting > 0)
            DeriveWaiting();
    }

    private ReadOnlySpan<byte> IdAt(int at) => _ids.AsSpan(at * CustomerKeyCache.LongestId, _lengths[at]);

    private void Note(int at, ReadOnlySpan<byte> id)
    {
        if (id.Length > _longest || AddressIds.MayChange(id))
            id = default;
        _lengths[at] = (byte)id.Length;
        if (id.Length == 0)
            return;
        id.CopyTo(_ids.AsSpan(at * CustomerKeyCache.LongestId));
        _hashes[at] = CustomerKeyCache.HashOf(id);
        cache.PrefetchTags(id.Length, _hashes[at]);
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
        cache.Derivation.DeriveLanes(_blocks, _messages, _derived);
        for (var lane = 0; lane < _waiting; lane++)
        {
            var at = _unknown[lane];
            _keys[at] = _derived[lane];
            cache.Add(IdAt(at), _hashes[at], _derived[lane]);
        }

        _waiting = 0;
    }
}
