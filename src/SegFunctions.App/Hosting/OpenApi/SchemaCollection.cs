using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace SegFunctions.App.Hosting.OpenApi;

/// <summary>The schemas that a description refers to, one per type.</summary>
internal sealed class SchemaCollection(JsonSerializerOptions json, JsonSchemaExporterOptions export)
{
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _owners = new(StringComparer.Ordinal);

    public void Add(string name, JsonNode schema) => _schemas[name] = schema;

    /// <summary>The schema of a type, or a reference to it where the type has a name of its own.</summary>
    public JsonNode For(Type type)
    {
        if (type.IsPrimitive || type.Namespace is null or "System" || type.Namespace.StartsWith("System.", StringComparison.Ordinal) || type.IsArray)
            return json.GetJsonSchemaAsNode(type, export);
        var name = Name(type);
        if (_owners.TryGetValue(name, out var owner) && owner != type)
            name = $"{type.Namespace.Replace('.', '_')}_{name}";
        if (_owners.TryAdd(name, type))
            _schemas[name] = WithReferencesTo(name, json.GetJsonSchemaAsNode(type, export));
        return new JsonObject { ["$ref"] = Pointer(name) };
    }

    public JsonObject ToJson() => new(_schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone())));

    private static string Pointer(string name) => $"#/components/schemas/{name}";

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(Name))}"
        : type.Name;

    /// <summary>The exporter's references count from the schema's own root, which lies deeper in the description.</summary>
    private static JsonNode WithReferencesTo(string name, JsonNode schema)
    {
        switch (schema)
        {
            case JsonObject node:
                foreach (var (key, child) in node.ToArray())
                {
                    if (key == "$ref" && child is JsonValue value && value.GetValue<string>() is ['#', .. var rest])
                        node[key] = Pointer(name) + rest;
                    else if (child is not null)
                        WithReferencesTo(name, child);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is not null)
                        WithReferencesTo(name, item);
                }

                break;
        }

        return schema;
    }
}
