using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>One pass over a file of orders, whose columns are known.</summary>
internal sealed class PurchaseReading(PurchaseColumnChoice columns)
{
    private const int LinesTold = 5;
    private const int LongestTextTold = 40;

    private readonly PurchaseLog _log = new();
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly SortedDictionary<RefusedOrder, (long Count, List<(long, string)> First)> _refused = [];
    private long _lines;

    public void Add(RecordBatch batch)
    {
        for (var record = 0; record < batch.Count; record++)
        {
            _lines++;
            if (batch.Fault(record) is not null || batch.FieldCount(record) < columns.Fields)
            {
                Refuse(RefusedOrder.Broken, batch.Line(record), batch.Raw(record));
                continue;
            }

            var customer = Blanks.Trim(batch.Field(record, columns.Customer));
            var date = Blanks.Trim(batch.Field(record, columns.Date));
            if (MissingText.IsMissing(customer))
                Refuse(RefusedOrder.NoCustomer, batch.Line(record), customer);
            else if (!DateText.TryParse(date, columns.Dates, out var day, out _))
                Refuse(RefusedOrder.NoDate, batch.Line(record), date);
            else if (!TryAmount(batch, record, out var amount))
                Refuse(RefusedOrder.NoAmount, batch.Line(record), Blanks.Trim(batch.Field(record, columns.Amount)));
            else if (amount < 0)
                Refuse(RefusedOrder.Negative, batch.Line(record), Blanks.Trim(batch.Field(record, columns.Quantity >= 0 ? columns.Quantity : columns.Amount)));
            else
                _log.Add(CustomerOf(customer), (int)((day.ToUtc(TimeZoneInfo.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay), amount);
        }
    }

    public PurchaseFile Result() => new(_log, _ids, _lines, columns.Told, [.. _refused.Select(one => new RefusedOrders(one.Key, one.Value.Count, one.Value.First))]);

    private bool TryAmount(RecordBatch batch, int record, out double amount)
    {
        amount = double.NaN;
        if (columns.Amount < 0)
            return true;
        if (!NumberText.TryParse(batch.Field(record, columns.Amount), columns.AmountDecimals, out var value, out _))
            return false;
        amount = (double)value;
        if (columns.Quantity < 0)
            return true;
        if (!NumberText.TryParse(batch.Field(record, columns.Quantity), columns.QuantityDecimals, out var quantity, out _))
            return false;
        amount *= (double)quantity;
        return true;
    }

    private int CustomerOf(ReadOnlySpan<byte> id)
    {
        Span<char> characters = id.Length <= 256 ? stackalloc char[id.Length] : new char[id.Length];
        ReadOnlySpan<char> text = characters[..Encoding.UTF8.GetChars(id, characters)];
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var customer))
            return customer;
        customer = _ids.Count;
        var own = text.ToString();
        _ids.Add(own);
        _known.Add(own, customer);
        return customer;
    }

    private void Refuse(RefusedOrder reason, long line, ReadOnlySpan<byte> text)
    {
        var (count, first) = _refused.GetValueOrDefault(reason, (0, []));
        if (first.Count < LinesTold)
        {
            var told = Encoding.UTF8.GetString(text);
            first.Add((line, told.Length <= LongestTextTold ? told : told[..LongestTextTold] + "…"));
        }

        _refused[reason] = (count + 1, first);
    }
}
