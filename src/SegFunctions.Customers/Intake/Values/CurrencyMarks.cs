using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Currency signs and codes (ISO 4217) that stand before or behind an amount.</summary>
/// <remarks>A bare <c>$</c> is the dollar of the United States; <c>kr</c> may be four currencies and names none.</remarks>
internal static class CurrencyMarks
{
    // Longer marks before those that they contain; behind the colon the code, where the sign has one.
    private static readonly (byte[] Mark, byte[] Code)[] Marks =
    [
        .. ("US$:USD CA$:CAD AU$:AUD A$:AUD C$:CAD R$:BRL NZ$:NZD HK$:HKD $:USD €:EUR £:GBP ¥:JPY ￥:JPY 円:JPY ₹:INR ₽:RUB ₩:KRW ₺:TRY ₴:UAH ₪:ILS ฿:THB ₫:VND zł:PLN Kč:CZK SFr.:CHF Fr.:CHF kr.: kr: Ft:HUF lei:RON "
            + "EUR USD GBP CHF JPY CAD AUD NZD SEK NOK DKK ISK PLN CZK HUF RON BGN TRY RUB UAH INR CNY HKD SGD KRW THB IDR MYR PHP VND TWD BRL MXN ARS CLP COP PEN ZAR EGP MAD TND XOF XAF NGN KES ILS AED SAR QAR KWD")
            .Split(' ').Select(mark => mark.Split(':')).Select(mark => (Encoding.UTF8.GetBytes(mark[0]), Encoding.UTF8.GetBytes(mark[^1]))),
    ];

    private static readonly Dictionary<string, byte[]> Names = NamesOf(
        "EUR euro euros|USD dollar dollars usdollar usdollars dollaraméricain dollarus amerikanischerdollar|GBP pound pounds poundsterling livresterling pfund libra sterlina pond|CHF franken schweizerfranken francsuisse swissfranc"
        + "|JPY yen|SEK schwedischekrone|NOK norwegischekrone|DKK dänischekrone|PLN zloty");

    /// <summary>Bytes of the mark at the start, 0 without one.</summary>
    public static int LengthAtStart(ReadOnlySpan<byte> text)
    {
        foreach (var (mark, _) in Marks)
        {
            if (text.Length >= mark.Length && IsMark(text[..mark.Length], mark))
                return mark.Length;
        }

        return 0;
    }

    /// <summary>Bytes of the mark at the end, 0 without one.</summary>
    public static int LengthAtEnd(ReadOnlySpan<byte> text)
    {
        foreach (var (mark, _) in Marks)
        {
            if (text.Length >= mark.Length && IsMark(text[^mark.Length..], mark))
                return mark.Length;
        }

        return 0;
    }

    /// <summary>The code of the currency that an amount names with its sign or code, on either side; empty when it names none.</summary>
    public static ReadOnlySpan<byte> CodeIn(ReadOnlySpan<byte> amount)
    {
        var bare = amount.Trim(" \t()+-"u8);
        if (bare.IsEmpty || (bare[0] is >= (byte)'0' and <= (byte)'9' && bare[^1] is >= (byte)'0' and <= (byte)'9'))
            return default;
        foreach (var (mark, code) in Marks)
        {
            if (bare.Length > mark.Length && (IsMark(bare[..mark.Length], mark) || IsMark(bare[^mark.Length..], mark)))
                return code;
        }

        return default;
    }

    /// <summary>The code of a currency by its code, sign or name; null when it is not known.</summary>
    public static byte[]? CodeOf(string currency)
    {
        var text = Encoding.UTF8.GetBytes(currency);
        foreach (var (mark, code) in Marks)
        {
            if (code.Length > 0 && text.Length == mark.Length && IsMark(text, mark))
                return code;
        }

        return Names.GetValueOrDefault(TextFolding.Key(currency)) ?? (text.Length == 3 && currency.All(char.IsAsciiLetter) ? Encoding.UTF8.GetBytes(currency.ToUpperInvariant()) : null);
    }

    /// <summary>Codes may be written small; signs may not.</summary>
    private static bool IsMark(ReadOnlySpan<byte> text, byte[] mark) =>
        text.SequenceEqual(mark) || (mark.Length == 3 && mark[0] is >= (byte)'A' and <= (byte)'Z' && mark[2] is >= (byte)'A' and <= (byte)'Z' && Ascii.EqualsIgnoreCase(text, mark));

    private static Dictionary<string, byte[]> NamesOf(string table) => table.Split('|')
        .Select(line => line.Split(' '))
        .SelectMany(line => line.Skip(1).Select(name => (Key: TextFolding.Key(name), Code: Encoding.UTF8.GetBytes(line[0]))))
        .ToDictionary(name => name.Key, name => name.Code, StringComparer.Ordinal);
}
