namespace SegFunctions.Cli.Local;

/// <summary>Files that a person names for something to be written into.</summary>
internal static class OutputFile
{
    /// <summary>Writes the file whole or not at all: a reader never sees half of it.</summary>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="CommandFailedException">It cannot be written; the message says why.</exception>
    public static async Task WriteAsync(string path, string option, string content, CancellationToken cancellationToken)
    {
        var unfinished = Unfinished(path);
        try
        {
            Open(path, option);
            await File.WriteAllTextAsync(unfinished, content, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, option, refused);
        }
        finally
        {
            // Nothing is there any more when all went well.
            File.Delete(unfinished);
        }
    }

    /// <summary>Finds out before the work begins whether the file can be written when it is done.</summary>
    /// <exception cref="CommandFailedException">It cannot; the message says why.</exception>
    public static void Require(string path, string option)
    {
        try
        {
            Open(path, option);
            File.Delete(Unfinished(path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, option, refused);
        }
    }

    /// <summary>Of this process alone: a file of that name is nobody else's.</summary>
    private static string Unfinished(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static void Open(string path, string option)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException($"{option} '{path}' is a folder. Name a file.");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        File.Create(Unfinished(path)).Dispose();
    }

    private static CommandFailedException Refused(string path, string option, Exception refused) =>
        new($"The file '{path}' of {option} cannot be written: {refused.Message.Replace($".{Environment.ProcessId}.tmp", "", StringComparison.Ordinal)} Name one that you may write to.", refused);
}
