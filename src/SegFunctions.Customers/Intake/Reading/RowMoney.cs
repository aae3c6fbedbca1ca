using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Gives each row its currency, and converts its amounts where the mapping has rates. For one thread.</summary>
/// <remarks>
/// The currency is that of its column, else the one that the amounts themselves name, or the header above them. Amounts without any are taken to be in the base currency. Without
/// rates nothing is converted: rows keep their currency, and the report warns when there are several.
/// </remarks>
internal sealed class RowMoney
{
    private readonly RowContext _context;
    private readonly int _currencyField;
    private readonly int _timestampField;
    private readonly int[] _moneyFields;
    private readonly string? _base;
    private readonly string _ofHeaders;
    private readonly Dictionary<ulong, string> _names = [];
    private ulong _named;
    private bool _isTorn;

    public RowMoney(RowContext context)
    {
        _context = context;
        var dataset = context.Plan.Dataset;
        _currencyField = dataset.IndexOf("currency");
        _timestampField = dataset.IndexOf("timestamp");
        _moneyFields = [.. Enumerable.Range(0, dataset.Fields.Count).Where(field => dataset.Fields[field].IsMoney)];
        var named = _moneyFields.Select(field => context.Plan.ColumnOfField[field]).Where(column => column >= 0).Select(column => HeaderWords.CurrencyOf(context.Plan.Columns[column].Header)).Where(code => code.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        _ofHeaders = named.Count == 1 ? named[0] : "";
        _base = context.Plan.Mapping.BaseCurrency ?? context.Plan.Mapping.Rates?.Base;
    }

    /// <summary>An amount of the row, or the headers above them, name a currency.</summary>
    public bool NamesCurrency => _named != 0 || _ofHeaders.Length > 0;

    /// <summary>A new record starts.</summary>
    public void Restart() => (_named, _isTorn) = (0, false);

    /// <summary>Takes note of the currency that an amount names.</summary>
    public void Note(ReadOnlySpan<byte> amount)
    {
        var code = CurrencyMarks.CodeIn(amount);
        if (code.IsEmpty)
            return;
        var packed = Pack(code);
        _isTorn |= _named != 0 && _named != packed;
        _named = packed;
    }

    /// <summary>Settles currency and amounts of the row, once its fields have been read.</summary>
    public void Settle()
    {
        if (_currencyField < 0)
            return;
        var row = _context.Row;
        var given = row.Text(_currencyField);
        if (_isTorn || (_named != 0 && given.Length == 3 && Pack(given) != _named))
        {
            row.Find(DataRules.CurrencyConflict, _currencyField);
            return;
        }

        if (_named != 0 && given.Length == 0)
            row.SetText(_currencyField, Encoding.ASCII.GetBytes(NameOf(_named)));
        else if (given.Length == 0 && _ofHeaders.Length > 0)
            row.SetText(_currencyField, Encoding.ASCII.GetBytes(_ofHeaders));
        if (_context.Plan.Mapping.Rates is not null && _base is not null)
            Convert();
    }

    /// <summary>Counts an accepted row under its currency.</summary>
    public void Count()
    {
        if (_currencyField < 0 || !_context.Row.Has(_currencyField))
            return;
        var code = _context.Row.Text(_currencyField);
        if (code.Length == 3)
            _context.Totals.AddCurrency(NameOf(Pack(code)), 1);
    }

    private void Convert()
    {
        var row = _context.Row;
        if (!row.Has(_currencyField))
        {
            row.SetText(_currencyField, Encoding.ASCII.GetBytes(_base!));
            return;
        }

        var currency = Encoding.UTF8.GetString(row.Text(_currencyField));
        if (currency == _base)
            return;
        var day = row.Has(_timestampField) ? new DateTime(row.Ticks(_timestampField)).Date : DateTime.MaxValue;
        if (_context.Plan.Mapping.Rates!.Of(currency, day) is not { } rate)
        {
            row.Find(DataRules.RateMissing, _currencyField);
            return;
        }

        foreach (var field in _moneyFields)
        {
            if (row.Has(field) && !row.IsShare(field))
                row.SetNumber(field, decimal.Round(row.Number(field) * rate, 6));
        }

        row.SetText(_currencyField, Encoding.ASCII.GetBytes(_base!));
        row.Find(DataRules.CurrencyConverted, _currencyField);
    }

    private string NameOf(ulong packed)
    {
        if (!_names.TryGetValue(packed, out var name))
            _names[packed] = name = string.Create(3, packed, static (text, code) => (text[0], text[1], text[2]) = ((char)(byte)code, (char)(byte)(code >> 8), (char)(byte)(code >> 16)));
        return name;
    }

    private static ulong Pack(ReadOnlySpan<byte> code) => code[0] | (ulong)code[1] << 8 | (ulong)code[2] << 16;
}
