using Azure;
using Azure.Storage.Blobs.Models;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>What the service's refusals mean. All others leave as the SDK's own <see cref="RequestFailedException"/>.</summary>
internal static class BlobFaults
{
    /// <summary>The blob or its container is not there.</summary>
    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404;

    public static bool IsContainerMissing(RequestFailedException failure) =>
        failure.Status == 404 && failure.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>A condition on the version did not hold; lease conflicts, which are 412 too, are not meant.</summary>
    public static bool IsChanged(RequestFailedException failure) => failure.Status switch
    {
        412 => failure.ErrorCode is null || failure.ErrorCode == BlobErrorCode.ConditionNotMet || failure.ErrorCode == BlobErrorCode.TargetConditionNotMet,
        409 => failure.ErrorCode == BlobErrorCode.BlobAlreadyExists,
        // A commit by somebody else discards the blocks that were staged for ours.
        400 => failure.ErrorCode == BlobErrorCode.InvalidBlockList,
        _ => false,
    };
}
