using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Judges what a column that no field claims holds: a type only where every value of the sample has it and nothing is ambiguous.</summary>
internal static class AttributeTypeSample
{
    private const int FewestValues = 3;

    private static readonly DateRules AnyYear = new() { FirstYear = 1, LastYear = 9999 };

    public static ColumnReading Judge(ColumnSample sample, int column, ColumnReading unknown, UploadMapping mapping)
    {
        var (values, numbers) = sample.Count(column, IsNumber);
        if (values < FewestValues)
            return unknown;
        if (sample.Count(column, static value => BooleanText.TryParse(value, out _, out _) && !(value.Length == 1 && value[0] is (byte)'0' or (byte)'1')).Passed == values)
            return unknown with { Type = AttributeType.Boolean, Evidence = $"the first {values} values say yes or no" };
        if (numbers == values)
        {
            var style = new DecimalStyleSample();
            sample.Each(column, style.Add);
            var inferred = style.Decide();
            if (mapping.Decimals is { } named)
                return unknown with { Type = AttributeType.Number, Decimals = named, Evidence = "the mapping names the decimal sign" };
            return inferred.Certainty is Certainty.Decided or Certainty.NoEvidence
                ? unknown with { Type = AttributeType.Number, Decimals = inferred.Value, Evidence = inferred.Evidence }
                : unknown;
        }

        var dates = sample.Count(column, static value => DateText.TryParse(value, AnyYear, out _, out _));
        return dates.Passed == values ? unknown with { Type = AttributeType.Date, Order = DateOrder.Undecided, Evidence = $"the first {values} values are dates that every order reads alike" } : unknown;
    }

    /// <summary>A number, but no code of digits: leading zeros and many digits name something. Amounts of a currency stay texts, so that the currency is kept.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> value)
    {
        var digits = value.TrimStart("+-"u8);
        if (digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9')
            return false;
        if (value[^1] == '%' || digits.IsEmpty || digits[0] == '(' || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && digits.Length > 15 || !CurrencyMarks.CodeIn(value).IsEmpty)
            return false;
        return NumberText.TryParse(value, DecimalStyle.Point, out _, out _) || NumberText.TryParse(value, DecimalStyle.Comma, out _, out _);
    }
}
