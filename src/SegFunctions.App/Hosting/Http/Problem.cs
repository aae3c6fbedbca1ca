using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace SegFunctions.App.Hosting.Http;

/// <summary>Problem details of RFC 9457 for answers that no function gives: wrong key, no such route, an unexpected failure.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>Names this request in the logs, and in the client's when it sent a trace of its own.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <param name="detail">For the caller's eyes: what to do about it. Never what an exception says of our insides.</param>
    public static async Task WriteAsync(HttpContext context, int status, string? detail = null)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        await using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            if (detail is not null)
                writer.WriteString("detail", detail);
            writer.WriteString("traceId", TraceId(context));
            writer.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
