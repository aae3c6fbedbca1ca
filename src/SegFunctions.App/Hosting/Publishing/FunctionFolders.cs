using System.Text.Json;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.Publishing;

/// <summary>The folders that make the published output a function app: one per function, with its function.json.</summary>
internal static class FunctionFolders
{
    private const string FileName = "function.json";
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes all folders below <paramref name="root"/> and removes those of functions that are no more.</summary>
    public static void Write(FunctionRegistry registry, string root)
    {
        foreach (var folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            if (File.Exists(Path.Combine(folder, FileName)) && registry.Find(Path.GetFileName(folder)) is null)
                Directory.Delete(folder, recursive: true);
        }

        foreach (var function in registry.Functions)
        {
            var folder = Path.Combine(root, function.Name);
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, FileName), Describe(function));
        }
    }

    /// <summary>What stands in the function.json files below <paramref name="root"/> that one of the hosts would not honour.</summary>
    public static IReadOnlyList<string> FindFaults(string root)
    {
        var faults = new List<string>();
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, FileName);
            if (!File.Exists(file))
                continue;
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                if (document.RootElement.TryGetProperty("disabled", out var disabled) && disabled.ValueKind != JsonValueKind.False)
                {
                    faults.Add($"{file}: 'disabled' is not read by the Functions host, which would run the function; "
                        + $"use the app setting AzureWebJobs.{Path.GetFileName(folder)}.Disabled.");
                }

                if (document.RootElement.TryGetProperty("retry", out _))
                    faults.Add($"{file}: 'retry' is not implemented by the built-in host; remove it.");
            }
            catch (JsonException exception)
            {
                faults.Add($"{file}, line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: this is no JSON.");
            }
        }

        return faults;
    }

    /// <summary>The function.json of one function.</summary>
    public static byte[] Describe(FunctionDefinition function)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("bindings");
            switch (function.Trigger)
            {
                case HttpFunctionTrigger http:
                    DescribeHttp(writer, http);
                    break;
                case QueueFunctionTrigger queue:
                    Begin(writer, "queueTrigger", queue.Binding);
                    WriteDataType(writer, queue.IsText);
                    writer.WriteString("queueName", queue.QueueName);
                    writer.WriteString("connection", queue.Connection ?? "AzureWebJobsStorage");
                    writer.WriteEndObject();
                    break;
                case TimerFunctionTrigger timer:
                    Begin(writer, "timerTrigger", timer.Binding);
                    writer.WriteString("schedule", timer.Schedule);
                    if (timer.RunOnStartup)
                        writer.WriteBoolean("runOnStartup", true);
                    writer.WriteBoolean("runOnStartup", value: false);
                    writer.WriteBoolean("useMonitor", value: true);
                    writer.WriteEndObject();
                    break;
                case ServiceBusFunctionTrigger bus:
                    DescribeServiceBus(writer, bus);
                    break;
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    private static void DescribeHttp(Utf8JsonWriter writer, HttpFunctionTrigger http)
    {
        Begin(writer, "httpTrigger", http.Binding);
        writer.WriteString("authLevel", http.Level switch
        {
            AuthorizationLevel.Anonymous => "anonymous",
            AuthorizationLevel.Admin => "admin",
            _ => "function",
        });
        writer.WriteStartArray("methods");
        foreach (var method in http.Methods)
            writer.WriteStringValue(method.ToLowerInvariant());
        writer.WriteEndArray();
        writer.WriteString("route", http.Route);
        writer.WriteEndObject();

        // With nothing beside this pair the host forwards the request as it is instead of wrapping it.
        writer.WriteStartObject();
        writer.WriteString("type", "http");
        writer.WriteString("direction", "out");
        writer.WriteString("name", http.OutputBinding);
        writer.WriteEndObject();
    }

    private static void DescribeServiceBus(Utf8JsonWriter writer, ServiceBusFunctionTrigger bus)
    {
        Begin(writer, "serviceBusTrigger", bus.Binding);
        WriteDataType(writer, bus.IsText);
        if (bus.QueueName is not null)
        {
            writer.WriteString("queueName", bus.QueueName);
        }
        else
        {
            writer.WriteString("topicName", bus.TopicName);
            writer.WriteString("subscriptionName", bus.SubscriptionName);
        }

        writer.WriteString("connection", bus.Connection ?? "AzureWebJobsServiceBus");
        writer.WriteBoolean("isSessionsEnabled", bus.IsSessionsEnabled);
        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, string type, string binding)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("direction", "in");
        writer.WriteString("name", binding);
    }

    // Binary spares the second encoding of text, and keeps a message's own properties out of its metadata.
    private static void WriteDataType(Utf8JsonWriter writer, bool isText) =>
        writer.WriteString("dataType", isText ? "string" : "binary");
}
