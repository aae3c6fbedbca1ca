using Azure;
using Azure.Storage.Blobs.Specialized;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Remote;

namespace SegFunctions.Storage.Leases.Remote;

/// <summary>Leases on empty blobs of the container <c>locks</c>.</summary>
internal sealed class AzureLeaseStore(AzureBlobStore blobs, TimeProvider time) : RenewingLeaseStore(time)
{
    public const string ContainerName = "locks";

    private readonly BlobContainer _locks = blobs.GetContainer(ContainerName);

    protected override async Task<LeaseHold?> TakeAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        // The id is proposed by us and stays the same when the SDK repeats the request, which makes that harmless.
        var lease = blobs.GetSdkContainer(ContainerName).GetBlobClient(name).GetBlobLeaseClient();
        try
        {
            return await TakeOnceAsync();
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            await CreateLockAsync();
            return await TakeOnceAsync();
        }

        async Task<LeaseHold?> TakeOnceAsync()
        {
            try
            {
                await lease.AcquireAsync(duration, conditions: null, cancellationToken);
                return new Held(lease);
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                return null;
            }
        }

        async Task CreateLockAsync()
        {
            try
            {
                await _locks.WriteAsync(name, ReadOnlyMemory<byte>.Empty, new BlobWriteOptions { OnlyIfMissing = true }, cancellationToken);
            }
            catch (BlobChangedException)
            {
                // Somebody else has created the lock in between, which is as good.
            }
        }
    }

    private sealed class Held(BlobLeaseClient lease) : LeaseHold
    {
        public override async Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            try
            {
                await lease.RenewAsync(conditions: null, cancellationToken);
                return true;
            }
            catch (RequestFailedException failure) when (IsHeldNoLonger(failure))
            {
                return false;
            }
        }

        public override async Task ReleaseAsync(CancellationToken cancellationToken)
        {
            try
            {
                await lease.ReleaseAsync(conditions: null, cancellationToken);
            }
            catch (RequestFailedException failure) when (IsHeldNoLonger(failure))
            {
                // Given back by time already.
            }
        }

        private static bool IsHeldNoLonger(RequestFailedException failure) => failure.Status is 404 or 409 or 412;
    }
}
