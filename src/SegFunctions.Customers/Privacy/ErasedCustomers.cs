using System.Collections.Frozen;
using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.Customers.Privacy;

/// <summary>The people who were erased, as intake and guards recognise them. Immutable, safe for many threads.</summary>
public sealed class ErasedCustomers
{
    /// <summary>Digits from which a text may be a telephone number.</summary>
    private const int ShortestPhone = 5;

    private readonly FrozenSet<Tombstone> _tombstones = FrozenSet<Tombstone>.Empty;
    private readonly FrozenSet<CustomerKey> _keys = FrozenSet<CustomerKey>.Empty;
    private readonly TombstoneDerivation? _derivation;
    private readonly PersonMentions? _mentions;

    public ErasedCustomers(IEnumerable<Tombstone> tombstones, TombstoneDerivation derivation)
    {
        ArgumentNullException.ThrowIfNull(tombstones);
        ArgumentNullException.ThrowIfNull(derivation);
        _tombstones = tombstones.ToFrozenSet();
        _derivation = derivation;
    }

    /// <summary>Somebody whose keys are still known; no hash is needed to tell them.</summary>
    /// <param name="mentions">What they are called: rows of others that name them count as theirs.</param>
    public ErasedCustomers(IEnumerable<CustomerKey> keys, PersonMentions mentions)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(mentions);
        _keys = keys.ToFrozenSet();
        _mentions = mentions;
    }

    private ErasedCustomers()
    {
    }

    /// <summary>Nobody was erased.</summary>
    public static ErasedCustomers None { get; } = new();

    public int Count => _tombstones.Count + _keys.Count;

    /// <summary>Whether the customer was erased. Costs one HMAC where anybody is known by tombstone.</summary>
    public bool Contains(CustomerKey key) => _keys.Contains(key) || (_derivation is not null && _tombstones.Count > 0 && _tombstones.Contains(_derivation.Of(key)));

    /// <summary>Whether a row as it was sent names the person in running text, whosever row it is.</summary>
    public bool AreMentionedIn(ReadOnlySpan<byte> row) => _mentions is { IsEmpty: false } mentions && mentions.AreIn(row);

    /// <summary>Whether a text that could not be read as a row names somebody who was erased: some piece between delimiters is their id, address of e-mail or telephone number.</summary>
    /// <param name="source">Namespace of the ids.</param>
    public bool AreNamedIn(ReadOnlySpan<byte> text, string source, CustomerKeyDerivation keys)
    {
        if (Count == 0)
            return false;
        foreach (var cell in RowCells.Of(text))
        {
            if (IsNamedBy(cell, source, keys) || (cell.EndsWith(".0"u8) && Contains(keys.Derive(source, cell[..^2]))))
                return true;
            foreach (var form in CellForms.Of(cell))
            {
                if (IsNamedBy(Encoding.UTF8.GetBytes(form), source, keys))
                    return true;
            }
        }

        return false;
    }

    private bool IsNamedBy(ReadOnlySpan<byte> cell, string source, CustomerKeyDerivation keys) =>
        Contains(keys.Derive(source, cell)) || Contains(keys.Derive(VisitorIds.Namespace, cell))
        || (_tombstones.Count > 0 && MayBeContact(cell) && ContactForms.Of(Encoding.UTF8.GetString(cell)).Any(form => _tombstones.Contains(_derivation!.OfContact(form))));

    private static bool MayBeContact(ReadOnlySpan<byte> cell)
    {
        if (cell.Contains((byte)'@'))
            return true;
        var digits = 0;
        foreach (var letter in cell)
            digits += letter is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        return digits >= ShortestPhone;
    }
}
