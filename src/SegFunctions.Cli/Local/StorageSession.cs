using SegFunctions.App;
using SegFunctions.Cli.Azurite;
using SegFunctions.Storage;

namespace SegFunctions.Cli.Local;

/// <summary>The storage that a command works on, and the emulator that was started for it.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    /// <summary>Where commands work when nothing else is said.</summary>
    public const string DefaultFolder = ".segfunctions/local";

    private const string ConnectionSetting = "AzureWebJobsStorage";

    /// <summary>An emulator that was killed with its process saves and ends within this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    private readonly OwnEmulator? _emulator;

    private StorageSession(string connectionString, LocalSecrets secrets, string description, OwnEmulator? emulator)
    {
        ConnectionString = connectionString;
        Secrets = secrets;
        Description = description;
        _emulator = emulator;
        Account = StorageAccount.Connect(connectionString);
    }

    public string ConnectionString { get; }

    public StorageAccount Account { get; }

    public LocalSecrets Secrets { get; }

    /// <summary>The storage in words, without its key.</summary>
    public string Description { get; }

    /// <summary>Whether this command started the emulator, so that it ends with the command.</summary>
    public bool OwnsEmulator => _emulator is not null;

    /// <summary>Opens a folder (with an Azurite of its own, unless one runs on it already) or a storage account.</summary>
    /// <param name="storage">A folder, a connection string, or null for the setting or the default folder.</param>
    public static async Task<StorageSession> OpenAsync(string? storage, TimeProvider time, CancellationToken cancellationToken)
    {
        storage ??= Environment.GetEnvironmentVariable(ConnectionSetting);
        if (string.IsNullOrWhiteSpace(storage))
            storage = DefaultFolder;
        return storage.Contains('=', StringComparison.Ordinal)
            ? await OpenAccountAsync(storage, cancellationToken)
            : await OpenFolderAsync(storage, time, cancellationToken);
    }

    /// <summary>Opens a folder after emptying it.</summary>
    /// <param name="inUse">What to say when another process works on the folder.</param>
    public static async Task<StorageSession> OpenEmptyAsync(string folder, string inUse, TimeProvider time, CancellationToken cancellationToken)
    {
        OutputFolder.Create(folder, "the storage");
        var gate = FolderLock.TryTake(folder) ?? throw new CommandFailedException(inUse);
        try
        {
            await WaitForLastEmulatorAsync(folder, time, cancellationToken);
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.Name != FolderLock.FileName))
            {
                if (entry is DirectoryInfo inner)
                    inner.Delete(recursive: true);
                else
                    entry.Delete();
            }

            return await StartAsync(Path.GetFullPath(folder), gate, time, cancellationToken);
        }
        catch
        {
            gate.Dispose();
            throw;
        }
    }

    private static async Task<StorageSession> OpenAccountAsync(string connectionString, CancellationToken cancellationToken)
    {
        string[] settings = [AppSettingNames.CustomerKeySecret, AppSettingNames.VaultKey, AppSettingNames.ApiKey];
        var missing = settings.Where(setting => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(setting))).ToArray();
        if (missing.Length > 0)
        {
            throw new CommandFailedException(
                $"A storage account needs {string.Join(", ", missing)} as environment {(missing.Length == 1 ? "variable" : "variables")}; "
                + "only a local storage folder makes its own secrets.");
        }

        var secrets = new LocalSecrets(Value(settings[0]), Value(settings[1]), Value(settings[2]));
        StorageSession session;
        try
        {
            session = new StorageSession(connectionString, secrets, "the storage account of the connection string", null);
        }
        catch (StorageConnectionException wrong)
        {
            throw new UsageException(wrong.Message);
        }

        await session.RequireReachableAsync(cancellationToken);
        return session;

        static string Value(string setting) => Environment.GetEnvironmentVariable(setting)!;
    }

    private static async Task<StorageSession> OpenFolderAsync(string named, TimeProvider time, CancellationToken cancellationToken)
    {
        OutputFolder.Create(named, "--storage");
        var folder = Path.GetFullPath(named);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < LongestWait)
        {
            if (FolderLock.TryTake(folder) is { } gate)
            {
                try
                {
                    await WaitForLastEmulatorAsync(folder, time, cancellationToken);
                    return await StartAsync(folder, gate, time, cancellationToken);
                }
                catch
                {
                    gate.Dispose();
                    throw;
                }
            }

            // The process that has the folder may just be starting its emulator, or ending it.
            if (RunningAzurite.Find(folder) is { } running)
            {
                var shared = new StorageSession(running.ConnectionString, LocalSecrets.OpenOrCreate(folder), folder, null);
                if ((await shared.Account.ProbeAsync(cancellationToken)).IsReachable)
                    return shared;
            }

            await Task.Delay(PollEvery, time, cancellationToken);
        }

        throw new CommandFailedException($"Another process holds {folder}, but its storage does not answer. End that process and try again.");
    }

    /// <summary>Starts the emulator; the folder is ours.</summary>
    private static async Task<StorageSession> StartAsync(string folder, FolderLock gate, TimeProvider time, CancellationToken cancellationToken)
    {
        var secrets = LocalSecrets.OpenOrCreate(folder);
        var installed = AzuriteFolder.Find();
        await AzuriteFolder.InstallAsync(installed, time, cancellationToken);
        var azurite = await AzuriteProcess.StartAsync(installed, Path.Combine(folder, "azurite"), time, cancellationToken);
        new RunningAzurite(azurite.ConnectionString).Announce(folder);
        return new StorageSession(azurite.ConnectionString, secrets, folder, new OwnEmulator(folder, azurite, gate));
    }

    /// <summary>The emulator of a process that was killed still writes for a moment; a second one must not begin meanwhile.</summary>
    private static async Task WaitForLastEmulatorAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (RunningAzurite.Find(folder) is { } running
            && (await StorageAccount.Connect(running.ConnectionString).ProbeAsync(cancellationToken)).IsReachable)
        {
            if (time.GetElapsedTime(began) > LongestWait)
                throw new CommandFailedException($"An Azurite without its command still runs on {folder}. End it (a process 'node run.mjs') and try again.");
            await Task.Delay(PollEvery, time, cancellationToken);
        }

        RunningAzurite.Withdraw(folder);
    }

    private async Task RequireReachableAsync(CancellationToken cancellationToken)
    {
        var probe = await Account.ProbeAsync(cancellationToken);
        if (!probe.IsReachable)
            throw new CommandFailedException($"The storage cannot be reached: {probe.Explanation}");
    }

    public ValueTask DisposeAsync() => _emulator?.EndAsync() ?? ValueTask.CompletedTask;

    /// <summary>An emulator that this process started, and the folder that it works on.</summary>
    private sealed record OwnEmulator(string Folder, AzuriteProcess Azurite, FolderLock Lock)
    {
        public async ValueTask EndAsync()
        {
            RunningAzurite.Withdraw(Folder);
            await Azurite.DisposeAsync();
            Lock.Dispose();
        }
    }
}
