using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>What currencies are worth in one of them, the base, from certain days on.</summary>
public sealed class CurrencyRates
{
    private readonly Dictionary<string, CurrencyRate[]> _rates;

    public CurrencyRates(IEnumerable<CurrencyRate> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        _rates = rates.GroupBy(rate => rate.Currency, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.OrderBy(rate => rate.From).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The currency whose rate is 1 throughout; null where none or several are.</summary>
    public string? Base => _rates.Where(currency => Array.TrueForAll(currency.Value, rate => rate.Rate == 1)).Select(currency => currency.Key).ToList() is [var only] ? only : null;

    /// <summary>Units of the base for one unit of the currency on a day; null where no rate is known yet.</summary>
    public decimal? Of(string currency, DateTime day)
    {
        if (!_rates.TryGetValue(currency, out var rates))
            return null;
        decimal? found = null;
        foreach (var rate in rates)
        {
            if (rate.From <= day)
                found = rate.Rate;
        }

        return found;
    }

    /// <summary>Reads <c>currency,rate</c> or <c>currency,rate,date</c>: what one unit is worth in the base currency, from that day on.</summary>
    /// <exception cref="MappingException">A line is none; all of them are listed.</exception>
    public static CurrencyRates Read(string name, ReadOnlySpan<byte> csv)
    {
        var (rates, faults) = (new List<CurrencyRate>(), new List<string>());
        var lines = Encoding.UTF8.GetString(csv.StartsWith("\uFEFF"u8) ? csv[3..] : csv).Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            var fields = lines[line].Trim().Split(',', ';', '\t');
            if (lines[line].Trim().Length == 0 || (line == 0 && fields[0].Trim().Equals("currency", StringComparison.OrdinalIgnoreCase)))
                continue;
            var from = DateTime.MinValue;
            var isSound = fields.Length is 2 or 3 && CurrencyMarks.CodeOf(fields[0].Trim()) is not null
                && decimal.TryParse(fields[1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0
                && (fields.Length == 2 || DateTime.TryParseExact(fields[2].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out from));
            if (isSound)
                rates.Add(new CurrencyRate(Encoding.UTF8.GetString(CurrencyMarks.CodeOf(fields[0].Trim())!), decimal.Parse(fields[1].Trim(), CultureInfo.InvariantCulture), from));
            else
                faults.Add($"line {line + 1}: \"{lines[line].Trim()}\" is no rate; write currency,rate or currency,rate,date, such as USD,0.92,2024-01-01.");
        }

        return faults.Count == 0 ? new CurrencyRates(rates) : throw new MappingException(name, faults);
    }
}

/// <summary>What one unit of a currency is worth in the base, from a day on.</summary>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record CurrencyRate(string Currency, decimal Rate, DateTime From);
