using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads the texts of a record into the values of its fields.</summary>
internal sealed class FieldReader
{
    private static readonly long Earliest = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long EarliestBirth = new DateTime(1850, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly RowContext _context;
    private readonly RowHash _hash;
    private readonly CustomerKeyCache _customers;
    private readonly CustomerKeyCache _visitors;
    private readonly Dictionary<string, byte[]>[] _spellings;

    public FieldReader(RowContext context, CustomerKeyDerivation keys, RowHash hash)
    {
        _context = context;
        _hash = hash;
        _customers = new CustomerKeyCache(keys, context.Plan.Mapping.Source ?? CustomerKeyDerivation.DefaultNamespace, ErasedCustomers.None);
        _visitors = new CustomerKeyCache(keys, VisitorIds.Namespace, ErasedCustomers.None);
        _spellings = [.. context.Plan.Dataset.Fields.Select(_ => new Dictionary<string, byte[]>(StringComparer.Ordinal))];
    }

    /// <summary>Reads one field from its column.</summary>
    public void ReadField(int field, int column, ReadOnlySpan<byte> value)
    {
        var totals = _context.Totals.Column(column);
        if (value.Length > 0)
        {
            totals.Statistics.AddValue(value, _hash.Of(value), isWatched: false);
        }

        var declared = _context.Plan.Dataset.Fields[field];
        switch (declared.Type)
        {
            case FieldType.CustomerId:
                ReadCustomer(field, column, value, totals);
                break;
            case FieldType.Text or FieldType.Id:
                if (value.Length > 0)
                    _context.Row.SetText(field, declared is { Type: FieldType.Text, Identifier: false } ? _context.Masked(column, value) : value);
                break;
            case FieldType.Choice:
                if (value.Length > 0)
                    ReadChoice(field, declared, value);
                break;
            default:
                // A text may say NA and mean Namibia; a number may not.
                if (value.Length == 0 || MissingText.IsMissing(value))
                    break;
                var fault = declared.Type switch
                {
                    FieldType.Timestamp => ReadTime(field, column, declared, value, totals),
                    FieldType.Date => ReadDay(field, column, value, totals),
                    FieldType.Boolean => ReadBoolean(field, value),
                    _ => ReadNumber(field, column, declared, value, totals),
                };
                if (fault != ValueFault.None)
                    FindUnreadable(field, declared, fault);
                break;
        }
    }

    /// <summary>Fills a field in that has no value and may not be empty.</summary>
    public void UseDefault(int field, int column, string value)
    {
        // The value could not be read: the row is refused for that, and no default hides it.
        foreach (var finding in _context.Row.Findings)
        {
            if (finding.Field == field && finding.Rule.Severity == RuleSeverity.Refuse)
                return;
        }

        _context.Row.SetNumber(field, decimal.Parse(value));
        if (column >= 0)
            _context.Row.Find(DataRules.DefaultUsed, field);
    }

    private void ReadCustomer(int field, int column, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        if (value.Length == 0 || FieldTexts.IsMissingId(value))
            return;
        if (_context.Plan.Readings[column].PointZero)
        {
            if (FieldTexts.IsPointZero(value))
            {
                value = value[..^2];
                totals.PointZeros++;
            }
            else
            {
                _context.Contradict(column, Contradiction.PointZero);
            }
        }

        _context.Row.SetText(field, value);
        if (_context.Plan.Dataset.Fields[field].Name == "anonymousId")
            _context.Row.Anonymous = _visitors.Get(value).Key;
        else
            _context.Row.Key = _customers.Get(value).Key;
    }

    private void ReadChoice(int field, DatasetField declared, ReadOnlySpan<byte> value)
    {
        if (ChoiceOf(field, value) is { } word)
            _context.Row.SetText(field, word);
        else if (declared.OpenChoice)
            _context.Row.SetText(field, value);
        else
            _context.Row.Find(DataRules.ChoiceUnknown, field);
    }

    private ValueFault ReadNumber(int field, int column, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        var reading = _context.Plan.Readings[column];
        var other = reading.Other().Decimals;
        if (!NumberText.TryParse(value, reading.Decimals, out var number, out var fault))
        {
            if (!reading.IsSettled && NumberText.TryParse(value, other, out _, out _))
                _context.Contradict(column, Contradiction.Value);
            return fault;
        }

        if (!reading.IsSettled && !totals.IsDefinite)
        {
            if (!NumberText.TryParse(value, other, out var otherwise, out _))
                totals.IsDefinite = true;
            else if (otherwise != number)
                totals.Ambiguous++;
        }

        if (declared.Type == FieldType.Integer && number != decimal.Truncate(number))
            return ValueFault.NotWhole;
        totals.Statistics.AddNumber(number, _context.Line);
        if (number < declared.Minimum || number > declared.Maximum)
            _context.Row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field);
        else
            _context.Row.SetNumber(field, number, share: value[^1] == '%');
        return ValueFault.None;
    }

