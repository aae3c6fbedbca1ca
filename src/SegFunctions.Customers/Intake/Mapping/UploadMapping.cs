using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>What a <c>mapping.json</c> says about a file. Everything is optional; what is not said is recognised.</summary>
/// <remarks>It lies beside the file as <c>&lt;file&gt;.mapping.json</c>, or as <c>mapping.json</c> for its whole folder; the first goes before.</remarks>
public sealed record UploadMapping
{
    /// <summary>Says nothing: everything is recognised.</summary>
    public static UploadMapping None { get; } = new();

    public Dataset? Dataset { get; init; }

    /// <summary>Namespace of the customer ids; <see cref="CustomerKeyDerivation.DefaultNamespace"/> without one.</summary>
    public string? Source { get; init; }

    public CsvDelimiter? Delimiter { get; init; }

    /// <summary>The first record names the columns.</summary>
    public bool? Header { get; init; }

    public TextEncoding? Encoding { get; init; }

    /// <summary>The workbook's sheet, by name or 1-based position.</summary>
    public string? Sheet { get; init; }

    /// <summary>The archive's file that is read.</summary>
    public string? Entry { get; init; }

    /// <summary>The array of a JSON document that is read, by its dotted path.</summary>
    public string? ArrayPath { get; init; }

    /// <summary>The decimal sign of every column of numbers; null where each column's values decide.</summary>
    public DecimalStyle? Decimals { get; init; }

    /// <summary>The one form of all dates, such as <c>dd/MM/yyyy HH:mm</c>; null where each column's values decide.</summary>
    public DateFormat? DateFormat { get; init; }

    /// <summary>The order of day and month in dates of numbers alone; null where each column's values decide.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>Rates by which amounts are converted to one currency; null: each row keeps its own.</summary>
    public CurrencyRates? Rates { get; init; }

    /// <summary>The file of rates beside the mapping, which its reader resolves (<see cref="MappingFiles"/>).</summary>
    public string? RatesFile { get; init; }

    /// <summary>The currency to which amounts are converted; null: the one whose rate is 1.</summary>
    public string? BaseCurrency { get; init; }

    /// <summary>Of dates without offset; UTC without one.</summary>
    public MappingTimeZone TimeZone { get; init; } = MappingTimeZone.Utc;

    /// <summary>Header or 1-based position → field.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Those of the <see cref="Columns"/> read as <c>customerId</c> that are the customer's e-mail address as well.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Field → its one value in all rows of the file. A value that a row has itself goes before.</summary>
    public IReadOnlyDictionary<string, GivenValue> Values { get; init; } = new Dictionary<string, GivenValue>(StringComparer.Ordinal);

    /// <summary>Headers or 1-based positions that are left out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Headers or 1-based positions of columns that are kept although they look like secrets, national ids or special categories of personal data.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Which columns that no field claims are kept; null: as <see cref="IntakeRequest.Keep"/> says.</summary>
    public KeepPolicy? Keep { get; init; }

    /// <summary>Every field that the mapping speaks of: a dataset without one of them is not meant.</summary>
    internal IEnumerable<string> Fields => Columns.Values.Concat(Values.Keys).Concat(Addresses.Count > 0 ? ["email"] : []);
}
