using System.Net;
using System.Text.Json;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>The executable as a process: what it says and with which code it ends.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class HostProgramTests(AzuriteServer azurite)
{
    private static readonly string[] Executable = [Path.Combine(AppContext.BaseDirectory, "segfunctions-host.dll")];

    [Fact]
    public async Task Missing_settings_end_it_with_one_clear_message_each_and_no_stack_trace()
    {
        var environment = BuiltIn(storage: "", port: 0);
        environment["SegFunctions__CustomerKeySecret"] = "AAEC";
        environment["SegFunctions__VaultKey"] = null;

        await using var ended = await HostProcess.RunAsync("dotnet", Executable, environment);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(4, ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("- The app setting AzureWebJobsStorage is missing", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("- The app setting SegFunctions__CustomerKeySecret holds 3 bytes; it needs at least 16.", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("- The app setting SegFunctions__VaultKey is missing", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_arguments_end_it_with_2()
    {
        await using var ended = await HostProcess.RunAsync("dotnet", [.. Executable, "--help"], []);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("--write-functions DIR", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_ends_the_built_in_host_with_1()
    {
        var dead = $"http://127.0.0.1:{Some.FreePort()}/devstoreaccount1";
        var environment = BuiltIn(azurite.ConnectionString.Replace(azurite.BlobEndpoint.ToString(), dead, StringComparison.Ordinal), port: 0);

        await using var ended = await HostProcess.RunAsync("dotnet", Executable, environment);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("does not listen (connection refused)", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_in_host_serves_until_sigterm_and_ends_with_0()
    {
        var port = Some.FreePort();
        await using var app = HostProcess.Start("dotnet", Executable, BuiltIn(azurite.ConnectionString, port));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await AnswersAsync(client, app);

        Assert.Equal(0, await app.TerminateAsync());
        Assert.Equal("", app.Errors.Trim());
    }

    [Fact]
    public async Task Under_the_functions_host_it_answers_on_loopback_and_logs_json_lines()
    {
        var port = Some.FreePort();
        await using var app = HostProcess.Start("dotnet", Executable, HostProcess.UnderTheFunctionsHost(port));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await app.AnswersAsync(client);
        using var answer = await client.PostAsync("/OpenApi", new StringContent("no JSON"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        Assert.Equal(200, await app.TerminateAsync());

        Assert.Equal("", app.Errors.Trim());
        var lines = app.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
        // That nothing limits how long data is kept, and the request that failed.
        Assert.Equal(["4106 Warning", "110 Error"], lines.Select(line => $"{line.GetProperty("EventId").GetInt32()} {line.GetProperty("LogLevel").GetString()}"));
    }

    [Fact]
    public async Task Port_that_is_taken_ends_it_with_1()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await using var ended = await HostProcess.RunAsync("dotnet", Executable, HostProcess.UnderTheFunctionsHost(((IPEndPoint)taken.LocalEndpoint).Port));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("address already in use", ended.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> BuiltIn(string storage, int port) => new(StringComparer.Ordinal)
    {
        ["FUNCTIONS_CUSTOMHANDLER_PORT"] = null,
        ["AzureWebJobsStorage"] = storage,
        ["SegFunctions__ApiKey"] = Some.Key,
        ["SegFunctions__CustomerKeySecret"] = HostProcess.Secret,
        ["SegFunctions__VaultKey"] = HostProcess.Secret,
        ["SegFunctions__Url"] = $"http://127.0.0.1:{port}",
    };

    private static async Task AnswersAsync(HttpClient client, HostProcess app)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/api/openapi.json");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Calls.Guard, $"the process does not answer: {app.Errors}");
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
            }
        }
    }
}
