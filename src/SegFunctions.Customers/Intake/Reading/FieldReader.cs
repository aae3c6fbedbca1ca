using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads the texts of a record into the values of its fields.</summary>
internal sealed class FieldReader
{
    private readonly RowContext _context;
    private readonly DateReader _dates;
    private readonly WordReader _words;
    private readonly RowMoney _money;
    private byte[] _repaired = [];

    public FieldReader(RowContext context)
    {
        _context = context;
        _dates = new DateReader(context);
        _words = new WordReader(context);
        _money = new RowMoney(context);
    }

    /// <summary>A new record starts.</summary>
    public void Restart() => _money.Restart();

    /// <summary>The amounts of the record, or the headers above them, name their currency.</summary>
    public bool NamesCurrency => _money.NamesCurrency;

    /// <summary>What several fields say together, once all have been read.</summary>
    public void Finish() => _money.Settle();

    /// <summary>The row was accepted.</summary>
    public void CountAccepted() => _money.Count();

    /// <summary>Reads one field from its column.</summary>
    public void ReadField(PlannedField field, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        if (MayHaveBlanks(value))
        {
            var given = value.Length;
            value = Blanks.Trim(value);
            if (value.IsEmpty)
                return;
            if (value.Length < given)
                field.Totals.AddTrimmed(_context.Line);
        }

        if (field.IsNumber ? TryReadPlainNumber(field, value) : field.Type == FieldType.Timestamp && TryReadPlainTime(field, value))
            return;
        ReadAtLength(field, value);
    }

    /// <summary>Reads a value without blanks around it in whatever form it has: what is read at a glance, this reads in the same way.</summary>
    public void ReadAtLength(PlannedField field, ReadOnlySpan<byte> value)
    {
        var word = field.Totals.Statistics.AddValue(value);
        switch (field.Type)
        {
            case FieldType.CustomerId:
                ReadCustomer(field, value);
                break;
            case FieldType.Id:
                _context.Row.SetText(field.Field, value);
                break;
            case FieldType.Text:
                if (word?.Reading is { } text)
                    _context.Row.SetKnown(field.Field, text);
                else
                    ReadText(field, value, word);
                break;
            case FieldType.Choice:
                _words.ReadChoice(field, value, word);
                break;
            case FieldType.Country or FieldType.Language or FieldType.Currency:
                _words.ReadName(field, value, word);
                break;
            default:
                ReadOther(field, value);
                break;
        }
    }

    /// <summary>Whether blanks may stand around the value: it begins or ends with a byte that blanks have, or with a letter that is none of ASCII.</summary>
    private static bool MayHaveBlanks(ReadOnlySpan<byte> value) => (uint)(value[0] - '!') > '~' - '!' || (uint)(value[^1] - '!') > '~' - '!';

    private bool TryReadPlainTime(PlannedField field, ReadOnlySpan<byte> value)
    {
        if (!_dates.TryReadPlainTime(field, value))
            return false;
        field.Totals.Statistics.AddValue(value);
        return true;
    }

    /// <summary>Reads a number of few digits about which there is nothing to say; false leaves all of it to <see cref="ReadNumber"/>.</summary>
    private bool TryReadPlainNumber(PlannedField field, ReadOnlySpan<byte> value)
    {
        if (!PlainNumber.TryParse(value, field.DecimalSign, out var number))
            return false;
        if (number.Scale > 0)
        {
            // A decimal sign may speak for or against the column's reading, and be one that is repaired.
            if (field.Type == FieldType.Integer || field.Reading.Decimals != DecimalStyle.Point || !(field.Reading.IsSettled || field.Totals.IsDefinite))
                return false;
        }

        field.Totals.Statistics.AddValue(value, number);
        field.Totals.Statistics.AddNumber(number, _context.Line);
        var exact = number.ToDecimal();
        if (!field.TakesPlainNumbers && (exact < field.Declared.Minimum || exact > field.Declared.Maximum))
            _context.Row.Find(field.Declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field.Field);
        else if (number.IsCanonical)
            _context.Row.SetNumber(field.Field, number.Mantissa, exact, value);
        else
            _context.Row.SetNumber(field.Field, exact);
        return true;
    }

    /// <summary>Reads numbers, dates and booleans in whatever form they have.</summary>
    private void ReadOther(PlannedField field, ReadOnlySpan<byte> value)
    {
        // A text may say NA and mean Namibia; a number may not.
        if (MissingText.IsMissing(value))
            return;
        var fault = field.Type switch
        {
            FieldType.Timestamp => _dates.ReadTime(field, value),
            FieldType.Date => _dates.ReadDay(field, value),
            FieldType.Boolean => ReadBoolean(field.Field, value),
            _ => ReadNumber(field, value),
        };
        if (fault != ValueFault.None)
            FindUnreadable(field.Field, field.Declared, fault);
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

    private void ReadText(PlannedField field, ReadOnlySpan<byte> value, CountedWord? word)
    {
        var text = value;
        if (_context.Repaired(text, ref _repaired, out var repaired))
        {
            text = repaired;
            _context.Row.Find(DataRules.MojibakeRepaired, field.Field);
        }

        if (!field.Declared.Identifier)
            text = _context.Masked(field.Column, text);
        _context.Row.SetText(field.Field, text);
        if (word is not null && text.SequenceEqual(value))
            word.Reading = new KnownText(word.Word);
    }

    private void ReadCustomer(PlannedField field, ReadOnlySpan<byte> value)
    {
        if (FieldTexts.IsMissingId(value))
            return;
        if (field.Reading.PointZero)
        {
            if (FieldTexts.IsPointZero(value))
            {
                value = value[..^2];
                field.Totals.PointZeros++;
            }
            else
            {
                _context.Contradict(field.Column, Contradiction.PointZero);
            }
        }

        _context.Row.SetText(field.Field, value);
    }

    private ValueFault ReadNumber(PlannedField field, ReadOnlySpan<byte> value)
    {
        var (declared, totals) = (field.Declared, field.Totals);
        ref readonly var reading = ref field.Reading;
        var other = reading.Decimals == DecimalStyle.Comma ? DecimalStyle.Point : DecimalStyle.Comma;
        if (!NumberText.TryParse(value, reading.Decimals, out var number, out var fault))
        {
            if (!reading.IsSettled && NumberText.TryParse(value, other, out _, out _))
                _context.Contradict(field.Column, Contradiction.Value);
            return fault;
        }

        if (!reading.IsSettled && !totals.IsDefinite)
        {
            if (!NumberText.TryParse(value, other, out var otherwise, out _))
                totals.IsDefinite = true;
            else if (otherwise != number)
                totals.Ambiguous++;
        }

        if (reading.Decimals == DecimalStyle.Comma && value.Contains((byte)','))
            totals.AddDecimalComma(_context.Line);
        if (declared.IsMoney)
            _money.Note(value);
        if (declared.Type == FieldType.Integer && number != decimal.Truncate(number))
            return ValueFault.NotWhole;
        totals.Statistics.AddNumber(number, _context.Line);
        if (number < declared.Minimum || number > declared.Maximum)
            _context.Row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field.Field);
        else
            _context.Row.SetNumber(field.Field, number, share: value[^1] == '%');
        return ValueFault.None;
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
}
