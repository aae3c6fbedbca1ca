using System.Text.Json;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.App.Hosting.Settings;

namespace SegFunctions.App.Tests.Hosting.Publishing;

/// <summary>host.json, as it lies beside the executable.</summary>
public sealed class HostJsonTests
{
    private static readonly string HostJson = Path.Combine(AppContext.BaseDirectory, "host.json");

    [Fact]
    public void It_says_what_the_functions_host_needs_to_start_us_and_to_forward_requests()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(HostJson));
        var root = document.RootElement;

        Assert.Equal("2.0", root.GetProperty("version").GetString());
        var handler = root.GetProperty("customHandler");
        Assert.Equal("segfunctions-host", handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        // Routes in host.json and function.json files exclude each other.
        Assert.False(handler.TryGetProperty("http", out _));
        Assert.False(root.TryGetProperty("retry", out _));
        Assert.Equal(HttpFunctionEndpoint.Prefix, root.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.StartsWith("[4.", root.GetProperty("extensionBundle").GetProperty("version").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_host_takes_the_same_figures()
    {
        var faults = new List<string>();

        var options = QueuePumpOptions.Read(HostConfiguration.Load(HostJson), faults);

        Assert.Empty(faults);
        Assert.Equal((8, 4, 5), (options.BatchSize, options.NewBatchThreshold, options.MaxDequeueCount));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2)), (options.VisibilityTimeout, options.MaxPollingInterval));
    }
}
