using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using SegFunctions.Testing;

namespace SegFunctions.EndToEnd.Tests.Commands;

/// <summary>The README's command, as a stranger runs it.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("segfunctions-demo").FullName;

    [Fact]
    public async Task Demo_shows_what_the_files_came_to_and_leaves_nothing_running()
    {
        await using var demo = Start("demo", "--customers", "300", "--seed", "1", "--json");
        Assert.True(await demo.EndAsync() == 0, demo.Output + demo.Errors);
        Assert.DoesNotContain('\u001b', demo.Errors);
        Assert.DoesNotContain("   at ", demo.Errors, StringComparison.Ordinal);

        var result = JsonDocument.Parse(demo.Output).RootElement;
        var rows = result.GetProperty("rows");
        Assert.True(Count(rows, "read") > 0);
        Assert.Equal(Count(rows, "read"), Count(rows, "accepted") + Count(rows, "refused") + Count(rows, "duplicates"));
        Assert.Equal(3, result.GetProperty("uploads").GetArrayLength());
        foreach (var name in new[] { "read", "accepted", "refused", "duplicates" })
            Assert.Equal(Count(rows, name), result.GetProperty("uploads").EnumerateArray().Sum(upload => Count(upload.GetProperty("rows"), name)));
        Assert.All(result.GetProperty("uploads").EnumerateArray(), upload => Assert.Equal("accepted", upload.GetProperty("status").GetString()));

        var customers = Count(result, "customers");
        Assert.InRange(customers, 250, 300);
        var segments = result.GetProperty("segments").EnumerateArray().ToArray();
        Assert.All(segments, segment => Assert.Contains(segment.GetProperty("kind").GetString(), new[] { "stage", "rfm", "cluster", "micro", "rule", "prediction" }));
        Assert.All(segments, segment => Assert.NotEqual("", segment.GetProperty("name").GetString()));
        Assert.Equal(customers, segments.Where(segment => segment.GetProperty("kind").GetString() == "stage").Sum(segment => Count(segment, "members")));
        Assert.Equal(customers, segments.Where(segment => segment.GetProperty("kind").GetString() == "rfm").Sum(segment => Count(segment, "members")));
        Assert.True(result.GetProperty("churn").TryGetProperty("auc", out _));
        Assert.Contains(result.GetProperty("churn").GetProperty("model").GetString(), new[] { "logistic", "trees", "blend", "baseline", "none" });
        Assert.Contains(result.GetProperty("lifetime").GetProperty("model").GetString(), new[] { "bgnbd", "mbgnbd", "paretonbd", "nbd", "naive" });
        foreach (var next in new[] { "nextProducts", "nextCategories" })
            Assert.Contains(result.GetProperty(next).GetProperty("model").GetString(), new[] { "related", "popular" });
        Assert.Equal(3, result.GetProperty("lookups").GetArrayLength());
        Assert.All(result.GetProperty("lookups").EnumerateArray(), lookup => Assert.Equal(200, Count(lookup, "status")));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), result.GetProperty("asOf").GetDateTimeOffset());
        foreach (var member in new[] { "run", "storage", "url", "apiKey" })
            Assert.NotEqual("", result.GetProperty(member).GetString());
        Assert.True(result.GetProperty("seconds").GetProperty("total").GetDouble() > 0);

        Assert.False(IsListening(new Uri(result.GetProperty("url").GetString()!).Port));
        Assert.False(IsListening(EmulatorPort(result.GetProperty("storage").GetString()!)));
    }

    [Fact]
    public async Task Emulator_of_a_demo_that_is_killed_ends_with_it_and_the_folder_can_be_used_again()
    {
        var announcement = Path.Combine(_folder, ".segfunctions", "demo", "azurite.json");
        await using (var demo = Start("demo", "--customers", "300", "--json"))
        {
            await UntilAsync(() => File.Exists(announcement) && demo.Errors.Contains("Taking in files", StringComparison.Ordinal));
            await demo.KillAsync();
        }

        var port = EmulatorPort(JsonDocument.Parse(await File.ReadAllBytesAsync(announcement)).RootElement.GetProperty("connectionString").GetString()!);
        await using var next = Start("demo", "--customers", "20", "--json");
        Assert.True(await next.EndAsync() == 0, next.Output + next.Errors);
        Assert.False(IsListening(port));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChildProcess Start(params string[] arguments) => ChildProcess.Start(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "segfunctions.dll"), .. arguments],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = null },
        _folder);

    private static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static async Task UntilAsync(Func<bool> isReached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isReached())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < ChildProcess.Guard, "it never came");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static int EmulatorPort(string connection) =>
        int.Parse(BlobPort().Match(connection).Groups["port"].Value, CultureInfo.InvariantCulture);

    private static bool IsListening(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"BlobEndpoint=http://[^:;]+:(?<port>\d+)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BlobPort();
}
