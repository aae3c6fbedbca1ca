using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SegFunctions.Cli.Local;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

/// <summary>Commands that work together on a storage, each in a process of its own.</summary>
public sealed partial class StorageTests
{
    private const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1;";

    private static readonly (string, string?)[] Secrets =
        [("SegFunctions__CustomerKeySecret", Secret), ("SegFunctions__VaultKey", Secret), ("SegFunctions__ApiKey", "0123456789abcdef0123")];

    [Fact]
    public async Task Account_without_its_settings_is_told_all_that_are_missing()
    {
        using var settings = new EnvironmentVariables(
            ("SegFunctions__CustomerKeySecret", null), ("SegFunctions__VaultKey", null), ("SegFunctions__ApiKey", "x"));
        (await Segfunctions.RunAsync("serve", "--storage", Nowhere)).Expect(
            CommandLine.Failed, "SegFunctions__CustomerKeySecret, SegFunctions__VaultKey as environment variables");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("refresh")]
    [InlineData("upload FILE")]
    public async Task Storage_that_cannot_be_reached_is_named_with_its_address(string line)
    {
        using var settings = new EnvironmentVariables(Secrets);
        using var folder = new TemporaryFolder();
        var file = folder.Write("orders.csv", "a\n");
        string[] command = [.. line.Replace("FILE", file, StringComparison.Ordinal).Split(' '), "--storage", Nowhere];
        (await Segfunctions.RunAsync(command)).Expect(CommandLine.Failed, "cannot be reached", "http://127.0.0.1:1/");
    }

