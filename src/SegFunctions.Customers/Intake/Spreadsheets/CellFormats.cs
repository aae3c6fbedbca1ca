using System.Text;
using System.Xml;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>The cell formats of a workbook (<c>styles.xml</c>): what the numbers in cells mean.</summary>
/// <remarks>ECMA-376 part 1, sections 18.8.30 (number formats, with the built-in ones) and 18.8.10 (cell formats).</remarks>
internal sealed class CellFormats
{
    private readonly List<(CellStyle Style, byte[] Currency)> _formats = [];

    /// <summary>No formats: every number is a number.</summary>
    public static CellFormats None { get; } = new();

    public static CellFormats Read(XmlReader xml)
    {
        var codes = new Dictionary<int, string>();
        var formats = new CellFormats();
        var isInCells = false;
        while (xml.ReadOn())
        {
            if (xml.LocalName == "cellXfs")
                isInCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "numFmt" && xml.Number("numFmtId") is { } number && xml.GetAttribute("formatCode") is { } code)
                codes[number] = code;
            else if (xml.LocalName == "xf" && isInCells && formats._formats.Count < 65_536)
                formats._formats.Add(Of(xml.Number("numFmtId") ?? 0, codes));
        }

        return formats;
    }

    /// <summary>The format of a cell by its attribute <c>s</c>, and the currency mark it shows, empty without one.</summary>
    public (CellStyle Style, ReadOnlyMemory<byte> Currency) this[int? index] =>
        index is { } known && known < _formats.Count ? _formats[known] : (CellStyle.Number, default);

    /// <summary>What a format code such as <c>dd/mm/yyyy hh:mm</c> says.</summary>
    internal static (CellStyle Style, byte[] Currency) Judge(string code)
    {
        // Positive numbers, negative ones, zero and texts have formats of their own; the first tells the kind.
        var tokens = new StringBuilder();
        var currency = "";
        for (var at = 0; at < code.Length && code[at] != ';'; at++)
        {
            switch (code[at])
            {
                case '"':
                    var close = code.IndexOf('"', at + 1);
                    if (close < 0)
                        return (CellStyle.Number, []);
                    currency = currency.Length == 0 ? code[(at + 1)..close].Trim() : currency;
                    at = close;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case '[':
                    var end = code.IndexOf(']', at + 1);
                    if (end < 0)
                        return (CellStyle.Number, []);
                    var inner = code[(at + 1)..end];
                    if (inner.StartsWith('$'))
                        currency = inner[1..].Split('-')[0].Trim();
                    else if (inner.Length > 0 && inner.All(letter => letter is 'h' or 'H' or 'm' or 'M' or 's' or 'S'))
                        tokens.Append('s');
                    at = end;
                    break;
                case '$' or '€' or '£' or '¥' when currency.Length == 0:
                    currency = code[at].ToString();
                    break;
                default:
                    tokens.Append(char.ToLowerInvariant(code[at]));
                    break;
            }
        }

        var mark = Encoding.UTF8.GetBytes(currency);
        if (mark.Length == 0 || CurrencyMarks.LengthAtStart(mark) != mark.Length)
            mark = [];
        return (StyleOf(tokens.ToString()), mark);
    }

    private static CellStyle StyleOf(string tokens)
    {
        if (tokens.Contains('%'))
            return CellStyle.Percent;
        if (tokens.Contains("general", StringComparison.Ordinal) || tokens.AsSpan().IndexOfAny("0#?") >= 0 && tokens.AsSpan().IndexOfAny("ydh") < 0 && !tokens.Contains("s.", StringComparison.Ordinal) && !tokens.Contains("ss", StringComparison.Ordinal))
            return CellStyle.Number;
        var hasDay = tokens.AsSpan().IndexOfAny("yd") >= 0;
        var hasTime = tokens.AsSpan().IndexOfAny("hs") >= 0;
        if (hasDay)
            return hasTime ? CellStyle.DateTime : CellStyle.Date;
        if (hasTime)
            return CellStyle.Time;
        return tokens.Contains('m') ? CellStyle.Date : CellStyle.Number;
    }

    private static (CellStyle Style, byte[] Currency) Of(int format, Dictionary<int, string> codes)
    {
        if (codes.TryGetValue(format, out var code))
            return Judge(code);
        return (format switch
        {
            9 or 10 => CellStyle.Percent,
            14 or 15 or 16 or 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => CellStyle.Date,
            22 => CellStyle.DateTime,
            (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 46 or 47 => CellStyle.Time,
            _ => CellStyle.Number,
        }, []);
    }
}
