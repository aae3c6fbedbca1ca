using System.Diagnostics;
using System.Net;
using System.Text;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>The app in a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>32 bytes, no secret.</summary>
    public const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private HostProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>The variables that the Functions host hands down, with the trap that its image sets.</summary>
    public static Dictionary<string, string?> UnderTheFunctionsHost(int port) => new(StringComparer.Ordinal)
    {
        ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}",
        ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "5a0e4a10-0000-4c53-9c8e-7f4f0b0e4a10",
        ["FUNCTIONS_HTTPWORKER_PORT"] = $"{port}",
        ["ASPNETCORE_URLS"] = "http://+:80",
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["SegFunctions__CustomerKeySecret"] = Secret,
        ["SegFunctions__VaultKey"] = Secret,
    };

    public static HostProcess Start(string file, IEnumerable<string> arguments, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new HostProcess(Process.Start(start)!);
        process._process.OutputDataReceived += (_, line) => Keep(process._output, line.Data);
        process._process.ErrorDataReceived += (_, line) => Keep(process._errors, line.Data);
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<HostProcess> RunAsync(string file, IEnumerable<string> arguments, Dictionary<string, string?> environment)
    {
        var process = Start(file, arguments, environment);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        await process._process.WaitForExitAsync(limit.Token);
        return process;
    }

    /// <summary>Asks as the Functions host does: any answer means ready, only a refused connection means not yet.</summary>
    public async Task AnswersAsync(HttpClient client)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(_process.HasExited, $"the process ended: {Errors}");
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Calls.Guard, "the process does not answer");
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
            }
        }
    }

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Calls.Guard);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
    }
}
