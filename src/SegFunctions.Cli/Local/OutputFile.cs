namespace SegFunctions.Cli.Local;

/// <summary>Files that a person names for something to be written into.</summary>
internal static class OutputFile
{
    /// <summary>Writes the file whole or not at all: a reader never sees half of it.</summary>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="CommandFailedException">It cannot be written; the message says why.</exception>
    public static async Task WriteAsync(string path, string option, string content, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException($"{option} '{path}' is a folder. Name a file.");
        var unfinished = path + ".tmp";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(unfinished, content, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The file '{path}' of {option} cannot be written: {refused.Message} Name one that you may write to.", refused);
        }
    }
}
