using System.Text.Encodings.Web;
using System.Text.Json;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Which dataset a file belongs to, and why.</summary>
/// <param name="Evidence">"--dataset", "folder", "mapping" or "headers".</param>
internal sealed record DatasetRecognition(Dataset Dataset, string Evidence, PlannedColumn[] Columns)
{
    private const int LongestShown = 60;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Weighs the evidence in this order: the dataset asked for, the folder, the mapping, the headers.</summary>
    /// <exception cref="UnreadableFileException">No dataset or several fit, or columns are missing; the message says what was found and shows a mapping as cure.</exception>
    public static DatasetRecognition Recognise(string file, IReadOnlyList<string> headers, UploadMapping mapping, string? asked, string? folder)
    {
        if (asked is not null && DatasetCatalog.Find(asked) is null)
            throw new UnreadableFileException($"{file}: there is no dataset \"{asked}\"; there are {DatasetCatalog.Names}.");
        if (ColumnMatching.Unmatched(mapping, headers) is { Count: > 0 } unmatched)
            throw new UnreadableFileException($"{file}: its mapping names {Quoted(unmatched)}, but the file has the columns {Quoted(headers)}. Correct the names, or use 1-based positions.");

        var (dataset, evidence) = (DatasetCatalog.Find(asked), "--dataset");
        if (dataset is null)
            (dataset, evidence) = (DatasetCatalog.Find(folder), "folder");
        if (dataset is null)
            (dataset, evidence) = (mapping.Dataset, "mapping");
        if (dataset is null)
            return ByHeaders(file, headers, mapping);

        foreach (var (column, field) in mapping.Columns)
        {
            if (dataset.IndexOf(field) < 0)
                throw new UnreadableFileException($"{file}: its mapping reads \"{column}\" as \"{field}\", which is no field of {dataset} (the dataset named by {evidence}); it has {string.Join(", ", dataset.Fields)}.");
        }

        if (mapping.Addresses.Count > 0 && dataset.IndexOf("email") < 0)
            throw new UnreadableFileException($"{file}: its mapping reads \"{mapping.Addresses[0]}\" as \"email\", too, which is no field of {dataset} (the dataset named by {evidence}); write \"customerId\" alone, the same address is the same customer in all files of a source.");
        if (FieldConstants.Faults(dataset, mapping) is [var fault, ..])
            throw new UnreadableFileException($"{file}: its mapping does not fit {dataset} (the dataset named by {evidence}): {fault}");

        var plan = ColumnMatching.Plan(dataset, mapping, headers, []);
        return ColumnMatching.Missing(dataset, mapping, plan) is { Count: > 0 } missing
            ? throw new UnreadableFileException(
                $"{file}: {dataset} (named by {evidence}) needs a column for {string.Join(" and for ", missing)}. The file has the columns {Quoted(headers)}.\n{Cure(file, dataset, mapping, headers, plan)}")
            : new DatasetRecognition(dataset, evidence, plan);
    }

    /// <summary>Whether columns of these names make a dataset: the one that is known by name, or any.</summary>
    public static bool Fits(IReadOnlyList<string> headers, UploadMapping mapping, string? known)
    {
        var datasets = DatasetCatalog.Find(known) is { } asked ? [asked] : mapping.Dataset is { } mapped ? [mapped] : DatasetCatalog.All;
        return headers.Count > 1
            && ColumnMatching.Unmatched(mapping, headers).Count == 0
            && datasets.Any(dataset => ColumnMatching.Missing(dataset, mapping, ColumnMatching.Plan(dataset, mapping, headers, [])).Count == 0);
    }

