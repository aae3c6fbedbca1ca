namespace SegFunctions.Cli.Local;

/// <summary>Files that a person names to be read.</summary>
internal static class InputFile
{
    /// <exception cref="CommandFailedException">There is no such file, or it is a folder.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException($"'{path}' is a folder. Name one file.");
        if (!File.Exists(path))
            throw new CommandFailedException($"The file '{path}' does not exist.");
    }
}
