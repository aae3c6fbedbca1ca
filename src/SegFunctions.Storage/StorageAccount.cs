using Azure.Core;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.InMemory;
using SegFunctions.Storage.Blobs.Remote;
using SegFunctions.Storage.Leases;
using SegFunctions.Storage.Leases.InMemory;
using SegFunctions.Storage.Leases.Remote;
using SegFunctions.Storage.Queues;
using SegFunctions.Storage.Queues.InMemory;
using SegFunctions.Storage.Queues.Remote;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage;

/// <summary>The parts of one storage account, real or in memory, that the rest of the system works with.</summary>
/// <remarks>Connecting sends no request and builds no client; both happen with the first use of a part.</remarks>
public sealed class StorageAccount
{
    private readonly StorageConnection? _connection;
    private readonly Lazy<TableServiceClient> _tables;

    internal StorageAccount(TableServiceClient tables, BlobStore blobs, QueueStore queues, ClaimCheck claims, LeaseStore leases)
    {
        _tables = new Lazy<TableServiceClient>(tables);
        Blobs = blobs;
        Queues = queues;
        Claims = claims;
        Leases = leases;
    }

    private StorageAccount(TimeProvider time)
    {
        var blobs = new InMemoryBlobStore(time);
        var claims = new BlobClaimCheck(blobs.GetContainer(BlobClaimCheck.ContainerName), time);
        _tables = new Lazy<TableServiceClient>(new InMemoryTableServiceClient(time));
        Blobs = blobs;
        Queues = new InMemoryQueueStore(time, claims);
        Claims = claims;
        Leases = new InMemoryLeaseStore(time);
    }

    private StorageAccount(StorageConnection connection, TimeProvider time)
    {
        var blobs = new AzureBlobStore(connection);
        var claims = new BlobClaimCheck(blobs.GetContainer(BlobClaimCheck.ContainerName), time);
        _tables = new Lazy<TableServiceClient>(connection.CreateTableClient);
        Blobs = blobs;
        Queues = new AzureQueueStore(connection, claims);
        Claims = claims;
        Leases = new AzureLeaseStore(blobs, time);
        _connection = connection;
    }

    public TableServiceClient Tables => _tables.Value;

    public BlobStore Blobs { get; }

    public QueueStore Queues { get; private set; }

    public ClaimCheck Claims { get; }

    public LeaseStore Leases { get; }

    /// <summary>The account that a connection string names: of Azure (key or shared access signature), or of Azurite.</summary>
    /// <param name="time">The clock of leases and claims; the system's when null.</param>
    /// <exception cref="StorageConnectionException">The string is not usable; the message lists every fault.</exception>
    public static StorageAccount Connect(string connectionString, TimeProvider? time = null) =>
        Connect(ConnectionString.Parse(connectionString), time);

    /// <summary>The account of that name in the public cloud, with an identity.</summary>
    /// <exception cref="StorageConnectionException">The name is not one of a storage account.</exception>
    public static StorageAccount Connect(string accountName, TokenCredential identity, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(accountName);
        if (accountName.Length is < 3 or > 24 || !accountName.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            throw new StorageConnectionException([$"'{accountName}' is not a storage account's name, which is 3 to 24 lower-case letters and digits"]);
        return Connect(
            new Uri($"https://{accountName}.blob.core.windows.net"),
            new Uri($"https://{accountName}.queue.core.windows.net"),
            new Uri($"https://{accountName}.table.core.windows.net"),
            identity,
            time);
    }

    /// <summary>The account whose services answer at these addresses, with an identity.</summary>
    /// <exception cref="StorageConnectionException">An address is not https, without which no identity is sent.</exception>
    public static StorageAccount Connect(Uri blobs, Uri queues, Uri tables, TokenCredential identity, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(identity);
        string[] faults =
        [
            .. new[] { blobs, queues, tables }
                .Where(address => !address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttps)
                .Select(address => $"'{address}' is not an https address, and an identity's token is sent to no other"),
        ];
        if (faults.Length > 0)
            throw new StorageConnectionException(faults);
        return Connect(new StorageConnection { Blobs = blobs, Queues = queues, Tables = tables, Identity = identity }, time);
    }

    /// <summary>This account with its queues seen through <paramref name="queues"/>, which passes on to the account's own.</summary>
    public StorageAccount WithQueues(QueueStore queues)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var account = (StorageAccount)MemberwiseClone();
        account.Queues = queues;
        return account;
    }

    /// <summary>An account in this process, for tests and for runs that need no durability.</summary>
    public static StorageAccount InMemory(TimeProvider time) => new(time);

    /// <summary>
    /// Asks every service once, without repetition, so that a caller can say what is wrong within seconds instead of
    /// failing after minutes of attempts. Never throws but for cancellation.
    /// </summary>
    /// <param name="limit">How long to wait for an answer; five seconds when null.</param>
    public Task<StorageProbe> ProbeAsync(CancellationToken cancellationToken, TimeSpan? limit = null) => _connection is null
        ? Task.FromResult(new StorageProbe(IsReachable: true, "Storage is in memory."))
        : StorageReach.ProbeAsync(_connection, limit ?? TimeSpan.FromSeconds(5), cancellationToken);

    internal static StorageAccount Connect(StorageConnection connection, TimeProvider? time) =>
        new(connection, time ?? TimeProvider.System);
}
