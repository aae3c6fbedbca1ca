using System.Globalization;
using System.Text;

namespace SegFunctions.Storage.Tables.Filters;

/// <summary>Values as they are written in an OData filter (OData 3.0, "Abstract type system").</summary>
internal static class FilterLiteral
{
    /// <summary>The filter that a query's interpolated string means: every value becomes a literal, whatever it contains.</summary>
    /// <exception cref="ArgumentException">A value has no literal; the message has its position.</exception>
    public static string Interpolate(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = new object[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
            literals[i] = Of(filter.GetArgument(i), i);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string Of(object? value, int position) => value switch
    {
        string text => Of(text, position),
        char c => Of(c.ToString(), position),
        bool flag => flag ? "true" : "false",
        sbyte or byte or short or ushort or int => Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "L",
        float number => Of((double)number, position),
        double number => Of(number, position),
        DateTimeOffset date => Of(date),
        DateTime { Kind: DateTimeKind.Unspecified } =>
            throw Refusal(position, "is a time that is neither UTC nor local; use DateTimeOffset, or DateTime.SpecifyKind"),
        DateTime time => Of(new DateTimeOffset(time)),
        Guid guid => $"guid'{guid:D}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexStringLower(data.ToMemory().Span)}'",
        null => throw Refusal(position, "is null, and nothing compares with null: absent properties match no comparison"),
        _ => throw Refusal(position,
            $"is of type {value.GetType().Name}; use string, bool, int, long, double, DateTimeOffset, Guid or byte[]"),
    };

    private static string Of(DateTimeOffset date) => $"datetime'{date.UtcDateTime:O}'";

    private static string Of(string text, int position)
    {
        var half = TableRules.IndexOfUnpairedSurrogate(text);
        if (half >= 0)
            throw Refusal(position, $"holds half of a surrogate pair at position {half}, which no encoding can carry");
        return "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    // Written out without an exponent, which the emulator does not read, and always with a point, without which the literal
    // would be an Int32. NaN equals nothing, and service and emulator disagree about infinity: both are refused.
    private static string Of(double number, int position)
    {
        if (!double.IsFinite(number))
            throw Refusal(position, $"is {number.ToString(CultureInfo.InvariantCulture)}, which has no literal that compares; use a finite bound");
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (!shortest.Contains('E'))
            return shortest.Contains('.') ? shortest : shortest + ".0";
        var mark = shortest.IndexOf('E');
        var exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var negative = shortest[0] == '-';
        var mantissa = shortest.AsSpan(negative ? 1 : 0, mark - (negative ? 1 : 0));
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var whole = (point < 0 ? mantissa.Length : point) + exponent;
        var written = new StringBuilder(negative ? "-" : "");
        if (whole <= 0)
            written.Append("0.").Append('0', -whole).Append(digits);
        else if (whole >= digits.Length)
            written.Append(digits).Append('0', whole - digits.Length).Append(".0");
        else
            written.Append(digits, 0, whole).Append('.').Append(digits, whole, digits.Length - whole);
        return written.ToString();
    }

    private static ArgumentException Refusal(int position, string fault) =>
        new($"Value {position} of the filter {fault}.", "filter");
}
