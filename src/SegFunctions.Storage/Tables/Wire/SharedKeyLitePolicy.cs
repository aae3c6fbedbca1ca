using Azure.Core;
using Azure.Core.Pipeline;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>
/// Signs each attempt with the account key. Source: "Authorize with Shared Key", section on Shared Key Lite for the Table
/// service: HMAC-SHA256 over the date, a line feed and the canonicalized resource.
/// </summary>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = time.GetUtcNow().ToString("R");
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", Authorization(credential, date, message.Request.Uri.ToUri()));
    }

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="date">The value of the <c>x-ms-date</c> header.</param>
    public static string Authorization(TableSharedKeyCredential credential, string date, Uri target)
    {
        // The path as it is sent, escapes and all; where the account is part of the path (emulator) its name stands twice.
        var resource = $"/{credential.AccountName}{target.AbsolutePath}";
        var component = Component(target.Query);
        return $"SharedKeyLite {credential.AccountName}:{credential.Sign($"{date}\n{resource}{component}")}";
    }

    // Of the query only 'comp' is signed.
    private static string Component(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith("comp=", StringComparison.OrdinalIgnoreCase))
                return "?comp=" + Uri.UnescapeDataString(part["comp=".Length..]);
        }

        return "";
    }
}
