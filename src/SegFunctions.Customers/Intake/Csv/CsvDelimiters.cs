namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Delimiters as a mapping spells them.</summary>
public static class CsvDelimiters
{
    /// <summary>Reads <c>,</c> <c>;</c> a tab or <c>\t</c>, <c>|</c>, or <c>whitespace</c>.</summary>
    public static bool TryParse(string? text, out CsvDelimiter delimiter)
    {
        delimiter = text switch
        {
            "," => CsvDelimiter.Comma,
            ";" => CsvDelimiter.Semicolon,
            "\t" or "\\t" or "tab" => CsvDelimiter.Tab,
            "|" => CsvDelimiter.Pipe,
            "whitespace" => CsvDelimiter.Whitespace,
            _ => default,
        };
        return delimiter != default;
    }

    /// <summary>The delimiter as a mapping spells it, a tab as <c>\t</c>.</summary>
    public static string Spelling(this CsvDelimiter delimiter) => delimiter switch
    {
        CsvDelimiter.Whitespace => "whitespace",
        CsvDelimiter.Tab => "\\t",
        _ => ((char)delimiter).ToString(),
    };
}
