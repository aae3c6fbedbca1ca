using System.Collections.Frozen;
using SegFunctions.Customers.Intake;

namespace SegFunctions.Customers.Privacy;

/// <summary>The people who were erased, as intake and guards recognise them. Immutable, safe for many threads.</summary>
public sealed class ErasedCustomers
{
    private readonly FrozenSet<Tombstone> _tombstones;
    private readonly TombstoneDerivation? _derivation;

    public ErasedCustomers(IEnumerable<Tombstone> tombstones, TombstoneDerivation derivation)
    {
        ArgumentNullException.ThrowIfNull(tombstones);
        ArgumentNullException.ThrowIfNull(derivation);
        _tombstones = tombstones.ToFrozenSet();
        _derivation = derivation;
    }

    private ErasedCustomers() => _tombstones = FrozenSet<Tombstone>.Empty;

    /// <summary>Nobody was erased.</summary>
    public static ErasedCustomers None { get; } = new();

    public int Count => _tombstones.Count;

    /// <summary>Whether the customer was erased. Costs one HMAC where anybody was.</summary>
    public bool Contains(CustomerKey key) => _derivation is not null && _tombstones.Count > 0 && _tombstones.Contains(_derivation.Of(key));

    /// <summary>Whether a text that could not be read as a row names somebody who was erased: some piece between delimiters is their id.</summary>
    /// <param name="source">Namespace of the ids.</param>
    public bool AreNamedIn(ReadOnlySpan<byte> text, string source, CustomerKeyDerivation keys)
    {
        if (_tombstones.Count == 0)
            return false;
        foreach (var cell in RowCells.Of(text))
        {
            if (Contains(keys.Derive(source, cell)) || Contains(keys.Derive(VisitorIds.Namespace, cell)))
                return true;
            if (cell.EndsWith(".0"u8) && Contains(keys.Derive(source, cell[..^2])))
                return true;
        }

        return false;
    }
}
