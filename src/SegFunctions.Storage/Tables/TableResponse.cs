using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace SegFunctions.Storage.Tables;

/// <summary>An answer that did not come alone over the wire: one of a transaction's, or the twin's.</summary>
internal sealed class TableResponse(int status, string? etag) : Response
{
    private const string ETagHeader = "ETag";

    public override int Status { get; } = status;

    public override string ReasonPhrase => Status switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        404 => "Not Found",
        409 => "Conflict",
        412 => "Precondition Failed",
        _ => "",
    };

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override bool IsError => Status >= 400;

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => etag is null ? [] : [new HttpHeader(ETagHeader, etag)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name.Equals(ETagHeader, StringComparison.OrdinalIgnoreCase) ? etag : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
