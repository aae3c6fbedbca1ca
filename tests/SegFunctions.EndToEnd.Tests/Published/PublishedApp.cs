using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SegFunctions.EndToEnd.Tests.Kills;
using SegFunctions.Testing;

namespace SegFunctions.EndToEnd.Tests.Published;

/// <summary>The folder that <c>dotnet publish</c> makes, and an Azurite for it: made once for all tests of it.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly AzuriteServer _azurite = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("segfunctions-published").FullName;

    public string Connection => _azurite.ConnectionString;

    /// <summary>The trigger of every function, by the function's name, as the Functions host reads it.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Triggers { get; private set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        await _azurite.InitializeAsync();
        await using var publish = ChildProcess.Start("dotnet", ["publish", AppProject(), "-c", "Release", "-o", _folder, "-v", "q", "--nologo"]);
        while (!publish.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.True(await publish.EndAsync() == 0, publish.Output + publish.Errors);
        Triggers = Directory.EnumerateFiles(_folder, "function.json", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetFileName(Path.GetDirectoryName(file)!),
            file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("bindings").EnumerateArray()
                .Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts the executable as the Functions host does.</summary>
    internal (ChildProcess Process, HttpClient Client) Start()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var process = ChildProcess.Start(
            Path.Combine(_folder, "segfunctions-host"),
            [],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "5a0e4a10-0000-4c53-9c8e-7f4f0b0e4a10",
                ["FUNCTIONS_HTTPWORKER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                // The trap that the Functions host's image sets.
                ["ASPNETCORE_URLS"] = "http://+:80",
                ["AzureWebJobsStorage"] = Connection,
                ["SegFunctions__CustomerKeySecret"] = HostRun.Secret,
                ["SegFunctions__VaultKey"] = HostRun.Secret,
                ["SegFunctions__QuietPeriod"] = "00:00:01",
            },
            _folder);
        return (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }

    /// <summary>Asks until somebody listens; any answer ends it.</summary>
    internal static async Task<HttpStatusCode> FirstAnswerAsync(ChildProcess process, HttpClient client, string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(path);
                return answer.StatusCode;
            }
            catch (HttpRequestException)
            {
                Assert.False(process.HasExited, process.Output + process.Errors);
                Assert.True(TimeProvider.System.GetElapsedTime(began) < ChildProcess.Guard, "nobody listens");
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }
        }
    }

    private static string AppProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SegFunctions.sln")))
                return Path.Combine(folder.FullName, "src", "SegFunctions.App");
        }

        throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
