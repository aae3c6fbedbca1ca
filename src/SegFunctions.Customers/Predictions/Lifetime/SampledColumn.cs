using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>What the first values of a column look like.</summary>
internal sealed record SampledColumn
{
    // Fewer distinct values than this in a sample are kinds or counts rather than ids.
    private const int FewestIds = 2;

    private static readonly DateRules[] Orders = [Rules(DateOrder.DayMonthYear), Rules(DateOrder.MonthDayYear), Rules(DateOrder.YearMonthDay)];

    /// <summary>Values that are there.</summary>
    public required int Count { get; init; }

    public required double DateShare { get; init; }

    public required double NumberShare { get; init; }

    /// <summary>Some number is not whole.</summary>
    public required bool HasDecimals { get; init; }

    public required int Distinct { get; init; }

    public required Inference<DateOrder> Order { get; init; }

    public required Inference<DecimalStyle> Decimals { get; init; }

    /// <summary>Neither money nor all different nor all the same.</summary>
    public bool MayBeIds => Count > 0 && !HasDecimals && (Count < 20 || (Distinct >= FewestIds && Distinct < Count));

    public DecimalStyle DecimalsOr(DecimalStyle usual) => Decimals.Value == DecimalStyle.Undecided ? usual : Decimals.Value;

    public static SampledColumn Of(IReadOnlyCollection<RecordBatch> sample, int column)
    {
        var (count, dates, numbers, decimals) = (0, 0, 0, false);
        var order = new DateOrderSample();
        var style = new DecimalStyleSample();
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in sample)
        {
            for (var record = 0; record < batch.Count; record++)
            {
                if (batch.Fault(record) is not null || column >= batch.FieldCount(record) || MissingText.IsMissing(batch.Field(record, column)))
                    continue;
                var value = Blanks.Trim(batch.Field(record, column));
                count++;
                order.Add(value);
                style.Add(value);
                distinct.Add(System.Text.Encoding.UTF8.GetString(value));
                foreach (var rules in Orders)
                {
                    if (!DateText.TryParse(value, rules, out _, out _))
                        continue;
                    dates++;
                    break;
                }

                if (NumberText.TryParse(value, DecimalStyle.Point, out var number, out _) || NumberText.TryParse(value, DecimalStyle.Comma, out number, out _))
                {
                    numbers++;
                    decimals |= number != decimal.Truncate(number);
                }
            }
        }

        return new SampledColumn
        {
            Count = count,
            DateShare = count == 0 ? 0 : (double)dates / count,
            NumberShare = count == 0 ? 0 : (double)numbers / count,
            HasDecimals = decimals,
            Distinct = distinct.Count,
            Order = order.Decide(),
            Decimals = style.Decide(),
        };
    }

    private static DateRules Rules(DateOrder order) => new() { Order = order };
}
