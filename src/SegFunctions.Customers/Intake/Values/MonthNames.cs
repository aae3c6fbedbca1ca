namespace SegFunctions.Customers.Intake.Values;

/// <summary>Month and weekday names, whole and short, in English, French, German, Spanish, Italian and Dutch.</summary>
internal static class MonthNames
{
    private static readonly (byte[] Name, int Month)[] Months = Encode(
        "january jan januar janvier janv jänner jän jaenner enero ene gennaio gen januari",
        "february feb februar février févr fév fevrier fevr fev febrero febbraio febr februari",
        "march mar märz mär mrz maerz mars marzo maart mrt",
        "april apr avril avr abril abr aprile",
        "may mai mayo maggio mag mei",
        "june jun juni juin junio giugno giu",
        "july jul juli juillet juil julio luglio lug",
        "august aug août aoû aout agosto ago augustus",
        "september sep sept septembre septiembre setiembre settembre set",
        "october oct oktober okt octobre octubre ottobre ott",
        "november nov novembre noviembre",
        "december dec dezember dez décembre déc decembre diciembre dic dicembre");

    private static readonly (byte[] Name, int Day)[] Weekdays = Encode(
        "monday mon montag mo lundi lun lunes lunedì lunedi maandag ma",
        "tuesday tue tues dienstag di mardi martes martedì martedi dinsdag",
        "wednesday wed mittwoch mi mercredi mer miércoles miercoles mié mercoledì mercoledi woensdag wo",
        "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì giovedi gio donderdag",
        "friday fri freitag fr vendredi ven viernes vie venerdì venerdi vrijdag vr",
        "saturday sat samstag sonnabend sa samedi sam sábado sabado sáb sabato sab zaterdag za",
        "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo");

    /// <summary>1 to 12, or 0 when <paramref name="word"/> is no month. A dot behind a short form is not part of the word.</summary>
    public static int Month(ReadOnlySpan<byte> word) => Find(word, Months);

    public static bool IsWeekday(ReadOnlySpan<byte> word) => Find(word, Weekdays) > 0;

    /// <summary>Letters, ASCII ones or of the Latin-1 block in UTF-8, at the start of <paramref name="text"/>.</summary>
    public static int WordLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length)
        {
            if (char.IsAsciiLetter((char)text[length]))
                length++;
            else if (text[length] == 0xC3 && length + 1 < text.Length && text[length + 1] >= 0x80)
                length += 2;
            else
                break;
        }

        return length;
    }

    private static (byte[] Name, int Number)[] Encode(params string[] names) =>
        [.. names.SelectMany((words, index) => words.Split(' ').Select(word => (System.Text.Encoding.UTF8.GetBytes(word), index + 1)))];

    private static int Find(ReadOnlySpan<byte> word, (byte[] Name, int Number)[] names)
    {
        Span<byte> lower = stackalloc byte[12];
        if (word.Length is 0 or > 12)
            return 0;
        for (var at = 0; at < word.Length; at++)
        {
            var octet = word[at];

            // In UTF-8, Latin-1 capitals are C3 80 to C3 9E, and their small letters stand 0x20 above.
            var isCapital = octet is >= (byte)'A' and <= (byte)'Z' || (at > 0 && word[at - 1] == 0xC3 && octet is >= 0x80 and <= 0x9E);
            lower[at] = isCapital ? (byte)(octet + 0x20) : octet;
        }

        foreach (var (name, number) in names)
        {
            if (lower[..word.Length].SequenceEqual(name))
                return number;
        }

        return 0;
    }
}
