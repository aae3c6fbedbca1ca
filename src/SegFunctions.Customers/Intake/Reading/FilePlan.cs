using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Everything a worker must know to turn the records of one file into rows. Immutable; a file that grows columns gets a larger plan.</summary>
internal sealed class FilePlan
{
    private readonly DateRules[] _dateRules;

    public FilePlan(Dataset dataset, UploadMapping mapping, PlannedColumn[] columns, ColumnReading[] readings, AttributeNames attributes, AttributeNames sealedAttributes, bool mayHaveFewerFields, CsvDelimiter? delimiter, DateTime latest)
    {
        Dataset = dataset;
        Mapping = mapping;
        Columns = columns;
        Readings = readings;
        MayHaveFewerFields = mayHaveFewerFields;
        Delimiter = delimiter;
        Latest = latest;
        TimestampField = dataset.IndexOf("timestamp");
        HasRefused = columns.Any(column => column.Use == ColumnUse.Refused);
        ColumnOfField = new int[dataset.Fields.Count];
        Array.Fill(ColumnOfField, -1);
        foreach (var column in columns.Where(column => column.Field >= 0))
        {
            ColumnOfField[column.Field] = column.Position;
            if (column.AlsoField >= 0)
                ColumnOfField[column.AlsoField] = column.Position;
        }

        Constants = FieldConstants.Of(dataset, mapping);
        Attributes = InOrder(column => column.Use == ColumnUse.Attribute && !readings[column.Position].IsSealed, attributes);
        SealedAttributes = InOrder(column => column.Use == ColumnUse.SealedAttribute || (column.Use == ColumnUse.Attribute && readings[column.Position].IsSealed), sealedAttributes);
        SealsRows = dataset.HasIdentifiers || SealedAttributes.Length > 0;
        HasDigest = SealedAttributes.Length > 0 || dataset.Fields.Where((field, index) => field.Identifier && ColumnOfField[index] >= 0).Any();
        if (HasDigest)
            Digest = NumberOf(ColumnMatching.SealedDigest, attributes);
        DigestRank = Attributes.Count(attribute => string.CompareOrdinal(attribute.Name, ColumnMatching.SealedDigest) < 0);
        CanonicalFields = RowRules.CanonicalFields(dataset);
        SealedFields = [.. Enumerable.Range(0, dataset.Fields.Count).Where(field => dataset.Fields[field] is { Identifier: true } or { Type: FieldType.CustomerId })];
        Choices = [.. dataset.Fields.Select(field => field.Type == FieldType.Choice ? ChoicesOf(field) : null)];
        Identity = RowIdentity.Of(dataset);
        NamesDates = mapping.DateFormat is not null || mapping.DateOrder is not null;
        _dateRules = [.. Enum.GetValues<DateOrder>().Select(order => new DateRules { Order = order, Format = mapping.DateFormat, FirstYear = 1, LastYear = 9999 })];
    }

    public Dataset Dataset { get; }

    public UploadMapping Mapping { get; }

    public PlannedColumn[] Columns { get; }

    /// <summary>Position of the dataset's timestamp, or −1.</summary>
    public int TimestampField { get; }

    /// <summary>Of each column.</summary>
    public ColumnReading[] Readings { get; }

    /// <summary>A record need not have all fields (NDJSON).</summary>
    public bool MayHaveFewerFields { get; }

    /// <summary>What parts the fields of a record; null for NDJSON.</summary>
    public CsvDelimiter? Delimiter { get; }

    /// <summary>A column may not be stored; records are not shown as they stand.</summary>
    public bool HasRefused { get; }

    /// <summary>Later moments (UTC) are refused.</summary>
    public DateTime Latest { get; }

    /// <summary>Of each field, or −1.</summary>
    public int[] ColumnOfField { get; }

    /// <summary>What the mapping gives to all rows, in the order of the fields.</summary>
    public FieldConstant[] Constants { get; }

    /// <summary>In the order of their names.</summary>
    public PlannedAttribute[] Attributes { get; }

    /// <summary>In the order of their names.</summary>
    public PlannedAttribute[] SealedAttributes { get; }

    /// <summary>Rows have a sealed part: the raw id and what else tells who the customer is.</summary>
    public bool SealsRows { get; }

    /// <summary>Beside the id, rows have sealed values, for which a keyed digest stands in their attributes.</summary>
    public bool HasDigest { get; }

    /// <summary>The digest as an attribute.</summary>
    public PlannedAttribute Digest { get; }

    /// <summary>Attributes whose names come before the digest's.</summary>
    public int DigestRank { get; }

    public int[] CanonicalFields { get; }

    public int[] SealedFields { get; }

    /// <summary>Of each <see cref="FieldType.Choice"/> field: folded spelling → canonical word.</summary>
    public Dictionary<string, byte[]>?[] Choices { get; }

    public RowIdentity Identity { get; }

    /// <summary>The mapping says how dates are written: nothing is repaired then.</summary>
    public bool NamesDates { get; }

    /// <summary>How dates of that order are read. Years are checked later, where the field is known.</summary>
    public DateRules DateRules(DateOrder order) => _dateRules[(int)order];

    private static PlannedAttribute NumberOf(string name, AttributeNames names)
    {
        for (var number = 0; number < names.Count; number++)
        {
            if (names[number] == name)
                return new PlannedAttribute(-1, name, number, names.HashOf(number));
        }

        var added = names.Add(name);
        return new PlannedAttribute(-1, name, added, names.HashOf(added));
    }

    private PlannedAttribute[] InOrder(Func<PlannedColumn, bool> chosen, AttributeNames names) =>
    [
        .. Columns.Where(chosen)
            .Select(column => NumberOf(column.Attribute, names) with { Column = column.Position })
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal),
    ];

    private static Dictionary<string, byte[]> ChoicesOf(DatasetField field)
    {
        var choices = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var choice in field.Choices)
        {
            var value = Encoding.UTF8.GetBytes(choice.Value);
            foreach (var spelling in choice.Synonyms.Prepend(choice.Value))
                choices.TryAdd(TextFolding.Key(spelling), value);
        }

        return choices;
    }
}

/// <summary>A column that is kept as an attribute.</summary>
/// <param name="Number">In <see cref="AttributeNames"/>.</param>
/// <param name="NameHash">Hash of its name.</param>
internal readonly record struct PlannedAttribute(int Column, string Name, int Number, ulong NameHash);
