using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>The fields of the row that is being checked, in canonical form, and what was found wrong with it. Used again for each row.</summary>
internal sealed class RowValues(Dataset dataset, bool[] planned)
{
    private readonly KnownText?[] _known = new KnownText?[dataset.Fields.Count];
    private readonly (int Start, int Length)[] _ranges = new (int, int)[dataset.Fields.Count];
    private readonly decimal[] _numbers = new decimal[dataset.Fields.Count];
    private readonly long[] _ticks = new long[dataset.Fields.Count];
    private readonly bool[] _shares = new bool[dataset.Fields.Count];
    private readonly List<Finding> _findings = [];
    private byte[] _text = new byte[4096];
    private int _length;
    private ulong _given;

    // Of fields whose text is a known one; of numbers that are zero, and below it.
    private ulong _isKnown;
    private ulong _isZero;
    private ulong _isNegative;

    /// <summary>Position of the field that says when it was; −1 without one.</summary>
    public int Timestamp { get; } = dataset.IndexOf("timestamp");

    /// <summary>What is wrong, worst or not, in the order it was found.</summary>
    public ReadOnlySpan<Finding> Findings => CollectionsMarshal.AsSpan(_findings);

    /// <summary>Of each field that has a value, the bit of its position.</summary>
    public ulong Given => _given;

    /// <summary>The customer, once the ids were read.</summary>
    public CustomerKey? Key { get; set; }

    /// <summary>The key of the visitor that an event names beside or instead of the customer.</summary>
    public CustomerKey? Anonymous { get; set; }

    /// <summary>A finding refuses the row.</summary>
    public bool IsRefused { get; private set; }

    public void Clear()
    {
        _length = 0;
        _given = 0;
        _findings.Clear();
        Key = null;
        Anonymous = null;
        IsRefused = false;
    }

    /// <summary>The file has a column for the field.</summary>
    public bool IsPlanned(int field) => planned[field];

    public bool Has(int field) => (_given >> field & 1) != 0;

    /// <summary>The canonical text of a field; empty without a value.</summary>
    public ReadOnlySpan<byte> Text(int field)
    {
        if (!Has(field))
            return default;
        return (_isKnown >> field & 1) != 0 ? _known[field]!.Text : _text.AsSpan(_ranges[field].Start, _ranges[field].Length);
    }

    /// <summary>The text of a field that has a known one; else null.</summary>
    public KnownText? Known(int field) => (_given & _isKnown & 1UL << field) != 0 ? _known[field] : null;

    /// <summary>The number of a <see cref="FieldType.Decimal"/> or <see cref="FieldType.Integer"/> field that has one.</summary>
    public decimal Number(int field) => Has(field) ? _numbers[field] : 0;

    /// <summary>Below zero; false without a number.</summary>
    public bool IsNegative(int field) => (_given & _isNegative & 1UL << field) != 0;

    /// <summary>Zero; false without a number.</summary>
    public bool IsZero(int field) => (_given & _isZero & 1UL << field) != 0;

    /// <summary>The moment or day of a field that has one.</summary>
    public long Ticks(int field) => _ticks[field];

    /// <summary>The number was written with a % sign and is a share.</summary>
    public bool IsShare(int field) => Has(field) && _shares[field];

    public void SetText(int field, ReadOnlySpan<byte> text)
    {
        var start = _length;
        text.CopyTo(Reserve(text.Length));
        Give(field, start, text.Length);
    }

    /// <summary>A text that is not copied.</summary>
    public void SetKnown(int field, KnownText text)
    {
        _known[field] = text;
        _isKnown |= 1UL << field;
        if (text.Text.Length > 0)
            _given |= 1UL << field;
    }

    public void SetNumber(int field, decimal number, bool share = false)
    {
        Give(field, _length, CanonicalNumber.Format(number, Reserve(CanonicalNumber.Length)));
        SetNumber(field, decimal.Sign(number), number);
        _shares[field] = share;
    }

    /// <summary>A number whose canonical text is known.</summary>
    /// <param name="sign">Below zero, zero or above it as the number is.</param>
    public void SetNumber(int field, int sign, decimal number, ReadOnlySpan<byte> canonical)
    {
        SetText(field, canonical);
        SetNumber(field, sign, number);
        _shares[field] = false;
    }

    public void SetTime(int field, long utcTicks)
    {
        Give(field, _length, CanonicalTime.Format(utcTicks, Reserve(CanonicalTime.LongLength)));
        _ticks[field] = utcTicks;
    }

    /// <summary>A moment of whole seconds whose day and clock already stand in the text: <c>2024-01-31T23:59:59</c>, with a blank for the <c>T</c>, or the day alone for midnight.</summary>
    public void SetTime(int field, long utcTicks, ReadOnlySpan<byte> iso)
    {
        var target = Reserve(CanonicalTime.ShortLength);
        "0000-00-00T00:00:00Z"u8.CopyTo(target);
        iso[..Math.Min(iso.Length, CanonicalTime.ShortLength - 1)].CopyTo(target);
        target[10] = (byte)'T';
        Give(field, _length, CanonicalTime.ShortLength);
        _ticks[field] = utcTicks;
    }

    /// <summary>A day of the calendar, written without time.</summary>
    public void SetDay(int field, long ticks)
    {
        Give(field, _length, Math.Min(CanonicalTime.Format(ticks, Reserve(CanonicalTime.LongLength)), 10));
        _ticks[field] = ticks;
    }

    public void Find(DataRule rule, int field, ValueFault fault = ValueFault.None)
    {
        _findings.Add(new Finding(rule, field, fault));
        IsRefused |= rule.Severity == RuleSeverity.Refuse;
    }

    private void SetNumber(int field, int sign, decimal number)
    {
        var bit = 1UL << field;
        _numbers[field] = number;
        _isZero = sign == 0 ? _isZero | bit : _isZero & ~bit;
        _isNegative = sign < 0 ? _isNegative | bit : _isNegative & ~bit;
    }

    private Span<byte> Reserve(int length)
    {
        if (_text.Length - _length < length)
            Array.Resize(ref _text, Math.Max(2 * _text.Length, checked(_length + length)));
        return _text.AsSpan(_length, length);
    }

    /// <summary>The field's text stands at the end of the texts.</summary>
    private void Give(int field, int start, int length)
    {
        _length = start + length;
        _ranges[field] = (start, length);
        _isKnown &= ~(1UL << field);
        _given |= length > 0 ? 1UL << field : 0;
    }
}

/// <summary>A rule that a row breaks.</summary>
/// <param name="Field">Position of the field in the dataset, or −1 for the whole record.</param>
/// <param name="Fault">Why the value could not be read, where that is what is wrong.</param>
internal readonly record struct Finding(DataRule Rule, int Field, ValueFault Fault);
