using System.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Writes <c>docs/datasets.md</c> from the catalogue, so that it cannot say anything else.</summary>
public static class DatasetPage
{
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append("# Datasets and fields\n\n");
        page.Append("Written from `DatasetCatalog`; a test compares the two. Headers are compared without case, accents, blanks and punctuation.\n");
        page.Append("A field needed by *group* stands for the others of its group. *Sealed* fields never appear in canonical rows.\n");
        foreach (var dataset in DatasetCatalog.All)
        {
            page.Append($"\n## {dataset.Name}\n\nA row is {dataset.Meaning}.");
            if (dataset.Identity.Count > 0)
                page.Append($" A row with the same {string.Join(" and ", dataset.Identity.Select(name => $"`{name}`"))}{(dataset.Identity.Contains("customerId") ? "" : ", of the same customer,")} and other content replaces the older one.");
            page.Append($"\n\nCanonical columns: {string.Join(", ", dataset.Rules.CanonicalColumns(dataset).Select(name => $"`{name}`"))}, then attributes.\n\n");
            page.Append("| field | type | needed | meaning | headers |\n| --- | --- | --- | --- | --- |\n");
            foreach (var known in dataset.Fields)
                page.Append($"| `{known.Name}` | {TypeOf(known)} | {NeedOf(known)} | {known.Meaning.Replace("|", "\\|")} | {string.Join(", ", known.Headers)} |\n");
        }

        return page.ToString();
    }

    private static string TypeOf(DatasetField known)
    {
        var type = known.Type switch
        {
            FieldType.CustomerId => "customer id",
            FieldType.Boolean => "yes or no",
            FieldType.Decimal when known.IsMoney => "money",
            FieldType.Choice => string.Join(", ", known.Choices.Select(choice => choice.Value)) + (known.OpenChoice ? ", other words" : ""),
            _ => known.Type.ToString().ToLowerInvariant(),
        };
        var range = known.Minimum is { } minimum ? $", {minimum} to {known.Maximum}" : "";
        return type + range + (known.Default is { } value ? $", {value} when empty" : "") + (known.Identifier ? ", sealed" : "");
    }

    private static string NeedOf(DatasetField known) => known.Required ? "yes" : known.GroupRequired ? $"group `{known.Group}`" : "";
}
