using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>Reads the values that a mapping gives to whole files, by the rules for values of the file.</summary>
/// <remarks>Stricter in one thing: a word that a column may hold although nobody knows it (a country, a currency) is refused here, where one slip would stand in every row.</remarks>
internal static class FieldConstants
{
    private const int Longest = 256;
    private const int LongestShown = 40;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The mapping's values as the dataset's fields take them, in the order of the fields.</summary>
    /// <exception cref="MappingException">One cannot be used; a mapping that was read and names its dataset has none of those.</exception>
    public static FieldConstant[] Of(Dataset dataset, UploadMapping mapping)
    {
        if (mapping.Values.Count == 0)
            return [];
        var faults = Faults(dataset, mapping);
        return faults.Count > 0
            ? throw new MappingException("The mapping", faults)
            : [.. mapping.Values.Select(value => Read(dataset, value.Key, value.Value, mapping.Decimals, out _)!).OrderBy(constant => constant.Field)];
    }

    /// <summary>What is wrong with the mapping's values in files of that dataset.</summary>
    public static List<string> Faults(Dataset dataset, UploadMapping mapping)
    {
        var faults = new List<string>();
        foreach (var (field, given) in mapping.Values)
        {
            if (Read(dataset, field, given, mapping.Decimals, out var fault) is null)
                faults.Add(fault);
        }

        return faults;
    }

    /// <summary>A value that would do for the field, as JSON, to be shown to those who lack its column; null where no value can be the same in all rows.</summary>
    public static string? ExampleFor(DatasetField field)
    {
        if (WhyNone(field, isOfRow: false) is not null || field.Group is not null)
            return null;
        return field switch
        {
            { Choices: [var first, ..] } => Quoted(first.Value),
            { Name: "channel" } => Quoted("email"),
            { Type: FieldType.Text or FieldType.Id } => $"\"<{field}>\"",
            _ => null,
        };
    }

    /// <summary>Asks which currency is meant where the mapping gives another than the headers of amounts name.</summary>
    /// <exception cref="UnreadableFileException">The two disagree.</exception>
    public static void DemandOneCurrency(string file, FilePlan plan)
    {
        foreach (var constant in plan.Constants.Where(constant => plan.Dataset.Fields[constant.Field].Type == FieldType.Currency))
        {
            var given = Encoding.UTF8.GetString(constant.Text);
            if (Array.Find(plan.Columns, column => column.Field >= 0 && plan.Dataset.Fields[column.Field].IsMoney && HeaderWords.CurrencyOf(column.Header) is { Length: > 0 } named && named != given) is { } column)
                throw new UnreadableFileException($"{file}: its mapping gives {given} as the currency of all rows, but the header \"{column.Header.Trim()}\" names another. Correct \"values\" in the mapping, or the header.");
        }
    }

    private static FieldConstant? Read(Dataset dataset, string name, GivenValue given, DecimalStyle? decimals, out string fault)
    {
        var index = dataset.IndexOf(name);
        if (index < 0)
        {
            fault = $"\"values\": \"{name}\" is no field of {dataset}; it has {string.Join(", ", dataset.Fields)}.";
            return null;
        }

        var field = dataset.Fields[index];
        if (WhyNone(field, dataset.Identity.Contains(name, StringComparer.Ordinal)) is { } why)
        {
            // The value may be somebody's: it is not repeated.
            fault = $"\"values\": {name}: {why}. Map the column that holds it: {{ \"columns\": {{ \"<header>\": \"{name}\" }} }}.";
            return null;
        }

        var text = Encoding.UTF8.GetBytes(given.Text.Trim());
        var wrong = FaultOf(given.Text) ?? (field.Type is FieldType.Decimal or FieldType.Integer ? null : FaultOfWord(field, given));
        FieldConstant? constant = null;
        if (wrong is null)
            constant = field.Type is FieldType.Decimal or FieldType.Integer ? ReadNumber(field, index, given.IsNumber ? DecimalStyle.Point : decimals ?? DecimalStyle.Undecided, text, out wrong) : new FieldConstant(index, WordOf(field, given.Text.Trim())!, null, IsShare: false);
        fault = wrong is null ? "" : $"\"values\": {name}: {Shown(given.Text)} {wrong}";
        return constant;
    }

