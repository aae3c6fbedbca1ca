using System.CommandLine;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Commands;

/// <summary>Options that several commands share, spelled once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print one JSON object on standard output, and nothing else there.",
    };

    /// <param name="ofWhat">What comes in that language.</param>
    public static Option<string> Language(string ofWhat)
    {
        var language = new Option<string>("--language") { Description = $"Language of {ofWhat}.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "fr");
        return language;
    }

    /// <summary>The language that was asked for.</summary>
    public static Language LanguageNamed(string? name) => name == "fr" ? Learning.Explanation.Language.French : Learning.Explanation.Language.English;

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "A folder (with its own Azurite) or a storage account's connection string. "
            + "Default: the setting AzureWebJobsStorage, else the folder .segfunctions/local.",
    };

    public static Option<string?> Dataset() => new("--dataset")
    {
        Description = $"What the file holds: {Datasets}. Default: its folder, mapping or headers tell.",
    };

    /// <summary>The dataset that was asked for, or null.</summary>
    /// <exception cref="UsageException">There is no such dataset.</exception>
    public static string? DatasetNamed(string? name)
    {
        if (name is null)
            return null;
        return DatasetCatalog.Find(name.ToLowerInvariant())?.Name ?? throw new UsageException($"--dataset '{name}' is none of {Datasets}.");
    }

    private static string Datasets => string.Join(", ", DatasetCatalog.All.Select(dataset => dataset.Name));
}
