namespace SegFunctions.Cli.Local;

/// <summary>Says which process runs the emulator of a storage folder: two of them on one folder would spoil its data.</summary>
/// <remarks>The operating system gives the lock back when its process ends, in whatever way.</remarks>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = ".lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <returns>Null while another process holds the folder.</returns>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
