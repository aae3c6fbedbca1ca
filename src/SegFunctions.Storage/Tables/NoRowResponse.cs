using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>The answer to a look-up that found nothing.</summary>
internal sealed class NoRowResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException($"There is no such row (status {response.Status}); ask HasValue first.");

    public override Response GetRawResponse() => response;
}
