using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>Runs an HTTP function from an envelope, for hosts that do not forward requests.</summary>
internal static class HttpEnvelope
{
    public static async Task<HttpEnvelopeAnswer> InvokeAsync(
        HttpContext outer, FunctionDefinition function, HttpFunctionTrigger trigger, Envelope envelope, string invocationId)
    {
        var sent = envelope.Trigger(trigger.Binding);
        if (sent.ValueKind != JsonValueKind.Object)
            throw new EnvelopeException($"'{trigger.Binding}' must be a JSON object, as the Functions host writes requests.");
        var body = new MemoryStream();
        // The features are this request's own, so nothing of the envelope's request or response shows through.
        var context = new DefaultHttpContext { RequestServices = outer.RequestServices, RequestAborted = outer.RequestAborted };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        ReadRequest(context.Request, sent);
        await HttpFunctionEndpoint.RunAsync(context, function, invocationId);
        await context.Response.CompleteAsync();
        if (!Utf8.IsValid(body.GetBuffer().AsSpan(0, (int)body.Length)))
            throw new InvalidOperationException($"{function.Name} answers with bytes that are no text; only a host that forwards requests can pass them on (enableForwardingHttpRequest).");
        return new HttpEnvelopeAnswer(context.Response.StatusCode, context.Response.Headers, body.ToArray());
    }

    private static void ReadRequest(HttpRequest request, JsonElement sent)
    {
        if (sent.TryGetProperty("Method", out var method))
            request.Method = method.GetString() ?? HttpMethods.Get;
        if (sent.TryGetProperty("Url", out var address) && Uri.TryCreate(address.GetString(), UriKind.Absolute, out var url))
        {
            request.Scheme = url.Scheme;
            request.Host = HostString.FromUriComponent(url);
            request.Path = PathString.FromUriComponent(url);
            request.QueryString = QueryString.FromUriComponent(url);
        }

        if (sent.TryGetProperty("Headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in headers.EnumerateObject())
            {
                request.Headers[header.Name] = header.Value.ValueKind == JsonValueKind.Array
                    ? header.Value.EnumerateArray().Select(value => value.ToString()).ToArray()
                    : header.Value.ToString();
            }
        }

        if (sent.TryGetProperty("Params", out var parameters) && parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var parameter in parameters.EnumerateObject())
                request.RouteValues[parameter.Name] = parameter.Value.ToString();
        }

        if (sent.TryGetProperty("Body", out var body) && body.ValueKind != JsonValueKind.Null)
        {
            var bytes = IsBinary(request.ContentType) && body.TryGetBytesFromBase64(out var decoded) ? decoded : Encoding.UTF8.GetBytes(body.ToString());
            request.Body = new MemoryStream(bytes);
            request.ContentLength = bytes.Length;
        }
    }

    // The kinds of content that the Functions host sends as base64.
    private static bool IsBinary(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));
}

/// <summary>An HTTP function's answer as an output value: <c>{"statusCode","headers","body"}</c>.</summary>
internal sealed record HttpEnvelopeAnswer(int Status, IHeaderDictionary Headers, byte[] Body)
{
    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("statusCode", Status);
        writer.WriteStartObject("headers");
        foreach (var (header, value) in Headers)
        {
            if (!header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                writer.WriteString(header, value.ToString());
        }

        writer.WriteEndObject();
        if (Body.Length > 0)
            writer.WriteString("body", Body);
        writer.WriteEndObject();
    }
}