    /// <summary>Why no value of the field can be that of all rows; null where one can.</summary>
    private static string? WhyNone(DatasetField field, bool isOfRow) => field switch
    {
        { Type: FieldType.CustomerId } => "one id for all rows would make them those of one customer",
        { Type: FieldType.Timestamp or FieldType.Date } => "one date for all rows is never true",
        { Identifier: true } => "it tells who a customer is, and would make all of them look alike",
        { Type: FieldType.Id } when isOfRow => "it tells rows apart, and one for all would make them versions of one row",
        _ => null,
    };

    private static string? FaultOf(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "is empty; leave the field out.";
        if (text.Trim() is ['<', .., '>'])
            return "stands for the value; write the value itself.";
        if (text.Length > Longest)
            return $"has {text.Length.ToString(CultureInfo.InvariantCulture)} characters; {Longest} are allowed.";
        if (text.Any(char.IsControl))
            return "holds a line end or another control character; write it as one line.";
        new FreeTextMask().Apply(Encoding.UTF8.GetBytes(text), out var isMasked);
        return isMasked ? "holds an address or number of a person or a card; leave it out." : null;
    }

    private static string? FaultOfWord(DatasetField field, GivenValue given)
    {
        if (WordOf(field, given.Text.Trim()) is not null)
            return null;
        return field.Type switch
        {
            FieldType.Choice => $"is none of {string.Join(", ", field.Choices.Select(choice => choice.Value))}.",
            FieldType.Boolean => "is neither yes nor no; write true or false.",
            FieldType.Country => "is no country that is known; write its name or its code, such as FR.",
            FieldType.Currency => "is no currency that is known; write its code, such as EUR.",
            _ => "is no language that is known; write its name or its code, such as fr or fr-CA.",
        };
    }

    /// <summary>A text as canonical rows write it; null where it says nothing that the field knows.</summary>
    private static byte[]? WordOf(DatasetField field, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        switch (field.Type)
        {
            case FieldType.Choice:
                var key = TextFolding.Key(text);
                var choice = field.Choices.FirstOrDefault(known => known.Synonyms.Prepend(known.Value).Any(spelling => TextFolding.Key(spelling) == key));
                return choice is not null ? Encoding.UTF8.GetBytes(choice.Value) : field.OpenChoice ? plain : null;
            case FieldType.Boolean:
                return BooleanText.TryParse(plain, out var truth, out _) ? truth ? "true"u8.ToArray() : "false"u8.ToArray() : null;
            case FieldType.Country:
                return KnownNames.Countries.Find(text);
            case FieldType.Language:
                return KnownNames.FindLocale(text);
            case FieldType.Currency:
                return CurrencyMarks.CodeOf(text);
            default:
                return plain;
        }
    }

    private static FieldConstant? ReadNumber(DatasetField field, int index, DecimalStyle style, ReadOnlySpan<byte> text, out string? wrong)
    {
        wrong = null;
        if (!NumberText.TryParse(text, style, out var number, out var fault))
            wrong = fault == ValueFault.AmbiguousSeparator ? "may have decimals or thousands behind its separator; write it without quotes, such as 1.5." : $"{fault.Describe()}; write it without quotes, such as 1.5.";
        else if (field.IsMoney && !CurrencyMarks.CodeIn(text).IsEmpty)
            wrong = "names a currency; write the number alone, and the currency apart: { \"currency\": \"EUR\" }.";
        else if (field.Type == FieldType.Integer && number != decimal.Truncate(number))
            wrong = ValueFault.NotWhole.Describe() + ".";
        else if (number < field.Minimum || number > field.Maximum)
            wrong = string.Create(CultureInfo.InvariantCulture, $"must lie between {field.Minimum} and {field.Maximum}.");
        if (wrong is not null)
            return null;
        var canonical = new byte[CanonicalNumber.Length];
        return new FieldConstant(index, canonical[..CanonicalNumber.Format(number, canonical)], number, IsShare: text[^1] == '%');
    }

    /// <summary>A value as messages repeat it: short, and without what may be a person's.</summary>
    private static string Shown(string text)
    {
        var masked = Encoding.UTF8.GetString(new FreeTextMask().Apply(Encoding.UTF8.GetBytes(text), out _));
        return Quoted(masked.Length > LongestShown ? masked[..LongestShown] + "…" : masked);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}
