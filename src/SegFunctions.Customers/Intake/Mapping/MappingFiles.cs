namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>Where the mapping of a file is looked for.</summary>
public static class MappingFiles
{
    /// <summary>Name of the mapping of a whole folder.</summary>
    public const string OfFolder = "mapping.json";

    /// <summary>Ending of the mapping of one file.</summary>
    public const string Ending = ".mapping.json";

    /// <summary>Names beside a file, the one that goes before first.</summary>
    /// <param name="fileName">Without folder.</param>
    public static IReadOnlyList<string> NamesFor(string fileName) => [fileName + Ending, OfFolder];

    /// <summary>It is a mapping itself, not a file to take in.</summary>
    public static bool IsMapping(string fileName) => fileName == OfFolder || fileName.EndsWith(Ending, StringComparison.Ordinal);
}
