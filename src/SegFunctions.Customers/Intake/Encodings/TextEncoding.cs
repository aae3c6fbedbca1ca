namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>Encodings that files may have.</summary>
public enum TextEncoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,

    /// <summary>Also what files that say Latin-1 or ISO-8859-1 mean (WHATWG Encoding Standard, "Names and labels").</summary>
    Windows1252,

    /// <summary>ISO-8859-15, Latin-1 with the euro sign.</summary>
    Latin9,

    /// <summary>Mac OS Roman, in which Excel for Macintosh still writes "CSV (Macintosh)".</summary>
    Macintosh,
}
