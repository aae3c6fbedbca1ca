namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>How a field's text is read and how it is written in canonical rows.</summary>
public enum FieldType : byte
{
    /// <summary>Any text; blanks around it are taken off.</summary>
    Text,

    /// <summary>The id of a customer: never written, only the key made from it.</summary>
    CustomerId,

    /// <summary>The id of something else (an order, a product): text whose case and leading zeros are kept.</summary>
    Id,

    /// <summary>A moment; written as ISO 8601 in UTC. Without a time of day it is midnight of the mapping's time zone.</summary>
    Timestamp,

    /// <summary>A day of the calendar, without time zone; a year alone is allowed.</summary>
    Date,

    /// <summary>A number with decimal point or comma; written without grouping and trailing zeros.</summary>
    Decimal,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Yes or no in several spellings; written <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>One of a few words, each with its synonyms.</summary>
    Choice,

    /// <summary>A country by name, in six languages, or code; written as ISO 3166-1 alpha-2. Other words are kept, with a warning.</summary>
    Country,

    /// <summary>A language or locale by name or code; written as <c>fr</c> or <c>fr-CA</c>. Other words are kept.</summary>
    Language,

    /// <summary>A currency by code, sign or name; written as ISO 4217. Other words are kept.</summary>
    Currency,
}
