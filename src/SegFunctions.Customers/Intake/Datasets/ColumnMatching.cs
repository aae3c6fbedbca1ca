using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Finds the fields that the columns of a file stand for.</summary>
internal static class ColumnMatching
{
    /// <summary>Name of the attribute that stands in canonical rows for their sealed values: a keyed digest of them.</summary>
    public const string SealedDigest = "identifiers";

    private static readonly Dictionary<string, Dictionary<string, (int Field, int Rank)[]>> Synonyms =
        DatasetCatalog.All.ToDictionary(dataset => dataset.Name, SynonymsOf, StringComparer.Ordinal);

    // A title alone names nobody, and may be that of a book.
    private static readonly HashSet<string> DirectIdentifiers =
        [.. DatasetCatalog.Customers.Fields.Where(field => field is { Identifier: true, Name: not "title" }).SelectMany(field => field.Headers).Select(header => TextFolding.Key(header))];

    // Ids of people beside the one that is chosen are raw ids all the same; what is called an id and nothing else may be that of the row.
    private static readonly HashSet<string> CustomerIds =
        [.. DatasetCatalog.Orders.Fields.Single(field => field.Type == FieldType.CustomerId).Headers.Select(header => TextFolding.Key(header)).Where(key => key is not ("id" or "recid" or "recordid"))];

    /// <summary>What becomes of each column when the file is read as <paramref name="dataset"/>.</summary>
    /// <param name="planned">Columns that are planned already; the plan goes on behind them.</param>
    public static PlannedColumn[] Plan(Dataset dataset, UploadMapping mapping, IReadOnlyList<string> headers, IReadOnlyList<PlannedColumn> planned)
    {
        var fieldOf = new (int Field, string Evidence)[headers.Count];
        Array.Fill(fieldOf, (-1, ""));
        var taken = new bool[dataset.Fields.Count];
        for (var column = 0; column < headers.Count; column++)
        {
            if (column < planned.Count)
                fieldOf[column] = (planned[column].Field, planned[column].Evidence);
            else if (MappedField(dataset, mapping, headers, column) is var field and >= 0)
                fieldOf[column] = (field, "mapping");
            if (fieldOf[column].Field >= 0)
                taken[fieldOf[column].Field] = true;
            if (AlsoOf(column) is var also and >= 0)
                taken[also] = true;
        }

        var candidates =
            from column in Enumerable.Range(planned.Count, headers.Count - planned.Count)
            where fieldOf[column].Field < 0 && !IsIgnored(mapping, headers, column)
            from match in MatchesOf(dataset, headers[column])
            orderby match.Rank, match.Field, column
            select (column, match.Field);
        foreach (var (column, field) in candidates.ToList())
        {
            if (taken[field] || fieldOf[column].Field >= 0)
                continue;
            taken[field] = true;
            fieldOf[column] = (field, "header");
        }

        var names = new HashSet<string>(planned.Select(column => column.Attribute), StringComparer.Ordinal) { SealedDigest };
        var plan = new PlannedColumn[headers.Count];
        for (var column = 0; column < headers.Count; column++)
        {
            var (field, evidence) = fieldOf[column];
            if (column < planned.Count)
                plan[column] = planned[column];
            else if (field >= 0)
                plan[column] = new PlannedColumn(column, headers[column], ColumnUse.Field, field, "", evidence) { AlsoField = AlsoOf(column) };
            else if (IsIgnored(mapping, headers, column))
                plan[column] = new PlannedColumn(column, headers[column], ColumnUse.Ignored, -1, "", "mapping");
            else if (IsDirectIdentifier(headers[column]) || (dataset == DatasetCatalog.Customers && ExternalIds.IsHeader(headers[column])))
                plan[column] = new PlannedColumn(column, headers[column], ColumnUse.SealedAttribute, -1, Unique(headers[column], column, names), "header");
            else
                plan[column] = new PlannedColumn(column, headers[column], ColumnUse.Attribute, -1, Unique(headers[column], column, names), "");
        }

        return plan;

        int AlsoOf(int column) => column < planned.Count ? planned[column].AlsoField : mapping.Addresses.Any(key => PositionOf(key, headers) == column) ? dataset.IndexOf("email") : -1;
    }

