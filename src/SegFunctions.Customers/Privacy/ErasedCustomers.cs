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

    private readonly FrozenSet<Tombstone> _tombstones;
    private readonly TombstoneDerivation? _derivation;
    private readonly PersonMentions? _mentions;

    /// <param name="mentions">Where it is known what one of them is called: rows of others that name the person count as the person's. Null: they do not.</param>
    public ErasedCustomers(IEnumerable<Tombstone> tombstones, TombstoneDerivation derivation, PersonMentions? mentions = null)
    {
        ArgumentNullException.ThrowIfNull(tombstones);
        ArgumentNullException.ThrowIfNull(derivation);
        _tombstones = tombstones.ToFrozenSet();
        _derivation = derivation;
        _mentions = mentions;
    }

    private ErasedCustomers() => _tombstones = FrozenSet<Tombstone>.Empty;

    /// <summary>Nobody was erased.</summary>
    public static ErasedCustomers None { get; } = new();

    public int Count => _tombstones.Count;

    /// <summary>Whether the customer was erased. Costs one HMAC where anybody was.</summary>
    public bool Contains(CustomerKey key) => _derivation is not null && _tombstones.Count > 0 && _tombstones.Contains(_derivation.Of(key));

    /// <summary>Whether a row as it was sent names the person in running text, whosever row it is.</summary>
    public bool AreMentionedIn(ReadOnlySpan<byte> row) => _mentions is { IsEmpty: false } mentions && mentions.AreIn(row);

    /// <summary>Whether a text that could not be read as a row names somebody who was erased: some piece between delimiters is their id, address of e-mail or telephone number.</summary>
    /// <param name="source">Namespace of the ids.</param>
    public bool AreNamedIn(ReadOnlySpan<byte> text, string source, CustomerKeyDerivation keys)
    {
        if (_tombstones.Count == 0)
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
        || (MayBeContact(cell) && ContactForms.Of(Encoding.UTF8.GetString(cell)).Any(form => _tombstones.Contains(_derivation!.OfContact(form))));

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