    private ValueFault ReadTime(int field, int column, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        var fault = ReadDate(column, value, totals, out var date);
        if (fault != ValueFault.None)
            return fault;
        var ticks = date.WallClock.Ticks;
        if (date.OffsetMinutes is { } offset)
        {
            ticks -= offset * TimeSpan.TicksPerMinute;
        }
        else
        {
            ticks = _context.Plan.Mapping.TimeZone.ToUtc(ticks, out var doubtful);
            if (doubtful)
                _context.Row.Find(DataRules.ClockChange, field);
        }

        if (ticks < Earliest || (ticks > _context.Plan.Latest.Ticks && !declared.MayBeFuture))
        {
            _context.Row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field);
            return ValueFault.None;
        }

        totals.Statistics.AddTime(ticks);
        _context.Row.SetTime(field, ticks);
        return ValueFault.None;
    }

    private ValueFault ReadDay(int field, int column, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        long ticks;
        if (value.Length == 4 && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            var year = (1000 * (value[0] - '0')) + (100 * (value[1] - '0')) + (10 * (value[2] - '0')) + value[3] - '0';
            if (year == 0)
                return ValueFault.NoSuchDay;
            ticks = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        }
        else if (ReadDate(column, value, totals, out var date) is not ValueFault.None and var fault)
        {
            return fault;
        }
        else
        {
            ticks = date.WallClock.Date.Ticks;
        }

        if (ticks < EarliestBirth || ticks > _context.Plan.Latest.Ticks)
            return ValueFault.YearOutOfRange;
        _context.Row.SetDay(field, ticks);
        return ValueFault.None;
    }

    /// <summary>Reads a date in the column's order of day and month, and watches whether the other order would fit as well.</summary>
    private ValueFault ReadDate(int column, ReadOnlySpan<byte> value, ColumnTotals totals, out DateValue date)
    {
        var reading = _context.Plan.Readings[column];
        var isRead = DateText.TryParse(value, _context.Plan.DateRules(reading.Order), out date, out var fault);
        if (reading.IsSettled || (isRead && totals.IsDefinite))
            return fault;
        var fitsOther = DateText.TryParse(value, _context.Plan.DateRules(reading.Other().Order), out var otherwise, out _);
        if (!isRead)
        {
            if (fitsOther)
                _context.Contradict(column, Contradiction.Value);
        }
        else if (!fitsOther)
        {
            totals.IsDefinite = true;
        }
        else if (otherwise != date)
        {
            totals.Ambiguous++;
        }

        return fault;
    }

    private ValueFault ReadBoolean(int field, ReadOnlySpan<byte> value)
    {
        if (!BooleanText.TryParse(value, out var truth, out var fault))
            return fault;
        _context.Row.SetText(field, truth ? "true"u8 : "false"u8);
        return ValueFault.None;
    }

    private void FindUnreadable(int field, DatasetField declared, ValueFault fault)
    {
        if (declared.Lenient)
        {
            _context.Row.Find(DataRules.ValueDropped, field, fault);
            return;
        }

        _context.Row.Find(
            declared.Type switch
            {
                FieldType.Timestamp or FieldType.Date => DataRules.TimestampUnreadable,
                FieldType.Boolean => DataRules.BooleanUnreadable,
                _ => DataRules.NumberUnreadable,
            },
            field,
            fault);
    }

    private byte[]? ChoiceOf(int field, ReadOnlySpan<byte> value)
    {
        if (value.Length > 64)
            return null;
        Span<char> text = stackalloc char[64];
        text = text[..Encoding.UTF8.GetChars(value, text)];
        var known = _spellings[field];
        ref var word = ref CollectionsMarshal.GetValueRefOrNullRef(known.GetAlternateLookup<ReadOnlySpan<char>>(), text);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref word))
            return word.Length == 0 ? null : word;
        var spelling = text.ToString();
        var found = _context.Plan.Choices[field]!.GetValueOrDefault(TextFolding.Key(spelling));
        if (known.Count < 1000)
            known[spelling] = found ?? [];
        return found;
    }
}