    /// <summary>What the dataset needs and neither a column nor the mapping gives, for messages; empty when nothing is missing.</summary>
    public static IReadOnlyList<string> Missing(Dataset dataset, UploadMapping mapping, IReadOnlyList<PlannedColumn> plan)
    {
        var present = plan.Where(column => column.Field >= 0).Select(column => dataset.Fields[column.Field]).ToHashSet();
        present.UnionWith(dataset.Fields.Where(field => mapping.Values.ContainsKey(field.Name)));
        var missing = dataset.Fields.Where(field => field.Required && !present.Contains(field)).Select(field => field.Name).ToList();
        foreach (var group in dataset.Fields.Where(field => field.GroupRequired).GroupBy(field => field.Group, StringComparer.Ordinal))
        {
            if (!group.Any(present.Contains))
                missing.Add(string.Join(" or ", group));
        }

        return missing;
    }

    /// <summary>Keys of the mapping that name no column of the file, for messages.</summary>
    public static IReadOnlyList<string> Unmatched(UploadMapping mapping, IReadOnlyList<string> headers) =>
        [.. mapping.Columns.Keys.Concat(mapping.Ignore).Concat(mapping.Allow).Concat(mapping.Keep?.Headers ?? []).Where(key => PositionOf(key, headers) < 0)];

    private static (int Field, int Rank)[] MatchesOf(Dataset dataset, string header)
    {
        var known = Synonyms[dataset.Name];
        if (known.TryGetValue(TextFolding.Key(header), out var matches))
            return matches;
        return HeaderWords.WithoutUnit(header) is { } name ? known.GetValueOrDefault(TextFolding.Key(name), []) : [];
    }

    /// <summary>The header names people, their addresses or numbers, whoever they are to the sender: <c>Billing Name</c>, <c>Ship-to City</c>.</summary>
    private static bool IsDirectIdentifier(string header) =>
        DirectIdentifiers.Contains(TextFolding.Key(header)) || CustomerIds.Contains(TextFolding.Key(header)) || HeaderWords.NamesPeople(header) || HeaderWords.WithoutRole(header).Any(DirectIdentifiers.Contains);

    private static int MappedField(Dataset dataset, UploadMapping mapping, IReadOnlyList<string> headers, int column)
    {
        foreach (var (key, field) in mapping.Columns)
        {
            if (PositionOf(key, headers) == column)
                return dataset.IndexOf(field);
        }

        return -1;
    }

    private static bool IsIgnored(UploadMapping mapping, IReadOnlyList<string> headers, int column) =>
        mapping.Ignore.Any(key => PositionOf(key, headers) == column);

    /// <summary>The column that a key of the mapping means: by its header as spelled, by its folded header, by its 1-based position; else −1.</summary>
    private static int PositionOf(string key, IReadOnlyList<string> headers)
    {
        for (var column = 0; column < headers.Count; column++)
        {
            if (headers[column].AsSpan().Trim().SequenceEqual(key.AsSpan().Trim()))
                return column;
        }

        var folded = TextFolding.Key(key);
        for (var column = 0; column < headers.Count && folded.Length > 0; column++)
        {
            if (TextFolding.Key(headers[column]) == folded)
                return column;
        }

        return int.TryParse(key, out var position) && position >= 1 && position <= headers.Count ? position - 1 : -1;
    }

    private static string Unique(string header, int column, HashSet<string> names)
    {
        var name = header.Trim();
        if (name.Length == 0)
            name = $"column {column + 1}";
        if (!names.Add(name))
        {
            name = $"{name} ({column + 1})";
            names.Add(name);
        }

        return name;
    }

    private static Dictionary<string, (int Field, int Rank)[]> SynonymsOf(Dataset dataset) =>
        dataset.Fields
            .SelectMany((field, index) => field.Headers.Select((header, rank) => (Folded: TextFolding.Key(header), index, rank)))
            .GroupBy(synonym => synonym.Folded, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.GroupBy(synonym => synonym.index).Select(field => (field.Key, field.Min(synonym => synonym.rank))).ToArray(),
                StringComparer.Ordinal);
}
