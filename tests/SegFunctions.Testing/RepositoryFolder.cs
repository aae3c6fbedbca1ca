namespace SegFunctions.Testing;

/// <summary>The folder of the repository that the tests were built in; tests of pages and of the published app need it.</summary>
public static class RepositoryFolder
{
    /// <exception cref="DirectoryNotFoundException">The tests run outside the repository.</exception>
    public static string Root { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string Below(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SegFunctions.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"The tests run outside the repository: no folder above {AppContext.BaseDirectory} holds SegFunctions.sln.");
    }
}
