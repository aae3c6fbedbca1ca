namespace SegFunctions.Cli.Local;

/// <summary>Folders that a person names for something to be written into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder when it is missing.</summary>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="CommandFailedException">It cannot be made; the message says why.</exception>
    public static void Create(string folder, string option)
    {
        if (File.Exists(folder))
            throw new CommandFailedException($"{option} '{folder}' is a file. Name a folder; it is made when it is missing.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The folder '{folder}' of {option} cannot be made. Name one that you may write to.", refused);
        }
    }
}
