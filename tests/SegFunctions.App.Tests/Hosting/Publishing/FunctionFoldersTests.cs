using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.App.Hosting.Publishing;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Tests.Hosting.Publishing;

public sealed class FunctionFoldersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("segfunctions-folders").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("TakeBytes", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","dataType":"binary","queueName":"sample-bytes","connection":"AzureWebJobsStorage"}]}""")]
    [InlineData("TakeText", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","dataType":"string","queueName":"sample-text","connection":"AzureWebJobsStorage"}]}""")]
    [InlineData("Nightly", """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 0 3 * * *","runOnStartup":false,"useMonitor":true}]}""")]
    [InlineData("TakeBus", """{"bindings":[{"type":"serviceBusTrigger","direction":"in","name":"message","dataType":"binary","queueName":"events","connection":"Bus","isSessionsEnabled":false}]}""")]
    [InlineData("GetThing", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"function","methods":["get"],"route":"v1/things/{id}/parts"},{"type":"http","direction":"out","name":"res"}]}""")]
    [InlineData("PutThing", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"admin","methods":["put","post"],"route":"v1/things"},{"type":"http","direction":"out","name":"res"}]}""")]
    [InlineData("Health", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"res","authLevel":"anonymous","methods":["get"],"route":"v1/health"},{"type":"http","direction":"out","name":"answer"}]}""")]
    public void Every_kind_of_trigger_is_written_as_the_functions_host_reads_it(string function, string expected)
    {
        FunctionFolders.Write(Some.Registry(), _root);

        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(_root, function, "function.json")));

        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), written!.ToJsonString());
    }

    [Fact]
    public void Folders_are_exactly_the_functions_of_the_app_and_hold_nothing_else()
    {
        var registry = FunctionRegistry.FromAssembly(typeof(FunctionRegistry).Assembly);
        Directory.CreateDirectory(Path.Combine(_root, "RemovedLongAgo"));
        File.WriteAllText(Path.Combine(_root, "RemovedLongAgo", "function.json"), "{}");
        Directory.CreateDirectory(Path.Combine(_root, "runtimes"));

        FunctionFolders.Write(registry, _root);

        Assert.Equal(
            registry.Functions.Select(function => function.Name).Append("runtimes").Order(StringComparer.Ordinal),
            Directory.GetDirectories(_root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var function in registry.Functions)
        {
            Assert.Equal(["function.json"], Directory.GetFiles(Path.Combine(_root, function.Name)).Select(Path.GetFileName));
            WrittenFunction.AssertAgrees(function, Path.Combine(_root, function.Name, "function.json"));
        }

        Assert.Empty(FunctionFolders.FindFaults(_root));
    }

    [Fact]
    public void What_azure_would_ignore_is_found()
    {
        Write("Off", """{ "disabled": true, "bindings": [] }""");
        Write("Retried", """{ "retry": { "strategy": "fixedDelay" }, "bindings": [] }""");
        Write("Broken", "{");

        var faults = FunctionFolders.FindFaults(_root);

        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("AzureWebJobs.Off.Disabled", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'retry' is not implemented", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("line 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_plain_utf8_with_unix_line_ends()
    {
        var bytes = FunctionFolders.Describe(Some.Registry().Find("TakeBytes")!);

        Assert.Equal((byte)'{', bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.DoesNotContain('\r', Encoding.UTF8.GetString(bytes));
        Assert.NotNull(JsonDocument.Parse(bytes));
    }

    private void Write(string function, string json)
    {
        Directory.CreateDirectory(Path.Combine(_root, function));
        File.WriteAllText(Path.Combine(_root, function, "function.json"), json);
    }
}
