namespace SegFunctions.Customers.Intake.Values;

/// <summary>Currency signs and codes (ISO 4217) that stand before or behind an amount.</summary>
internal static class CurrencyMarks
{
    // Longer marks before those that they contain.
    private static readonly byte[][] Marks =
    [
        .. new[]
        {
            "US$", "CA$", "AU$", "A$", "C$", "R$", "NZ$", "HK$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴", "₪", "฿", "₫", "zł", "Kč", "Fr.", "kr.", "kr", "Ft", "lei",
            "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "UAH", "INR", "CNY",
            "HKD", "SGD", "KRW", "THB", "IDR", "MYR", "PHP", "VND", "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "EGP", "MAD", "TND", "XOF", "XAF", "NGN", "KES",
            "ILS", "AED", "SAR", "QAR", "KWD",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>Bytes of the mark at the start, 0 without one.</summary>
    public static int LengthAtStart(ReadOnlySpan<byte> text)
    {
        foreach (var mark in Marks)
        {
            if (text.StartsWith(mark))
                return mark.Length;
        }

        return 0;
    }

    /// <summary>Bytes of the mark at the end, 0 without one.</summary>
    public static int LengthAtEnd(ReadOnlySpan<byte> text)
    {
        foreach (var mark in Marks)
        {
            if (text.EndsWith(mark))
                return mark.Length;
        }

        return 0;
    }
}
