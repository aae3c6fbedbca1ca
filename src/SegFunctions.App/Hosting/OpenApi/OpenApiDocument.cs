using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.OpenApi;

/// <summary>The OpenAPI 3.1 description of all HTTP functions, built from their declarations when it is first asked for.</summary>
/// <remarks>Schemas of OpenAPI 3.1 are JSON Schema, so the serializer's own export of a type is its schema.</remarks>
internal sealed class OpenApiDocument
{
    private const string JsonType = "application/json";

    // How .NET writes a number that may also come as text: too much for a reader of the description.
    private static readonly JsonSchemaExporterOptions Export = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Simplify };

    private readonly Lazy<byte[]> _content;
    private readonly Lazy<string> _etag;

    public OpenApiDocument(FunctionRegistry registry, IOptions<JsonOptions> json)
    {
        _content = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(Build(registry, json.Value.SerializerOptions)));
        _etag = new Lazy<string>(() => $"\"{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8))}\"");
    }

    public byte[] Content => _content.Value;

    public string ETag => _etag.Value;

    private static JsonObject Build(FunctionRegistry registry, JsonSerializerOptions json)
    {
        json.MakeReadOnly(populateMissingResolver: true);
        var schemas = new SchemaCollection(json, Export);
        var paths = new JsonObject();
        foreach (var function in registry.Functions)
        {
            if (function.Trigger is not HttpFunctionTrigger http)
                continue;
            var address = $"/{HttpFunctionEndpoint.Prefix}/{FunctionRoute.Plain(http.Pattern)}";
            if (paths[address] is not JsonObject path)
                paths[address] = path = [];
            foreach (var method in http.Methods)
                path[method.ToLowerInvariant()] = Operation(function, http, method, schemas);
        }

        schemas.Add("Problem", ProblemSchema());
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "SegFunctions",
                ["version"] = typeof(OpenApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
                    ["code"] = new JsonObject { ["type"] = "apiKey", ["in"] = "query", ["name"] = "code" },
                },
            },
        };
    }

    private static JsonObject Operation(FunctionDefinition function, HttpFunctionTrigger http, string method, SchemaCollection schemas)
    {
        var operation = new JsonObject { ["operationId"] = http.Methods.Count == 1 ? function.Name : $"{function.Name}_{method.ToLowerInvariant()}" };
        if (function.Method.GetCustomAttribute<SummaryAttribute>() is { } summary)
            operation["summary"] = summary.Text;
        var parameters = Parameters(function, http, schemas);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (function.Method.GetCustomAttribute<AcceptsAttribute>() is { } accepts)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = accepts.IsRequired,
                ["content"] = new JsonObject { [accepts.ContentType] = new JsonObject { ["schema"] = schemas.For(accepts.Body) } },
            };
        }

        operation["responses"] = Responses(function, http, schemas);
        operation["security"] = http.Level == AuthorizationLevel.Anonymous
            ? []
            : new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["code"] = new JsonArray() });
        return operation;
    }

    private static JsonArray Parameters(FunctionDefinition function, HttpFunctionTrigger http, SchemaCollection schemas)
    {
        var parameters = new JsonArray();
        foreach (var part in http.Pattern.Parameters)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = part.Name,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = new JsonObject { ["type"] = "string" },
            });
        }

        foreach (var declared in function.Method.GetCustomAttributes<ParameterAttribute>().OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            parameters.Add(new JsonObject
            {
                ["name"] = declared.Name,
                ["in"] = declared.Place,
                ["description"] = declared.Description,
                ["required"] = declared.IsRequired,
                ["schema"] = schemas.For(declared.Type),
            });
        }

        return parameters;
    }

    private static JsonObject Responses(FunctionDefinition function, HttpFunctionTrigger http, SchemaCollection schemas)
    {
        var responses = new JsonObject();
        foreach (var returns in function.Method.GetCustomAttributes<ReturnsAttribute>().OrderBy(returns => returns.Status))
        {
            var response = new JsonObject { ["description"] = returns.Description ?? ReasonPhrases.GetReasonPhrase(returns.Status) };
            if (returns.Body is { } body)
                response["content"] = new JsonObject { [returns.ContentType] = new JsonObject { ["schema"] = schemas.For(body) } };
            else if (returns.Status >= 400)
                response["content"] = ProblemContent();
            responses[returns.Status.ToString()] = response;
        }

        if (http.Level != AuthorizationLevel.Anonymous)
            responses.TryAdd("401", new JsonObject { ["description"] = "The key is missing or wrong." });
        responses["default"] = new JsonObject { ["description"] = "What went wrong, as problem details.", ["content"] = ProblemContent() };
        return responses;
    }

    private static JsonObject ProblemContent() => new()
    {
        [Problem.ContentType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
    };

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "Problem details of RFC 9457.",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["traceId"] = new JsonObject { ["type"] = "string", ["description"] = "Names the request in the logs." },
        },
    };

    private static JsonNode Simplify(JsonSchemaExporterContext context, JsonNode schema)
    {
        // The web defaults read numbers from text too, which the export says as type plus pattern.
        if (schema is JsonObject node && node["pattern"] is not null && node["type"] is JsonArray types)
        {
            foreach (var number in types.Where(type => type!.GetValue<string>() is "integer" or "number").ToArray())
            {
                node.Remove("pattern");
                var nullable = types.Any(type => type!.GetValue<string>() == "null");
                node["type"] = nullable ? new JsonArray(number!.DeepClone(), "null") : number!.DeepClone();
                break;
            }
        }

        return schema;
    }
}
