namespace SegFunctions.App.Hosting.Http;

/// <summary>What a request loses on its way through the Functions host, so that what works here works in Azure.</summary>
internal static class AzureRestrictions
{
    private static readonly string[] LostHeaders =
    [
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Content-Range", "Expires",
        "Last-Modified",
    ];

    /// <summary>Headers that only the platform's own sign-in may set; a client could send any.</summary>
    private static readonly string[] PlatformPrefixes = ["X-MS-CLIENT-", "X-MS-TOKEN-"];

    public static void StripPlatformHeaders(IHeaderDictionary headers)
    {
        List<string>? found = null;
        foreach (var (name, _) in headers)
        {
            foreach (var prefix in PlatformPrefixes)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    (found ??= []).Add(name);
            }
        }

        foreach (var name in found ?? [])
            headers.Remove(name);
    }

    /// <summary>Does to the request what forwarding would.</summary>
    /// <returns>Why it would not get through, with the status to answer; or null.</returns>
    public static (int Status, string Detail)? Apply(HttpRequest request)
    {
        if (request.Headers.TransferEncoding.Count > 0)
            return (StatusCodes.Status411LengthRequired, "The body came in chunks without a Content-Length, which Azure Functions does not pass on; send a length.");
        if (RawPath(request) is { } path && (path.Contains("%23", StringComparison.Ordinal) || path.Contains("%3f", StringComparison.OrdinalIgnoreCase)))
            return (StatusCodes.Status400BadRequest, "The path holds an escaped '#' or '?', where Azure Functions would cut it; put such an id into the query or the body.");
        foreach (var header in LostHeaders)
            request.Headers.Remove(header);
        foreach (var (_, values) in request.Query)
        {
            if (values.Count > 1)
            {
                // The host joins repeated keys.
                request.QueryString = QueryString.Create(request.Query.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString())));
                break;
            }
        }

        return null;
    }

    private static string? RawPath(HttpRequest request) =>
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget.Split('?')[0];
}