    private static DatasetRecognition ByHeaders(string file, IReadOnlyList<string> headers, UploadMapping mapping)
    {
        var candidates = DatasetCatalog.All
            .Where(dataset => mapping.Fields.All(field => dataset.IndexOf(field) >= 0) && FieldConstants.Faults(dataset, mapping).Count == 0)
            .Select(dataset => (Dataset: dataset, Plan: ColumnMatching.Plan(dataset, mapping, headers, [])))
            .Select(candidate => (candidate.Dataset, candidate.Plan, Missing: ColumnMatching.Missing(candidate.Dataset, mapping, candidate.Plan), Found: candidate.Plan.Count(column => column.Field >= 0), Needed: NeededOf(candidate.Dataset, candidate.Plan)))
            .OrderByDescending(candidate => candidate.Found)
            .ThenByDescending(candidate => candidate.Needed)
            .ToList();

        if (candidates.Count == 0)
            throw new UnreadableFileException($"{file}: its mapping names fields that no single dataset has: {string.Join(", ", mapping.Fields.Distinct(StringComparer.Ordinal))}. Name the \"dataset\" in the mapping; docs/datasets.md lists its fields.");

        // A lone column of ids says nothing about customers; it must be asked for.
        var fitting = candidates.Where(candidate => candidate.Missing.Count == 0 && (candidate.Dataset != DatasetCatalog.Customers || headers.Count > 1)).ToList();
        if (fitting.Count == 0)
        {
            var nearest = candidates[0];
            var found = nearest.Plan.Where(column => column.Field >= 0).Select(column => $"{nearest.Dataset.Fields[column.Field]} (\"{Shown(column.Header)}\")").ToList();
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} fit none of the datasets {DatasetCatalog.Names}. The nearest is {nearest.Dataset}: "
                + (found.Count == 0 ? "none of its fields was recognised" : $"recognised {string.Join(", ", found)}")
                + (nearest.Missing.Count == 0 ? "." : $", missing {string.Join(" and ", nearest.Missing)}.")
                + (nearest.Missing.Contains("customerId") && HeaderHints.For("customerId", headers) is null ? " If this is a report of totals (by page, by day, by campaign), it names no customer and cannot be used: export the rows that it was made from." : "")
                + $"\n{Cure(file, nearest.Dataset, mapping, headers, nearest.Plan)}");
        }

        var told = fitting.Where(candidate => IsTold(candidate.Dataset, candidate.Plan, headers, mapping)).ToList();
        var best = told.Count > 0 ? told[0] : fitting[0];

        // Orders and tickets are often sent with all that is known about their customers; the id of the row tells what the row is.
        if (best.Dataset == DatasetCatalog.Customers && told.FindIndex(candidate => HasIdOfRow(candidate.Dataset, candidate.Plan)) is > 0 and var at)
        {
            (told[0], told[at]) = (told[at], told[0]);
            best = told[0];
        }

        // Rows with a moment, or with the number of an order, that lack one column are not taken for something simpler that asks for less.
        if (candidates.Find(candidate => candidate.Missing.Count > 0 && ((candidate.Found >= best.Found + 2 && HasMoment(candidate.Dataset, candidate.Plan)) || (best.Dataset == DatasetCatalog.Customers && AreOrderLines(candidate.Dataset, candidate.Plan)))) is { Dataset: not null } fuller)
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} look like {fuller.Dataset}, but lack {string.Join(" and ", fuller.Missing)}; they would do for {best.Dataset}. Say which column is which, or name the dataset.\n"
                + Cure(file, fuller.Dataset, mapping, headers, fuller.Plan));
        }

        if (told.Count == 0)
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} would do for {string.Join(" and for ", fitting.Select(candidate => candidate.Dataset.Name))}, but none of them tells which. Name the dataset: with --dataset, by the folder uploads/<dataset>/, or in a mapping.\n"
                + Cure(file, best.Dataset, mapping, headers, best.Plan));
        }

        if (best.Dataset == DatasetCatalog.Customers && fitting.Find(candidate => candidate.Dataset == DatasetCatalog.Orders) is { Dataset: not null } orders && HasMomentOfItsOwn(orders.Plan, best.Plan))
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} may be orders with what is known about their customers, or customers with what they ordered. Name the dataset: with --dataset, by the folder uploads/<dataset>/, or in a mapping.\n"
                + Cure(file, orders.Dataset, mapping, headers, orders.Plan));
        }

        var equals = told.TakeWhile(candidate => candidate.Found == best.Found && candidate.Needed == best.Needed).Select(candidate => candidate.Dataset.Name).ToList();
        if (equals.Count > 1)
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} fit {string.Join(" and ", equals)} equally well. Name the dataset: with --dataset, by the folder uploads/<dataset>/, or in a mapping.\n"
                + Cure(file, best.Dataset, mapping, headers, best.Plan));
        }

        return new DatasetRecognition(best.Dataset, "headers", best.Plan);
    }

    /// <summary>Whether something in the columns is the dataset's own: many files have a customer, a moment and a status.</summary>
    private static bool IsTold(Dataset dataset, PlannedColumn[] plan, IReadOnlyList<string> headers, UploadMapping mapping)
    {
        bool Has(string field) => plan.Any(column => column.Field >= 0 && dataset.Fields[column.Field].Name == field);
        bool HasBy(string field, params string[] common) =>
            plan.Any(column => column.Field >= 0 && dataset.Fields[column.Field].Name == field && !common.Contains(TextFolding.Key(column.Header), StringComparer.Ordinal));
        if (plan.Any(column => column.Evidence == "mapping"))
            return true;
        if (dataset == DatasetCatalog.Tickets)
            return Has("ticketId") || Has("topic") || Has("satisfaction") || HasBy("text", "description", "note", "notes");
        if (dataset != DatasetCatalog.Customers && dataset != DatasetCatalog.Events)
            return true;
        var orders = ColumnMatching.Plan(DatasetCatalog.Orders, mapping, headers, []).Where(column => column.Field >= 0).Select(column => DatasetCatalog.Orders.Fields[column.Field].Name).ToList();
        if (dataset == DatasetCatalog.Events)
            return Has("eventId") || Has("anonymousId") || Has("url") || HasBy("type", "type", "tipo", "soort") || !(orders.Contains("amount") || orders.Contains("unitPrice"));
        return plan.Any(column => column.Field >= 0 && dataset.Fields[column.Field].Name is not ("customerId" or "country" or "region" or "language" or "createdAt" or "updatedAt"))
            || !orders.Exists(field => field is "timestamp" or "amount" or "unitPrice" or "orderId");
    }

    /// <summary>The dataset's rows have an id of their own, and the file has it.</summary>
    private static bool HasIdOfRow(Dataset dataset, PlannedColumn[] plan) =>
        dataset != DatasetCatalog.Customers && dataset.Identity.Count > 0 && dataset.IndexOf(dataset.Identity[0]) is var id && plan.Any(column => column.Field == id);

    /// <summary>The moment of the orders is none that customers have: <c>created at</c> is theirs, too.</summary>
    private static bool HasMomentOfItsOwn(PlannedColumn[] orders, PlannedColumn[] customers)
    {
        var moment = DatasetCatalog.Orders.IndexOf("timestamp");
        return orders.Any(column => column.Field == moment && customers[column.Position].Field < 0);
    }

    private static bool AreOrderLines(Dataset dataset, PlannedColumn[] plan)
    {
        var found = plan.Where(column => column.Field >= 0).Select(column => dataset.Fields[column.Field].Name).ToList();
        return dataset == DatasetCatalog.Orders && found.Contains("orderId") && (found.Contains("amount") || found.Contains("unitPrice"));
    }

    private static bool HasMoment(Dataset dataset, PlannedColumn[] plan) => dataset.IndexOf("timestamp") is >= 0 and var moment && plan.Any(column => column.Field == moment);

    private static int NeededOf(Dataset dataset, PlannedColumn[] plan) => plan.Count(column => column.Field >= 0 && IsNeeded(dataset.Fields[column.Field]));

    private static bool IsNeeded(DatasetField field) => field.Required || field.GroupRequired;

    /// <summary>A mapping that would do, filled with what was recognised and guesses for the rest; and one without columns for what may be the same in all rows.</summary>
    private static string Cure(string file, Dataset dataset, UploadMapping mapping, IReadOnlyList<string> headers, PlannedColumn[] plan)
    {
        var fields = plan.Where(column => column.Field >= 0).ToDictionary(column => dataset.Fields[column.Field].Name, column => column.Header.Trim(), StringComparer.Ordinal);
        var values = mapping.Values.ToDictionary(value => value.Key, value => value.Value.IsNumber ? value.Value.Text : Json(value.Value.Text), StringComparer.Ordinal);
        var free = plan.Where(column => column.Field < 0).Select(column => column.Header.Trim()).ToList();
        var constant = new Dictionary<DatasetField, string>();
        foreach (var field in dataset.Fields.Where(IsNeeded))
        {
            var given = IsSaid(field.Name) || (!field.Required && dataset.Fields.Any(other => other.Group == field.Group && IsSaid(other.Name)));
            if (given)
                continue;
            if (field.Type == FieldType.CustomerId && fields.Remove("email", out var address))
                free.Add(address);
            var near = HeaderHints.For(field.Name, free) ?? (free.Count == 1 || IsNumbered(headers) ? free.FirstOrDefault() : null);
            fields[field.Name] = near ?? $"<column of {field}>";
            if (near is not null)
                free.Remove(near);
            if (FieldConstants.ExampleFor(field) is { } example)
                constant.Add(field, example);
        }

        var cure = $"Put a {Path.GetFileName(file)}.mapping.json beside it that says which column is which, for example\n{Example(dataset, fields, values)}";
        if (constant.Count == 0)
            return cure;
        foreach (var (field, example) in constant)
        {
            fields.Remove(field.Name);
            values[field.Name] = example;
        }

        return $"{cure}\nor, where {string.Join(" and ", constant.Keys)} {(constant.Count == 1 ? "is" : "are")} the same in all rows, that says it once{string.Concat(constant.Keys.Where(field => field.Choices.Count > 0).Select(field => $" ({field}: {string.Join(", ", field.Choices.Select(choice => choice.Value))})"))}\n{Example(dataset, fields, values)}";

        bool IsSaid(string field) => fields.ContainsKey(field) || values.ContainsKey(field);
    }

    private static string Example(Dataset dataset, Dictionary<string, string> fields, Dictionary<string, string> values)
    {
        var columns = fields.OrderBy(pair => dataset.IndexOf(pair.Key)).Select(pair => $"{Json(pair.Value)}: {(HeaderHints.IsBoth(dataset, pair.Key, pair.Value) && !fields.ContainsKey("email") ? HeaderHints.Both : Json(pair.Key))}");
        var parts = new List<string> { $"\"dataset\": \"{dataset}\"", $"\"columns\": {{ {string.Join(", ", columns)} }}" };
        if (values.Count > 0)
            parts.Add($"\"values\": {{ {string.Join(", ", values.OrderBy(pair => dataset.IndexOf(pair.Key)).Select(pair => $"{Json(pair.Key)}: {pair.Value}"))} }}");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Json(string text) => JsonSerializer.Serialize(Shown(text), Readable);

    /// <summary>A header may be a whole letter; messages must stay readable.</summary>
    private static string Shown(string header) => header.Trim() is { Length: > LongestShown } name ? name[..LongestShown] + "…" : header.Trim();

    private static bool IsNumbered(IReadOnlyList<string> names) => names.Count > 0 && names.Select((name, index) => name == (index + 1).ToString()).All(isNumbered => isNumbered);

    private static string Quoted(IReadOnlyList<string> names)
    {
        // Without header the readers number the columns.
        if (IsNumbered(names))
            return $"1 to {names.Count}, for it has no header (if it has one after all, say \"header\": true in the mapping)";
        return string.Join(", ", names.Take(40).Select(name => $"\"{Shown(name)}\"")) + (names.Count > 40 ? $" and {names.Count - 40} more" : "");
    }
}
