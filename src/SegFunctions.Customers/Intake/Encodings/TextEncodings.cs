namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>Names of encodings.</summary>
public static class TextEncodings
{
    /// <summary>Names that a mapping may use, for messages.</summary>
    public const string Known = "utf-8, utf-16, utf-16le, utf-16be, windows-1252, latin1, iso-8859-1, iso-8859-15, macintosh";

    /// <summary>Reads a name as a mapping spells it, in any case; <c>utf-16</c> alone is little-endian unless the file's mark says otherwise.</summary>
    public static bool TryParse(string? name, out TextEncoding encoding)
    {
        TextEncoding? found = name?.Trim().Replace('_', '-').ToLowerInvariant() switch
        {
            "utf-8" or "utf8" or "utf-8-sig" or "utf-8-bom" or "ascii" or "us-ascii" or "65001" => TextEncoding.Utf8,
            "utf-16" or "utf16" or "utf-16le" or "utf-16-le" or "utf16le" or "unicode" => TextEncoding.Utf16LittleEndian,
            "utf-16be" or "utf-16-be" or "utf16be" => TextEncoding.Utf16BigEndian,
            "windows-1252" or "windows1252" or "cp1252" or "cp-1252" or "1252" or "ansi" or "latin1" or "latin-1" or "iso-8859-1" or "iso8859-1" => TextEncoding.Windows1252,
            "iso-8859-15" or "iso8859-15" or "latin9" or "latin-9" => TextEncoding.Latin9,
            "macintosh" or "macroman" or "mac-roman" or "x-mac-roman" or "mac" => TextEncoding.Macintosh,
            _ => null,
        };
        encoding = found ?? default;
        return found is not null;
    }

    /// <summary>The registered name (IANA).</summary>
    public static string Name(this TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf16LittleEndian => "utf-16le",
        TextEncoding.Utf16BigEndian => "utf-16be",
        TextEncoding.Windows1252 => "windows-1252",
        TextEncoding.Latin9 => "iso-8859-15",
        TextEncoding.Macintosh => "macintosh",
        _ => "utf-8",
    };
}
