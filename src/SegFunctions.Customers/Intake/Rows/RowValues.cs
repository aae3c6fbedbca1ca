using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>The fields of the row that is being checked, in canonical form, and what was found wrong with it. Used again for each row.</summary>
internal sealed class RowValues(Dataset dataset, bool[] planned)
{
    private readonly ByteWriter _text = new(4096);
    private readonly (int Start, int Length)[] _ranges = new (int, int)[dataset.Fields.Count];
    private readonly decimal[] _numbers = new decimal[dataset.Fields.Count];
    private readonly long[] _ticks = new long[dataset.Fields.Count];
    private readonly bool[] _shares = new bool[dataset.Fields.Count];
    private readonly List<Finding> _findings = [];
    private ulong _given;

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
        _text.Clear();
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
    public ReadOnlySpan<byte> Text(int field) => Has(field) ? _text.Written.Slice(_ranges[field].Start, _ranges[field].Length) : default;

    /// <summary>The number of a <see cref="FieldType.Decimal"/> or <see cref="FieldType.Integer"/> field that has one.</summary>
    public decimal Number(int field) => Has(field) ? _numbers[field] : 0;

    /// <summary>Below zero; false without a number.</summary>
    public bool IsNegative(int field) => Has(field) && decimal.IsNegative(_numbers[field]) && _numbers[field] != 0;

    /// <summary>Zero; false without a number.</summary>
    public bool IsZero(int field) => Has(field) && _numbers[field] == 0;

    /// <summary>The moment or day of a field that has one.</summary>
    public long Ticks(int field) => _ticks[field];

    /// <summary>The number was written with a % sign and is a share.</summary>
    public bool IsShare(int field) => Has(field) && _shares[field];

    public void SetText(int field, ReadOnlySpan<byte> text)
    {
        _ranges[field] = (_text.Length, text.Length);
        _text.Add(text);
        Give(field);
    }

    public void SetNumber(int field, decimal number, bool share = false)
    {
        var start = _text.Length;
        var length = CanonicalNumber.Format(number, _text.Reserve(CanonicalNumber.Length));
        _text.Advance(length);
        _ranges[field] = (start, length);
        _numbers[field] = number;
        _shares[field] = share;
        Give(field);
    }

    /// <summary>A number whose canonical text is known.</summary>
    public void SetNumber(int field, decimal number, ReadOnlySpan<byte> canonical)
    {
        SetText(field, canonical);
        _numbers[field] = number;
        _shares[field] = false;
    }

    public void SetTime(int field, long utcTicks)
    {
        var start = _text.Length;
        var length = CanonicalTime.Format(utcTicks, _text.Reserve(CanonicalTime.LongLength));
        _text.Advance(length);
        _ranges[field] = (start, length);
        _ticks[field] = utcTicks;
        Give(field);
    }

    /// <summary>A moment of whole seconds whose day and clock already stand in the text: <c>2024-01-31T23:59:59</c>, with a blank for the <c>T</c>, or the day alone for midnight.</summary>
    public void SetTime(int field, long utcTicks, ReadOnlySpan<byte> iso)
    {
        var start = _text.Length;
        var target = _text.Reserve(CanonicalTime.ShortLength);
        "0000-00-00T00:00:00Z"u8.CopyTo(target);
        iso[..Math.Min(iso.Length, CanonicalTime.ShortLength - 1)].CopyTo(target);
        target[10] = (byte)'T';
        _text.Advance(CanonicalTime.ShortLength);
        _ranges[field] = (start, CanonicalTime.ShortLength);
        _ticks[field] = utcTicks;
        Give(field);
    }

    /// <summary>A day of the calendar, written without time.</summary>
    public void SetDay(int field, long ticks)
    {
        SetTime(field, ticks);
        _ranges[field].Length = 10;
        _text.CutTo(_ranges[field].Start + 10);
    }

    public void Find(DataRule rule, int field, ValueFault fault = ValueFault.None)
    {
        _findings.Add(new Finding(rule, field, fault));
        IsRefused |= rule.Severity == RuleSeverity.Refuse;
    }

    private void Give(int field) => _given |= _ranges[field].Length > 0 ? 1UL << field : 0;
}

/// <summary>A rule that a row breaks.</summary>
/// <param name="Field">Position of the field in the dataset, or −1 for the whole record.</param>
/// <param name="Fault">Why the value could not be read, where that is what is wrong.</param>
internal readonly record struct Finding(DataRule Rule, int Field, ValueFault Fault);
