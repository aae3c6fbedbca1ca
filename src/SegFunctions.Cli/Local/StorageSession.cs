using SegFunctions.Cli.Azurite;
using SegFunctions.Storage;

namespace SegFunctions.Cli.Local;

/// <summary>The storage that a command works on, and the emulator that was started for it.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    /// <summary>Where commands work when nothing else is said.</summary>
    public const string DefaultFolder = ".segfunctions/local";

    private const string ConnectionSetting = "AzureWebJobsStorage";
    private readonly string? _folder;
    private readonly AzuriteProcess? _azurite;

    private StorageSession(string connectionString, LocalSecrets secrets, string description, string? folder, AzuriteProcess? azurite)
    {
        ConnectionString = connectionString;
        Secrets = secrets;
        Description = description;
        _folder = folder;
        _azurite = azurite;
        Account = StorageAccount.Connect(connectionString);
    }

    public string ConnectionString { get; }

    public StorageAccount Account { get; }

    public LocalSecrets Secrets { get; }

    /// <summary>The storage in words, without its key.</summary>
    public string Description { get; }

    /// <summary>Whether this command started the emulator, so that it ends with the command.</summary>
    public bool OwnsEmulator => _azurite is not null;

    /// <summary>Opens a folder (with an Azurite of its own, unless one runs on it already) or a storage account.</summary>
    /// <param name="storage">A folder, a connection string, or null for the setting or the default folder.</param>
    public static async Task<StorageSession> OpenAsync(string? storage, TimeProvider time, CancellationToken cancellationToken)
    {
        storage ??= Environment.GetEnvironmentVariable(ConnectionSetting);
        storage ??= DefaultFolder;
        return storage.Contains('=', StringComparison.Ordinal)
            ? await OpenAccountAsync(storage, cancellationToken)
            : await OpenFolderAsync(Path.GetFullPath(storage), time, cancellationToken);
    }

    private static async Task<StorageSession> OpenAccountAsync(string connectionString, CancellationToken cancellationToken)
    {
        var secrets = new LocalSecrets(
            Required("SegFunctions__CustomerKeySecret"), Required("SegFunctions__VaultKey"), Required("SegFunctions__ApiKey"));
        StorageSession session;
        try
        {
            session = new StorageSession(connectionString, secrets, "the storage account of the connection string", null, null);
        }
        catch (FormatException wrong)
        {
            throw new UsageException(wrong.Message);
        }

        await session.RequireReachableAsync(cancellationToken);
        return session;

        static string Required(string setting) => Environment.GetEnvironmentVariable(setting) is { Length: > 0 } value
            ? value
            : throw new CommandFailedException(
                $"The setting {setting} is missing. A storage account needs SegFunctions__CustomerKeySecret, SegFunctions__VaultKey "
                + "and SegFunctions__ApiKey as environment variables; only a local storage folder makes its own.");
    }

    private static async Task<StorageSession> OpenFolderAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var secrets = LocalSecrets.OpenOrCreate(folder);
        if (RunningAzurite.Find(folder) is { } running)
        {
            var shared = new StorageSession(running.ConnectionString, secrets, folder, null, null);
            if ((await shared.Account.ProbeAsync(cancellationToken)).IsReachable)
                return shared;
        }

        var installed = AzuriteFolder.Find();
        await AzuriteFolder.InstallAsync(installed, time, cancellationToken);
        var azurite = await AzuriteProcess.StartAsync(installed, Path.Combine(folder, "azurite"), time, cancellationToken);
        new RunningAzurite(azurite.ConnectionString).Announce(folder);
        return new StorageSession(azurite.ConnectionString, secrets, folder, folder, azurite);
    }

    private async Task RequireReachableAsync(CancellationToken cancellationToken)
    {
        var probe = await Account.ProbeAsync(cancellationToken);
        if (!probe.IsReachable)
            throw new CommandFailedException($"The storage cannot be reached: {probe.Explanation}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is null)
            return;
        RunningAzurite.Withdraw(_folder!);
        await _azurite.DisposeAsync();
    }
}
