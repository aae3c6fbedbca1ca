using Microsoft.Net.Http.Headers;
using SegFunctions.App.Hosting.Declaration;

namespace SegFunctions.App.Hosting.OpenApi;

/// <summary>Serves the description of the HTTP functions.</summary>
internal sealed class OpenApiFunction(OpenApiDocument document)
{
    [Function("OpenApi")]
    [Summary("This description, in OpenAPI 3.1.")]
    [Returns(200, Description = "The description.")]
    public Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(Results.Bytes(document.Content, "application/json", entityTag: new EntityTagHeaderValue(document.ETag)));
    }
}