    [Fact]
    public async Task Missing_node_is_named_with_its_cure()
    {
        using var folder = new TemporaryFolder();
        // An absolute path, for the child's PATH has nothing on it.
        await using var demo = ChildProcess.Start(
            Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "segfunctions.dll"), "demo", "--customers", "10"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = folder.Path }, folder.Path);
        (await demo.EndingAsync()).Expect(CommandLine.Failed, "'node' was not found", "Node.js 20");
    }

    [Fact]
    public async Task Files_and_refreshes_of_other_processes_are_served_until_an_interrupt_ends_all_in_order()
    {
        using var folder = new TemporaryFolder();
        (await Segfunctions.RunAsync("sample", "--out", folder.File("files"), "--customers", "60")).Expect(CommandLine.Done);
        await using var serve = Segfunctions.Start(folder.Path, Local, "serve", "--storage", "store", "--port", "0");
        var url = await UrlOfAsync(serve);
        var running = RunningAzurite.Find(folder.File("store"))!;

        var upload = await RunInAsync(folder, "upload", folder.File("files/orders/web-shop.csv"), "--dataset", "orders", "--wait", "--storage", "store", "--json");
        var taken = Assert.Single(upload.Expect(CommandLine.Done).Json.GetProperty("uploads").EnumerateArray());
        Assert.Equal("accepted", taken.GetProperty("status").GetString());
        Assert.True(taken.GetProperty("rows").GetProperty("accepted").GetInt64() > 0);

        var refused = await RunInAsync(folder, "upload", folder.Write("bad.csv", "a\n1\n"), "--wait", "--storage", "store");
        refused.Expect(CommandLine.Failed);
        Assert.Contains("failed", refused.Out, StringComparison.Ordinal);

        var refresh = await RunInAsync(folder, "refresh", "--wait", "--as-of", "2025-07-01", "--storage", "store", "--json");
        Assert.Equal("completed", refresh.Expect(CommandLine.Done).Json.GetProperty("status").GetString());
        Assert.True(refresh.Json.GetProperty("customers").GetInt32() > 0);

        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Add("x-functions-key", LocalSecrets.OpenOrCreate(folder.File("store")).ApiKey);
        Assert.Contains("2025-07-01", await http.GetStringAsync("/api/v1/segments"), StringComparison.Ordinal);
        using var stranger = new HttpClient { BaseAddress = url };
        using var answer = await stranger.GetAsync("/api/v1/segments");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

        await serve.SignalAsync("INT");
        Assert.Equal(CommandLine.Done, await serve.EndAsync());
        Assert.DoesNotContain("   at ", serve.Errors, StringComparison.Ordinal);
        Assert.False(IsListening(running));
        Assert.Null(RunningAzurite.Find(folder.File("store")));
    }

    [Fact]
    public async Task Taken_port_is_named_and_an_interrupted_wait_for_nobody_said_what_it_waited_for()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var azurite = Segfunctions.Start(folder.Path, Local, "serve", "--storage", "store", "--port", $"{port}");
        (await azurite.EndingAsync()).Expect(CommandLine.Failed, $"{port}");

        // The same account as a connection string, where nobody can know whether a host runs.
        await using var server = await AzuriteOf(folder);
        var environment = Secrets.ToDictionary(secret => secret.Item1, secret => secret.Item2, StringComparer.Ordinal);
        await using var upload = Segfunctions.Start(
            folder.Path, environment, "upload", folder.Write("orders.csv", "a\n1\n"), "--wait", "--storage", server.ConnectionString);
        await SaidAsync(upload, "no host has begun");
        await upload.SignalAsync("INT");
        (await upload.EndingAsync()).Expect(CommandLine.Failed, "intake", "Interrupted");
    }

    [Fact]
    public async Task Upload_to_a_folder_without_a_host_is_kept_for_the_next_one()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("orders.csv", "order_id,customer_id,date,quantity,price\n1,2,2025-01-01,1,2.5\n");
        (await RunInAsync(folder, "upload", file, "--wait", "--storage", "store")).Expect(CommandLine.Failed, "serve --storage");
        (await RunInAsync(folder, "upload", file, "--storage", "store")).Expect(CommandLine.Done, "No host runs");

        await using var serve = Segfunctions.Start(folder.Path, Local, "serve", "--storage", "store", "--port", "0");
        using var http = new HttpClient { BaseAddress = await UrlOfAsync(serve) };
        http.DefaultRequestHeaders.Add("x-functions-key", LocalSecrets.OpenOrCreate(folder.File("store")).ApiKey);
        var began = TimeProvider.System.GetTimestamp();
        while (!(await http.GetStringAsync("/api/v1/uploads")).Contains("\"accepted\"", StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < ChildProcess.Guard, "the file was not taken in");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        await serve.SignalAsync("TERM");
        Assert.Equal(CommandLine.Done, await serve.EndAsync());
    }

    /// <summary>Settings of this machine must not send a test to another storage.</summary>
    private static Dictionary<string, string?> Local => new(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = null };

    private static async Task<Segfunctions.Ending> RunInAsync(TemporaryFolder folder, params string[] arguments)
    {
        await using var command = Segfunctions.Start(folder.Path, Local, arguments);
        return await command.EndingAsync();
    }

    private static async Task<Azurite.AzuriteProcess> AzuriteOf(TemporaryFolder folder) =>
        await Azurite.AzuriteProcess.StartAsync(Azurite.AzuriteFolder.Find(), folder.File("account"), TimeProvider.System, CancellationToken.None);

    internal static async Task<Uri> UrlOfAsync(ChildProcess serve)
    {
        await SaidAsync(serve, "Serving ");
        return new Uri(ServedAt().Match(serve.Errors).Groups["url"].Value);
    }

    internal static async Task SaidAsync(ChildProcess process, string words)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!process.Errors.Contains(words, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"the process ended: {process.Output}{process.Errors}");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < ChildProcess.Guard, $"never said '{words}': {process.Output}{process.Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    internal static bool IsListening(RunningAzurite azurite)
    {
        var port = new Uri(Endpoint().Match(azurite.ConnectionString).Groups["url"].Value).Port;
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

    [GeneratedRegex(@"Serving .* at (?<url>http://\S+?)/?( until|\s)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServedAt();

    [GeneratedRegex("BlobEndpoint=(?<url>[^;]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Endpoint();
}
