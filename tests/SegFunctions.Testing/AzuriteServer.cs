using SegFunctions.Cli.Azurite;

namespace SegFunctions.Testing;

/// <summary>One real Azurite for a test project: an xunit collection fixture that installs, starts and ends it.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private readonly string _location = Path.Combine(Path.GetTempPath(), "segfunctions-tests", Path.GetRandomFileName());
    private AzuriteProcess? _process;

    /// <summary>Connection string of the development account on the ports that were free.</summary>
    public string ConnectionString => Process.ConnectionString;

    public Uri BlobEndpoint => Process.BlobEndpoint;

    public Uri QueueEndpoint => Process.QueueEndpoint;

    public Uri TableEndpoint => Process.TableEndpoint;

    private AzuriteProcess Process => _process ?? throw new InvalidOperationException("Azurite has not started.");

    public async Task InitializeAsync()
    {
        var folder = AzuriteFolder.Find();
        await AzuriteFolder.InstallAsync(folder, TimeProvider.System, CancellationToken.None);
        _process = await AzuriteProcess.StartAsync(folder, _location, TimeProvider.System, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        if (Directory.Exists(_location))
            Directory.Delete(_location, recursive: true);
    }
}
