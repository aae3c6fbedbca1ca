using System.Globalization;
using System.Text;
using System.Xml;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Writes what a cell holds as the text that a CSV export would have, only without its ambiguities.</summary>
/// <remarks>
/// Dates are written as ISO 8601, numbers with a point and with the digits that a person would see (8.9, not 8.9000000000000004), shares with
/// their percent sign, amounts with the currency that their format shows. Three decimals get a fourth, so that nobody takes the point for one between thousands.
/// </remarks>
internal static class CellText
{
    private const double LastSerial = 2_958_466;

    /// <summary>Appends the text of a node inside a text item: the texts of its runs, but not their reading aids (<c>rPh</c>).</summary>
    public static void AppendItem(XmlReader xml, ByteWriter text)
    {
        if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" && !xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.ReadOn() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                // What stands there says how to pronounce the text.
            }
        }
        else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
        {
            // Blanks between the elements are layout; those inside <t> are text and marked as such, or not blank alone.
            if (xml.NodeType == XmlNodeType.Whitespace)
                return;
            AppendEscaped(xml.Value, text);
        }
    }

    /// <summary>Appends a text in which <c>_x000D_</c> stands for a character that XML does not allow.</summary>
    public static void AppendEscaped(ReadOnlySpan<char> value, ByteWriter text)
    {
        for (var at = value.IndexOf("_x"); at >= 0; at = value.IndexOf("_x"))
        {
            var isEscape = value.Length >= at + 7 && value[at + 6] == '_' && ushort.TryParse(value.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
            var plain = isEscape ? at : at + 2;
            Append(value[..plain], text);
            if (isEscape)
            {
                var code = ushort.Parse(value.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                Append([(char)code], text);
            }

            value = value[(isEscape ? at + 7 : plain)..];
        }

        Append(value, text);
    }

    public static void Append(ReadOnlySpan<char> value, ByteWriter text) =>
        text.Advance(Encoding.UTF8.GetBytes(value, text.Reserve(3 * value.Length)));

    /// <summary>Appends a number as its format means it; what is no number stays as it stands.</summary>
    public static void AppendNumber(ReadOnlySpan<char> raw, CellStyle style, ReadOnlySpan<byte> currency, bool starts1904, ByteWriter text)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Append(raw, text);
            return;
        }

        // Beyond a day, a time without a date is a duration, which is a number.
        var isDuration = style == CellStyle.Time && number is >= 1 and < 366;
        if (style is CellStyle.Date or CellStyle.DateTime or CellStyle.Time && !isDuration && TryMoment(number, starts1904, out var moment))
        {
            AppendMoment(moment, style, number, text);
            return;
        }

        if (style == CellStyle.Percent && Math.Abs(number) < 1e12)
        {
            // Decimal arithmetic keeps 0.07 from becoming 7.000000000000001 %, and has no room for what is next to nothing.
            AppendPlain(Math.Abs(number) < 1e-7 ? number * 100 : (double)((decimal)number * 100), text);
            text.Add((byte)'%');
            return;
        }

        AppendPlain(number, text);
        if (currency.Length == 0)
            return;
        text.Add((byte)' ');
        text.Add(currency);
    }

    /// <summary>The moment that Excel counts in days; false outside of its calendar.</summary>
    internal static bool TryMoment(double serial, bool starts1904, out DateTime moment)
    {
        moment = default;
        if (starts1904)
            serial += 1462;

        // Excel believes in a 29 February 1900 (serial 60); before it, its days lag by one behind those of .NET.
        else if (serial is >= 0 and < 60)
            serial++;
        if (serial is < 0 or >= LastSerial)
            return false;
        var milliseconds = Math.Round(serial * 86_400_000, MidpointRounding.AwayFromZero);
        moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddMilliseconds(milliseconds);
        return true;
    }

    private static void AppendMoment(DateTime moment, CellStyle style, double serial, ByteWriter text)
    {
        var format = style switch
        {
            CellStyle.Time when serial < 1 => moment.Millisecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fff",
            CellStyle.Date when moment.TimeOfDay == TimeSpan.Zero => "yyyy-MM-dd",
            _ => moment.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.fff",
        };
        moment.TryFormat(text.Reserve(32), out var length, format, CultureInfo.InvariantCulture);
        text.Advance(length);
    }

    private static void AppendPlain(double number, ByteWriter text)
    {
        Span<char> digits = stackalloc char[40];
        int length;
        if (Math.Abs(number) < 1e15 && number == Math.Truncate(number))
            ((long)number).TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
        else if (Math.Abs(number) is >= 1e-7 and < 1e15)
            ((decimal)number).TryFormat(digits, out length, "0.############################", CultureInfo.InvariantCulture);
        else
            number.TryFormat(digits, out length, "R", CultureInfo.InvariantCulture);
        var written = digits[..length];
        var point = written.IndexOf('.');
        Append(written, text);
        if (point >= 0 && length - point == 4)
            text.Add((byte)'0');
    }
}
