using System.CommandLine;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>serve</c>: the built-in trigger host and the HTTP API, on a local folder or a storage account.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 7071;

    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var port = new Option<int>("--port") { Description = "Port of the HTTP API on this machine; 0 takes a free one.", DefaultValueFactory = _ => DefaultPort };
        var storage = CommonOptions.Storage();
        var command = new Command("serve", "Watches uploads, refreshes segments and serves the HTTP API until Ctrl+C.") { port, storage };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetValue(port);
            if (wanted is < 0 or > 65_535)
                throw new UsageException($"--port {wanted} is out of range: 0 to 65535.");
            await using var session = await StorageSession.OpenAsync(parsed.GetValue(storage), time, cancellationToken);
            await using var host = LocalHost.Create(session, wanted, new Dictionary<string, string?>(StringComparer.Ordinal), logFile: null, time);
            await host.StartAsync(cancellationToken);
            console.Note($"Serving {session.Description} at {host.Url}");
            console.Note($"API key (x-functions-key): {session.Secrets.ApiKey}");
            console.Note("Drop files with 'upload FILE', or into the container 'uploads'. Ctrl+C ends.");
            await WaitAsync(host.Failed, cancellationToken);
            console.Note("Ending …");
            await host.StopAsync(CancellationToken.None);
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>Returns when the person ends the command; throws when a trigger died.</summary>
    private static async Task WaitAsync(Task failed, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(ended.SetResult);
        await await Task.WhenAny(failed, ended.Task);
    }
}
