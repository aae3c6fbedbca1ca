using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SegFunctions.Cli.Azurite;

/// <summary>A running Azurite on free loopback ports, which ends with this process.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The emulator's well-known development account; its key is public.</summary>
    public const string AccountName = "devstoreaccount1";
    public const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private AzuriteProcess(Process process, Uri blobs, Uri queues, Uri tables)
    {
        _process = process;
        BlobEndpoint = new Uri(blobs, AccountName);
        QueueEndpoint = new Uri(queues, AccountName);
        TableEndpoint = new Uri(tables, AccountName);
    }

    public Uri BlobEndpoint { get; }

    public Uri QueueEndpoint { get; }

    public Uri TableEndpoint { get; }

    public int ProcessId => _process.Id;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>Starts Azurite on the data folder <paramref name="location"/> and waits until all three services listen.</summary>
    /// <param name="folder">The folder that <see cref="AzuriteFolder.Find"/> returns, installed.</param>
    /// <param name="location">Where blobs, queues and tables are kept; created when missing.</param>
    /// <exception cref="AzuriteException">It ended or did not listen within a minute; the message carries its output.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string folder, string location, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(location);
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[]
        {
            "run.mjs", "--location", Path.GetFullPath(location),
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry",
        })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new AzuriteException("Azurite did not start.");
        var ports = new Dictionary<string, Uri>(StringComparer.Ordinal);
        var lines = new List<string>();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, received) => Read(received.Data);
        process.ErrorDataReceived += (_, received) => Read(received.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new AzuriteException(Describe("ended at once")));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await listening.Task.WaitAsync(StartLimit, time, cancellationToken);
        }
        catch (Exception failure)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            if (failure is TimeoutException)
                throw new AzuriteException(Describe($"did not listen within {StartLimit.TotalSeconds:0} s"));
            throw;
        }

        return new AzuriteProcess(process, ports["Blob"], ports["Queue"], ports["Table"]);

        void Read(string? line)
        {
            if (line is null)
                return;
            lock (ports)
            {
                // Only what a start-up failure needs is kept; the access log would grow without end.
                if (lines.Count < 50)
                    lines.Add(line);
                if (Listening().Match(line) is { Success: true } match)
                    ports[match.Groups["service"].Value] = new Uri(match.Groups["url"].Value);
                if (ports.Count == 3)
                    listening.TrySetResult();
            }
        }

        string Describe(string what)
        {
            lock (ports)
                return $"The storage emulator (Azurite) {what}. It printed:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
        }
    }

    /// <summary>Completes when Azurite has ended, by itself or by <see cref="DisposeAsync"/>.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Closes its standard input, on which it saves and ends; kills it after ten seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            try
            {
                await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<url>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
