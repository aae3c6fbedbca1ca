using System.Globalization;
using System.Text.Json;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>Reads <c>mapping.json</c> strictly: every fault is reported at once, with its line where there is one.</summary>
public static class MappingReader
{
    private const string CustomerId = "customerId";
    private const string Email = "email";
    private const string Keys = "dataset, source, sheet, entry, array, delimiter, header, encoding, decimal, dateFormat, dateOrder, timeZone, baseCurrency, rates, columns, values, ignore, allow, keep";

    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="MappingException">It has a fault.</exception>
    public static UploadMapping Read(string name, ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        JsonDocument document;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            document = JsonDocument.ParseValue(ref reader);
            while (reader.Read())
            {
                // Only comments may follow; anything else throws here.
            }
        }
        catch (JsonException fault)
        {
            throw new MappingException(name, [$"line {fault.LineNumber + 1}, position {fault.BytePositionInLine + 1}: it is no JSON: {FirstSentence(fault.Message)}"]);
        }

        using (document)
        {
            var reading = new Reading();
            UploadMapping mapping;
            try
            {
                mapping = reading.Mapping(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                throw new MappingException(name, ["one of its texts holds half of a character (\"\\ud83d\" without its second half)."]);
            }

            return reading.Faults.Count == 0 ? mapping : throw new MappingException(name, reading.Faults);
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private sealed class Reading
    {
        public List<string> Faults { get; } = [];

        public UploadMapping Mapping(JsonElement root)
        {
            var mapping = new UploadMapping();
            if (root.ValueKind != JsonValueKind.Object)
            {
                Faults.Add($"it holds {Kind(root)}; it must hold one object with some of: {Keys}.");
                return mapping;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in root.EnumerateObject())
            {
                if (!seen.Add(property.Name))
                    Faults.Add($"\"{property.Name}\" stands there twice.");
                mapping = One(mapping, property.Name, property.Value);
            }

            CheckFields(mapping);
            CheckValues(mapping);
            return mapping;
        }

        private UploadMapping One(UploadMapping mapping, string key, JsonElement value)
        {
            // A null says what a missing key says.
            if (value.ValueKind == JsonValueKind.Null)
                return mapping;
            switch (key)
            {
                case "dataset":
                    if (Text(key, value) is not { } dataset)
                        return mapping;
                    if (DatasetCatalog.Find(dataset) is { } found)
                        return mapping with { Dataset = found };
                    Faults.Add($"\"dataset\": \"{dataset}\" is none of {DatasetCatalog.Names}.");
                    return mapping;
                case "source":
                    if (Text(key, value) is not { } source)
                        return mapping;
                    if (source.Trim().Length is 0 or > 64 || source.Any(char.IsControl) || source != source.Trim())
                        Faults.Add("\"source\": must have 1 to 64 characters, no blanks around them and no control characters.");
                    return mapping with { Source = source };
                case "sheet":
                    return mapping with { Sheet = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(key, value) };
                case "entry":
                    return mapping with { Entry = Text(key, value) };
                case "array":
                    return mapping with { ArrayPath = Text(key, value) };
                case "delimiter":
                    if (Text(key, value) is not { } sign)
                        return mapping;
                    if (CsvDelimiters.TryParse(sign, out var delimiter))
                        return mapping with { Delimiter = delimiter };
                    Faults.Add($"\"delimiter\": {value.GetRawText()} is none of \",\" \";\" \"\\t\" \"|\" \"whitespace\".");
                    return mapping;
                case "header":
                    if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                        return mapping with { Header = value.GetBoolean() };
                    Faults.Add($"\"header\": must be true or false, not {Kind(value)}.");
                    return mapping;
                case "encoding":
                    if (Text(key, value) is not { } name)
                        return mapping;
                    if (TextEncodings.TryParse(name, out var encoding))
                        return mapping with { Encoding = encoding };
                    Faults.Add($"\"encoding\": \"{name}\" is none of {TextEncodings.Known}.");
                    return mapping;
                case "decimal":
                    if (Text(key, value) is not { } point)
                        return mapping;
                    if (point is "." or ",")
                        return mapping with { Decimals = point == "." ? DecimalStyle.Point : DecimalStyle.Comma };
                    Faults.Add($"\"decimal\": \"{point}\" must be \".\" or \",\".");
                    return mapping;
                case "dateFormat":
                    if (Text(key, value) is not { } form)
                        return mapping;
                    if (DateFormat.TryCompile(form, out var format, out var formFault))
                        return mapping with { DateFormat = format };
                    Faults.Add($"\"dateFormat\": {formFault}");
                    return mapping;
                case "dateOrder":
                    DateOrder? order = Text(key, value) switch
                    {
                        "dmy" => DateOrder.DayMonthYear,
                        "mdy" => DateOrder.MonthDayYear,
                        "ymd" => DateOrder.YearMonthDay,
                        _ => null,
                    };
                    if (order is null)
                        Faults.Add($"\"dateOrder\": {value.GetRawText()} is none of \"dmy\" \"mdy\" \"ymd\".");
                    return mapping with { DateOrder = order };
                case "baseCurrency":
                    if (Text(key, value) is not { } currency)
                        return mapping;
                    if (CurrencyMarks.CodeOf(currency) is null)
                        Faults.Add($"\"baseCurrency\": \"{currency}\" is no currency; write its code, such as EUR.");
                    return mapping with { BaseCurrency = currency.ToUpperInvariant() };
                case "rates":
                    return RatesOf(mapping, value);
                case "timeZone":
                    if (Text(key, value) is not { } text)
                        return mapping;
                    if (MappingTimeZone.TryParse(text, out var zone, out var fault))
                        return mapping with { TimeZone = zone };
                    Faults.Add("\"timeZone\": " + fault);
                    return mapping;
                case "columns":
                    return ColumnsOf(mapping, value);
                case "values":
                    return mapping with { Values = ValuesOf(value) };
                case "ignore":
                    return mapping with { Ignore = ColumnsNamed(key, value) };
                case "allow":
                    return mapping with { Allow = ColumnsNamed(key, value) };
                case "keep":
                    return mapping with { Keep = KeepOf(value) };
                default:
                    Faults.Add($"\"{key}\" is no known key; known are {Keys}.");
                    return mapping;
            }
        }

        /// <summary>A file's name, or the rates themselves: units of the base currency for one of each.</summary>
        private UploadMapping RatesOf(UploadMapping mapping, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
                return mapping with { RatesFile = value.GetString() };
            if (value.ValueKind != JsonValueKind.Object)
            {
                Faults.Add($"\"rates\": must name a file such as \"rates.csv\", or be an object of currency to rate, not {Kind(value)}.");
                return mapping;
            }

            var rates = new List<CurrencyRate>();
            foreach (var rate in value.EnumerateObject())
            {
                if (rate.Value.ValueKind == JsonValueKind.Number && rate.Value.TryGetDecimal(out var number) && number > 0 && CurrencyMarks.CodeOf(rate.Name) is { } code)
                    rates.Add(new CurrencyRate(System.Text.Encoding.UTF8.GetString(code), number, DateTime.MinValue));
                else
                    Faults.Add($"\"rates\": \"{rate.Name}\": {rate.Value.GetRawText()} is no rate of a currency; write {{ \"USD\": 0.92 }}.");
            }

            return mapping with { Rates = new CurrencyRates(rates) };
        }

        private UploadMapping ColumnsOf(UploadMapping mapping, JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                Faults.Add($"\"columns\": must be an object of header or position to field, not {Kind(value)}.");
                return mapping;
            }

            var columns = new Dictionary<string, string>(StringComparer.Ordinal);
            var addresses = new List<string>();
            foreach (var column in value.EnumerateObject())
            {
                if (FieldOf(column, out var isAddress) is not { } field)
                    continue;
                if (!columns.TryAdd(column.Name, field))
                    Faults.Add($"\"columns\": \"{column.Name}\" stands there twice.");
                else if (isAddress)
                    addresses.Add(column.Name);
            }

            return mapping with { Columns = columns, Addresses = addresses };
        }

        /// <summary>The field that a column is; of one that is id and address of e-mail, the id.</summary>
        private string? FieldOf(JsonProperty column, out bool isAddress)
        {
            isAddress = false;
            if (column.Value.ValueKind == JsonValueKind.String)
                return column.Value.GetString();
            if (column.Value.ValueKind != JsonValueKind.Array)
            {
                Faults.Add($"\"columns\": \"{column.Name}\" must name a field, not {Kind(column.Value)}.");
                return null;
            }

            var fields = column.Value.EnumerateArray().Select(field => field.ValueKind == JsonValueKind.String ? field.GetString()! : field.GetRawText()).ToList();
            isAddress = fields.Order(StringComparer.Ordinal).SequenceEqual([CustomerId, Email], StringComparer.Ordinal);
            if (isAddress)
                return CustomerId;
            Faults.Add($"\"columns\": \"{column.Name}\" cannot be {string.Join(" and ", fields)}; a column is one field, and only an address of e-mail two: [\"{CustomerId}\", \"{Email}\"].");
            return null;
        }

        private Dictionary<string, GivenValue> ValuesOf(JsonElement value)
        {
            var values = new Dictionary<string, GivenValue>(StringComparer.Ordinal);
            if (value.ValueKind != JsonValueKind.Object)
            {
                Faults.Add($"\"values\": must be an object of field to the one value of all rows, such as {{ \"channel\": \"email\" }}, not {Kind(value)}.");
                return values;
            }

            foreach (var field in value.EnumerateObject())
            {
                GivenValue? given = field.Value.ValueKind switch
                {
                    JsonValueKind.String => new GivenValue(field.Value.GetString()!),
                    JsonValueKind.Number => new GivenValue(field.Value.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : field.Value.GetRawText(), IsNumber: true),
                    JsonValueKind.True or JsonValueKind.False => new GivenValue(field.Value.GetRawText()),
                    _ => null,
                };
                if (given is null)
                    Faults.Add($"\"values\": \"{field.Name}\" must be a text, a number, true or false, not {Kind(field.Value)}.");
                else if (!values.TryAdd(field.Name, given.Value))
                    Faults.Add($"\"values\": \"{field.Name}\" stands there twice.");
            }

            return values;
        }

        private List<string> ColumnsNamed(string key, JsonElement value)
        {
            var ignored = new List<string>();
            if (value.ValueKind != JsonValueKind.Array)
            {
                Faults.Add($"\"{key}\": must be a list of headers or positions, not {Kind(value)}.");
                return ignored;
            }

            foreach (var column in value.EnumerateArray())
            {
                if (column.ValueKind == JsonValueKind.String)
                    ignored.Add(column.GetString()!);
                else if (column.ValueKind == JsonValueKind.Number && column.TryGetInt32(out var position) && position > 0)
                    ignored.Add(position.ToString());
                else
                    Faults.Add($"\"{key}\": {column.GetRawText()} is no header and no 1-based position.");
            }

            return ignored;
        }

        private KeepPolicy? KeepOf(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Array)
                return KeepPolicy.Named(ColumnsNamed("keep", value));
            if (value.ValueKind == JsonValueKind.String && value.GetString() is "all" or "mapped")
                return value.GetString() == "all" ? KeepPolicy.All : KeepPolicy.Mapped;
            Faults.Add($"\"keep\": must be \"all\", \"mapped\" or a list of headers or positions, not {value.GetRawText()}.");
            return null;
        }

        private void CheckFields(UploadMapping mapping)
        {
            foreach (var (column, field) in mapping.Columns)
            {
                if (mapping.Dataset is { } dataset)
                {
                    if (dataset.IndexOf(field) < 0)
                        Faults.Add($"\"columns\": \"{column}\": \"{field}\" is no field of {dataset}; it has {string.Join(", ", dataset.Fields)}.");
                }
                else if (DatasetCatalog.All.All(any => any.IndexOf(field) < 0))
                {
                    Faults.Add($"\"columns\": \"{column}\": \"{field}\" is a field of no dataset; name the \"dataset\" to see its fields.");
                }

                if (mapping.Ignore.Contains(column, StringComparer.Ordinal))
                    Faults.Add($"\"ignore\": \"{column}\" is also mapped to {field}.");
            }

            var both = mapping.Addresses.Select(column => KeyValuePair.Create(column, Email));
            foreach (var twice in mapping.Columns.Concat(both).GroupBy(pair => pair.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
                Faults.Add($"\"columns\": {string.Join(" and ", twice.Select(pair => $"\"{pair.Key}\""))} both stand for {twice.Key}; one column can.");
            if (mapping.Addresses.Count > 0 && mapping.Dataset is { } named && named.IndexOf(Email) < 0)
                Faults.Add($"\"columns\": \"{mapping.Addresses[0]}\": {named} has no field \"{Email}\"; write \"{CustomerId}\" alone, the same address is the same customer in all files of a source.");
            if (mapping.Header == false && mapping.Columns.Count == 0)
                Faults.Add("\"columns\": without header the columns must be named by position: { \"1\": \"customerId\", \"2\": \"timestamp\" }.");
        }

        /// <summary>Where no dataset is named, a value must do for one that has all fields of the mapping.</summary>
        private void CheckValues(UploadMapping mapping)
        {
            if (mapping.Values.Count == 0)
                return;
            var candidates = mapping.Dataset is { } named ? [named] : DatasetCatalog.All.Where(dataset => mapping.Fields.All(field => dataset.IndexOf(field) >= 0)).ToList();
            if (candidates.Count > 0)
            {
                Faults.AddRange(candidates.Select(dataset => FieldConstants.Faults(dataset, mapping)).MinBy(faults => faults.Count)!);
                return;
            }

            var unknown = mapping.Values.Keys.Where(field => DatasetCatalog.All.All(dataset => dataset.IndexOf(field) < 0)).ToList();
            foreach (var field in unknown)
                Faults.Add($"\"values\": \"{field}\" is a field of no dataset; name the \"dataset\" to see its fields.");
            if (unknown.Count == 0)
                Faults.Add($"\"values\": no dataset has all of the fields {string.Join(", ", mapping.Fields.Distinct(StringComparer.Ordinal))}; docs/datasets.md lists those of each.");
        }

        private string? Text(string key, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString();
            Faults.Add($"\"{key}\": must be a text, not {Kind(value)}.");
            return null;
        }

        private static string Kind(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => $"the number {value.GetRawText()}",
            JsonValueKind.Null => "null",
            _ => value.GetRawText(),
        };
    }
}
