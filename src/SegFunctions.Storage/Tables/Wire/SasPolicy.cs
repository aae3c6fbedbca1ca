using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Puts a shared access signature on each attempt, so that one that is renewed meanwhile is taken up.</summary>
internal sealed class SasPolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    private const string Property = "SegFunctions.SasQueryBefore";

    public override void OnSendingRequest(HttpMessage message)
    {
        // A repeated request still carries the signature of the attempt before.
        if (!message.TryGetProperty(Property, out var before))
        {
            before = message.Request.Uri.Query;
            message.SetProperty(Property, before);
        }

        var query = ((string)before!).TrimStart('?');
        var signature = credential.Signature.TrimStart('?');
        message.Request.Uri.Query = query.Length == 0 ? "?" + signature : $"?{query}&{signature}";
    }
}
