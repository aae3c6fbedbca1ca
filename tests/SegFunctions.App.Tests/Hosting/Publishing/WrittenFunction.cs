using System.Text.Json;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Tests.Hosting.Publishing;

/// <summary>Reads a function.json as the Functions host would, and holds it to the declaration.</summary>
internal static class WrittenFunction
{
    public static void AssertAgrees(FunctionDefinition function, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        Assert.Equal(["bindings"], root.EnumerateObject().Select(member => member.Name));
        var bindings = root.GetProperty("bindings").EnumerateArray().ToArray();
        var trigger = Assert.Single(bindings, binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
        Assert.Equal("in", Text(trigger, "direction"));
        Assert.Equal(function.Trigger.Binding, Text(trigger, "name"));
        Assert.Contains(function.Method.GetParameters(), parameter => parameter.Name == Text(trigger, "name"));
        switch (function.Trigger)
        {
            case HttpFunctionTrigger http:
                Assert.Equal("httpTrigger", Text(trigger, "type"));
                Assert.Equal(http.Route, Text(trigger, "route"));
                Assert.Equal(http.Level.ToString(), Text(trigger, "authLevel"), ignoreCase: true);
                Assert.Equal(http.Methods, trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant()));
                var answer = Assert.Single(bindings, binding => Text(binding, "type") == "http");
                Assert.Equal("out", Text(answer, "direction"));
                Assert.NotEqual(Text(trigger, "name"), Text(answer, "name"), StringComparer.OrdinalIgnoreCase);
                Assert.Equal(2, bindings.Length);
                break;
            case QueueFunctionTrigger queue:
                Assert.Equal("queueTrigger", Text(trigger, "type"));
                Assert.Equal(queue.QueueName, Text(trigger, "queueName"));
                Assert.Equal(queue.Connection ?? "AzureWebJobsStorage", Text(trigger, "connection"));
                Assert.Equal(queue.IsText ? "string" : "binary", Text(trigger, "dataType"));
                Assert.Single(bindings);
                break;
            case TimerFunctionTrigger timer:
                Assert.Equal("timerTrigger", Text(trigger, "type"));
                Assert.Equal(timer.Schedule, Text(trigger, "schedule"));
                Assert.False(trigger.GetProperty("runOnStartup").GetBoolean());
                Assert.Single(bindings);
                break;
            case ServiceBusFunctionTrigger bus:
                Assert.Equal("serviceBusTrigger", Text(trigger, "type"));
                Assert.Equal(bus.QueueName ?? bus.TopicName, Text(trigger, bus.QueueName is null ? "topicName" : "queueName"));
                Assert.Equal(bus.IsText ? "string" : "binary", Text(trigger, "dataType"));
                Assert.Single(bindings);
                break;
        }
    }

    private static string Text(JsonElement binding, string name) => binding.GetProperty(name).GetString()!;
}
