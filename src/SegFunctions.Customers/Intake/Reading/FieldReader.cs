using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads the texts of a record into the values of its fields.</summary>
internal sealed class FieldReader
{
    private readonly RowContext _context;
    private readonly RowHash _hash;
    private readonly DateReader _dates;
    private readonly WordReader _words;
    private readonly RowMoney _money;
    private byte[] _repaired = [];

    public FieldReader(RowContext context, RowHash hash)
    {
        _context = context;
        _hash = hash;
        _dates = new DateReader(context);
        _words = new WordReader(context);
        _money = new RowMoney(context);
    }

    /// <summary>A new record starts.</summary>
    public void Restart() => _money.Restart();

    /// <summary>What several fields say together, once all have been read.</summary>
    public void Finish() => _money.Settle();

    /// <summary>The row was accepted.</summary>
    public void CountAccepted() => _money.Count();

    /// <summary>Reads one field from its column.</summary>
    public void ReadField(int field, int column, ReadOnlySpan<byte> value)
    {
        var totals = _context.Totals.Column(column);
        var given = value.Length;
        value = Blanks.Trim(value);
        if (value.Length < given && value.Length > 0)
            totals.AddTrimmed(_context.Line);
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
                    ReadText(field, column, declared, value);
                break;
            case FieldType.Choice:
                if (value.Length > 0)
                    _words.ReadChoice(field, declared, value, totals);
                break;
            case FieldType.Country or FieldType.Language or FieldType.Currency:
                if (value.Length > 0)
                    _words.ReadName(field, declared, value);
                break;
            default:
                // A text may say NA and mean Namibia; a number may not.
                if (value.Length == 0 || MissingText.IsMissing(value))
                    break;
                var fault = declared.Type switch
                {
                    FieldType.Timestamp => _dates.ReadTime(field, column, declared, value, totals),
                    FieldType.Date => _dates.ReadDay(field, column, value, totals),
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

    private void ReadText(int field, int column, DatasetField declared, ReadOnlySpan<byte> value)
    {
        if (declared.Type == FieldType.Text)
        {
            if (_context.Repaired(value, ref _repaired, out var repaired))
            {
                value = repaired;
                _context.Row.Find(DataRules.MojibakeRepaired, field);
            }

            if (!declared.Identifier)
                value = _context.Masked(column, value);
        }

        _context.Row.SetText(field, value);
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
    }

    private ValueFault ReadNumber(int field, int column, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        ref readonly var reading = ref _context.Plan.Readings[column];
        var other = reading.Decimals == DecimalStyle.Comma ? DecimalStyle.Point : DecimalStyle.Comma;
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

        if (reading.Decimals == DecimalStyle.Comma && value.Contains((byte)','))
            totals.AddDecimalComma(_context.Line);
        if (declared.IsMoney)
            _money.Note(value);
        if (declared.Type == FieldType.Integer && number != decimal.Truncate(number))
            return ValueFault.NotWhole;
        totals.Statistics.AddNumber(number, _context.Line);
        if (number < declared.Minimum || number > declared.Maximum)
            _context.Row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field);
        else
            _context.Row.SetNumber(field, number, share: value[^1] == '%');
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
