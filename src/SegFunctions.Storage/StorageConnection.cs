using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage;

/// <summary>Where an account's services answer and how requests are signed: by key, by shared access signature or by identity.</summary>
/// <remarks>Exactly one of <see cref="AccountKey"/>, <see cref="SharedAccessSignature"/> and <see cref="Identity"/> is set.</remarks>
internal sealed record StorageConnection
{
    public required Uri Blobs { get; init; }

    public required Uri Queues { get; init; }

    public required Uri Tables { get; init; }

    /// <summary>Set together with <see cref="AccountKey"/>.</summary>
    public string? AccountName { get; init; }

    /// <summary>Base64.</summary>
    public string? AccountKey { get; init; }

    /// <summary>Without the leading question mark.</summary>
    public string? SharedAccessSignature { get; init; }

    public TokenCredential? Identity { get; init; }

    /// <summary>Null for the SDK's own; tests put faults on the wire here.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>Attempts beyond the first.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Pause before the second attempt; it doubles from there.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(60);

    public BlobServiceClient CreateBlobClient()
    {
        var options = Configured(new BlobClientOptions());
        return (AccountKey, SharedAccessSignature, Identity) switch
        {
            ({ } key, _, _) => new BlobServiceClient(Blobs, new StorageSharedKeyCredential(AccountName, key), options),
            (_, { } signature, _) => new BlobServiceClient(Blobs, new AzureSasCredential(signature), options),
            (_, _, { } identity) => new BlobServiceClient(Blobs, identity, options),
            _ => throw new InvalidOperationException("The connection has no credential."),
        };
    }

    public QueueServiceClient CreateQueueClient()
    {
        var options = Configured(new QueueClientOptions());
        return (AccountKey, SharedAccessSignature, Identity) switch
        {
            ({ } key, _, _) => new QueueServiceClient(Queues, new StorageSharedKeyCredential(AccountName, key), options),
            (_, { } signature, _) => new QueueServiceClient(Queues, new AzureSasCredential(signature), options),
            (_, _, { } identity) => new QueueServiceClient(Queues, identity, options),
            _ => throw new InvalidOperationException("The connection has no credential."),
        };
    }

    public TableServiceClient CreateTableClient()
    {
        var options = Configured(new TableClientOptions());
        return (AccountKey, SharedAccessSignature, Identity) switch
        {
            ({ } key, _, _) => new TableServiceClient(Tables, new TableSharedKeyCredential(AccountName!, key), options),
            (_, { } signature, _) => new TableServiceClient(Tables, new AzureSasCredential(signature), options),
            (_, _, { } identity) => new TableServiceClient(Tables, identity, options),
            _ => throw new InvalidOperationException("The connection has no credential."),
        };
    }

    private TOptions Configured<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = Retries;
        options.Retry.Delay = RetryDelay;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        options.Retry.NetworkTimeout = AttemptLimit;
        if (Transport is not null)
            options.Transport = Transport;
        return options;
    }
}
