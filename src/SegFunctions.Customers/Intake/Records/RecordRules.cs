namespace SegFunctions.Customers.Intake.Records;

/// <summary>Ids of the data-quality rules that a record breaks before any of its values is looked at.</summary>
public static class RecordRules
{
    /// <summary>A quoted field that does not close.</summary>
    public const string UnclosedQuote = "unclosed-quote";

    /// <summary>A record longer than the reader's limit.</summary>
    public const string RecordTooLong = "record-too-long";

    /// <summary>A record with more fields than the reader's limit.</summary>
    public const string TooManyFields = "too-many-fields";

    /// <summary>Bytes that are no text in the file's encoding.</summary>
    public const string Encoding = "encoding";

    /// <summary>A line of NDJSON that is not one JSON object.</summary>
    public const string MalformedJson = "malformed-json";
}
