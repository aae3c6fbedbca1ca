using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.Benchmarks.Storage;

/// <summary>Rows in storage: in this process, or in the emulator, which speaks the service's protocol but is no measure of the service.</summary>
public sealed record StorageShape(string Name, int Rows, bool IsEmulated) : Shape(Name, Rows)
{
    /// <summary>In memory, and in Azurite where Node.js is there to run it.</summary>
    public static IEnumerable<StorageShape> Of(string what, int rows)
    {
        yield return new StorageShape($"{what}, in memory", rows, IsEmulated: false);
        if (HasNode())
            yield return new StorageShape($"{what}, Azurite", rows, IsEmulated: true);
    }

    private static bool HasNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe"))));

    internal async Task<OpenedStorage> OpenAsync()
    {
        if (!IsEmulated)
            return new OpenedStorage(StorageAccount.InMemory(TimeProvider.System), null);
        var server = new AzuriteServer();
        await server.InitializeAsync();
        return new OpenedStorage(StorageAccount.Connect(server.ConnectionString), server);
    }
}

/// <summary>An account, and the emulator behind it where there is one.</summary>
internal sealed record OpenedStorage(StorageAccount Account, AzuriteServer? Server)
{
    public Task CloseAsync() => Server?.DisposeAsync() ?? Task.CompletedTask;
}
