namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>Where the mapping of a file is looked for.</summary>
public static class MappingFiles
{
    /// <summary>Name of the mapping of a whole folder.</summary>
    public const string OfFolder = "mapping.json";

    /// <summary>Ending of the mapping of one file.</summary>
    public const string Ending = ".mapping.json";

    /// <summary>Name of the file of currency rates that is used when it lies beside a file and its mapping names no other.</summary>
    public const string Rates = "rates.csv";

    /// <summary>Names beside a file, the one that goes before first.</summary>
    /// <param name="fileName">Without folder.</param>
    public static IReadOnlyList<string> NamesFor(string fileName) => [fileName + Ending, OfFolder];

    /// <summary>It is a mapping itself, or goes with one, and is not a file to take in.</summary>
    public static bool IsMapping(string fileName) => fileName is OfFolder or Rates || fileName.EndsWith(Ending, StringComparison.Ordinal);
}
