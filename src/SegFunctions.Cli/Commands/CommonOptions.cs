using System.CommandLine;

namespace SegFunctions.Cli.Commands;

/// <summary>Options that several commands share, spelled once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print one JSON object on standard output, and nothing else there.",
    };

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "A folder (with its own Azurite) or a storage account's connection string. "
            + "Default: the setting AzureWebJobsStorage, else the folder .segfunctions/local.",
    };
}
