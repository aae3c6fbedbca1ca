using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using SegFunctions.App.Hosting.Http;

namespace SegFunctions.App.Functions;

/// <summary>The answers of the API: JSON with an ETag, 304 where the caller has it already, problem details otherwise.</summary>
internal static class Answer
{
    /// <summary>200 with <paramref name="value"/>, or 304 when the request names <paramref name="version"/>.</summary>
    /// <param name="version">Changes whenever the answer does; null for answers that are not worth keeping.</param>
    public static IResult Ok<T>(HttpRequest request, T value, JsonTypeInfo<T> type, string? version = null) =>
        new JsonAnswer<T>(StatusCodes.Status200OK, value, type, version is null ? null : Tag(version), Location: null, IsKnown(request, version));

    /// <summary>202: the work goes on; <paramref name="location"/> tells how far it is.</summary>
    public static IResult Accepted<T>(T value, JsonTypeInfo<T> type, string location) =>
        new JsonAnswer<T>(StatusCodes.Status202Accepted, value, type, null, location, IsKnown: false);

    public static IResult NotFound(string detail) => new ProblemAnswer(StatusCodes.Status404NotFound, detail);

    public static IResult BadRequest(string detail) => new ProblemAnswer(StatusCodes.Status400BadRequest, detail);

    public static IResult Forbidden(string detail) => new ProblemAnswer(StatusCodes.Status403Forbidden, detail);

    public static IResult Conflict(string detail) => new ProblemAnswer(StatusCodes.Status409Conflict, detail);

    public static IResult Unavailable(string detail) => new ProblemAnswer(StatusCodes.Status503ServiceUnavailable, detail);

    // Accents and quotation marks as they are: answers are read by people too, and never stand inside a page.
    private static readonly JsonWriterOptions Legible = new() { Encoder = AppJson.Published.Options.Encoder };

    private static string Tag(string version) => $"\"{version}\"";

    private static bool IsKnown(HttpRequest request, string? version)
    {
        if (version is null || !EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out var known))
            return false;
        var own = new EntityTagHeaderValue(Tag(version));
        foreach (var tag in known)
        {
            if (tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false))
                return true;
        }

        return false;
    }

    private sealed record JsonAnswer<T>(
        int Status, T Value, JsonTypeInfo<T> Type, string? Tag, string? Location, bool IsKnown) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            if (Tag is not null)
            {
                response.Headers.ETag = Tag;
                response.Headers.CacheControl = "private, no-cache";
                response.Headers.Vary = "Accept-Language";
            }

            if (IsKnown)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            // Whole and with its length: the Functions host buffers answers anyway, and clients see a cut one.
            var body = new ArrayBufferWriter<byte>(1024);
            await using (var writer = new Utf8JsonWriter(body, Legible))
                JsonSerializer.Serialize(writer, Value, Type);
            response.StatusCode = Status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.WrittenCount;
            if (Location is not null)
                response.Headers.Location = Location;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
        }
    }

    private sealed record ProblemAnswer(int Status, string Detail) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext, Status, Detail);
    }
}
