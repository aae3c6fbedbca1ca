using System.Text.Json;

namespace SegFunctions.App.Hosting.Http;

/// <summary>Reads JSON that a client sent, so that what is wrong with it becomes an answer and not a failure.</summary>
public static class JsonBody
{
    /// <exception cref="BadHttpRequestException">
    /// 415 for another content type, 400 for a body that is no such JSON; the host answers it with problem details that
    /// name line and byte.
    /// </exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                $"The content type is '{request.ContentType}'; send application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await request.ReadFromJsonAsync<T>(cancellationToken)
                ?? throw new BadHttpRequestException("The body is null; send a JSON value.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(
                $"The body is not the JSON that is expected here: {exception.Path ?? "$"}, line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                exception);
        }
    }
}
