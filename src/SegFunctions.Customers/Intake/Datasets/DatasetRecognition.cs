using System.Text.Encodings.Web;
using System.Text.Json;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;

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

        var plan = ColumnMatching.Plan(dataset, mapping, headers, []);
        return ColumnMatching.Missing(dataset, plan) is { Count: > 0 } missing
            ? throw new UnreadableFileException(
                $"{file}: {dataset} (named by {evidence}) needs a column for {string.Join(" and for ", missing)}. The file has the columns {Quoted(headers)}.\n{Cure(file, dataset, headers, plan)}")
            : new DatasetRecognition(dataset, evidence, plan);
    }

    /// <summary>Whether columns of these names make a dataset: the one that is known by name, or any.</summary>
    public static bool Fits(IReadOnlyList<string> headers, UploadMapping mapping, string? known)
    {
        var datasets = DatasetCatalog.Find(known) is { } asked ? [asked] : mapping.Dataset is { } mapped ? [mapped] : DatasetCatalog.All;
        return headers.Count > 1
            && ColumnMatching.Unmatched(mapping, headers).Count == 0
            && datasets.Any(dataset => ColumnMatching.Missing(dataset, ColumnMatching.Plan(dataset, mapping, headers, [])).Count == 0);
    }

    private static DatasetRecognition ByHeaders(string file, IReadOnlyList<string> headers, UploadMapping mapping)
    {
        var candidates = DatasetCatalog.All
            .Where(dataset => mapping.Columns.Values.All(field => dataset.IndexOf(field) >= 0))
            .Select(dataset => (Dataset: dataset, Plan: ColumnMatching.Plan(dataset, mapping, headers, [])))
            .Select(candidate => (candidate.Dataset, candidate.Plan, Missing: ColumnMatching.Missing(candidate.Dataset, candidate.Plan), Found: candidate.Plan.Count(column => column.Field >= 0), Needed: NeededOf(candidate.Dataset, candidate.Plan)))
            .OrderByDescending(candidate => candidate.Found)
            .ThenByDescending(candidate => candidate.Needed)
            .ToList();

        if (candidates.Count == 0)
            throw new UnreadableFileException($"{file}: its mapping names fields that no single dataset has: {string.Join(", ", mapping.Columns.Values)}. Name the \"dataset\" in the mapping; docs/datasets.md lists its fields.");

        // A lone column of ids says nothing about customers; it must be asked for.
        var fitting = candidates.Where(candidate => candidate.Missing.Count == 0 && (candidate.Dataset != DatasetCatalog.Customers || headers.Count > 1)).ToList();
        if (fitting.Count == 0)
        {
            var nearest = candidates[0];
            var found = nearest.Plan.Where(column => column.Field >= 0).Select(column => $"{nearest.Dataset.Fields[column.Field]} (\"{Shown(column.Header)}\")").ToList();
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} fit none of the datasets {DatasetCatalog.Names}. The nearest is {nearest.Dataset}: "
                + (found.Count == 0 ? "none of its fields was recognised" : $"recognised {string.Join(", ", found)}")
                + (nearest.Missing.Count == 0 ? "" : $", missing {string.Join(" and ", nearest.Missing)}")
                + $".\n{Cure(file, nearest.Dataset, headers, nearest.Plan)}");
        }

        var best = fitting[0];

        // Rows with a moment that lack one column are not taken for something simpler that asks for less.
        if (candidates.Find(candidate => candidate.Missing.Count > 0 && candidate.Found >= best.Found + 2 && HasMoment(candidate.Dataset, candidate.Plan)) is { Dataset: not null } fuller)
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} look like {fuller.Dataset}, but lack {string.Join(" and ", fuller.Missing)}; they would do for {best.Dataset}. Say which column is which, or name the dataset.\n"
                + Cure(file, fuller.Dataset, headers, fuller.Plan));
        }

        var equals = fitting.TakeWhile(candidate => candidate.Found == best.Found && candidate.Needed == best.Needed).Select(candidate => candidate.Dataset.Name).ToList();
        if (equals.Count > 1)
        {
            throw new UnreadableFileException(
                $"{file}: its columns {Quoted(headers)} fit {string.Join(" and ", equals)} equally well. Name the dataset: with --dataset, by the folder uploads/<dataset>/, or in a mapping.\n"
                + Cure(file, best.Dataset, headers, best.Plan));
        }

        return new DatasetRecognition(best.Dataset, "headers", best.Plan);
    }

    private static bool HasMoment(Dataset dataset, PlannedColumn[] plan) => dataset.IndexOf("timestamp") is >= 0 and var moment && plan.Any(column => column.Field == moment);

    private static int NeededOf(Dataset dataset, PlannedColumn[] plan) => plan.Count(column => column.Field >= 0 && IsNeeded(dataset.Fields[column.Field]));

    private static bool IsNeeded(DatasetField field) => field.Required || field.GroupRequired;

    /// <summary>A mapping that would do, filled with what was recognised and guesses for the rest.</summary>
    private static string Cure(string file, Dataset dataset, IReadOnlyList<string> headers, PlannedColumn[] plan)
    {
        var fields = plan.Where(column => column.Field >= 0).ToDictionary(column => dataset.Fields[column.Field].Name, column => column.Header.Trim(), StringComparer.Ordinal);
        var free = new Queue<string>(plan.Where(column => column.Field < 0).Select(column => column.Header.Trim()));
        foreach (var field in dataset.Fields.Where(IsNeeded))
        {
            var given = fields.ContainsKey(field.Name) || (!field.Required && dataset.Fields.Any(other => other.Group == field.Group && fields.ContainsKey(other.Name)));
            if (!given)
                fields[field.Name] = free.Count > 0 ? free.Dequeue() : $"<column of {field}>";
        }

        var columns = fields.OrderBy(pair => dataset.IndexOf(pair.Key)).Select(pair => $"{Json(pair.Value)}: {Json(pair.Key)}");
        return $"Put a {Path.GetFileName(file)}.mapping.json beside it that says which column is which, for example\n{{ \"dataset\": \"{dataset}\", \"columns\": {{ {string.Join(", ", columns)} }} }}";
    }

    private static string Json(string text) => JsonSerializer.Serialize(Shown(text), Readable);

    /// <summary>A header may be a whole letter; messages must stay readable.</summary>
    private static string Shown(string header) => header.Trim() is { Length: > LongestShown } name ? name[..LongestShown] + "…" : header.Trim();

    private static string Quoted(IReadOnlyList<string> names)
    {
        // Without header the readers number the columns.
        if (names.Count > 0 && names.Select((name, index) => name == (index + 1).ToString()).All(isNumbered => isNumbered))
            return $"1 to {names.Count}, for it has no header (if it has one after all, say \"header\": true in the mapping)";
        return string.Join(", ", names.Take(40).Select(name => $"\"{Shown(name)}\"")) + (names.Count > 40 ? $" and {names.Count - 40} more" : "");
    }
}
