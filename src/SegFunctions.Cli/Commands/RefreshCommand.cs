using System.CommandLine;
using System.Globalization;
using SegFunctions.App;
using SegFunctions.App.Refresh;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>refresh</c>: asks for a refresh of the segments.</summary>
internal static class RefreshCommand
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var wait = new Option<bool>("--wait") { Description = "Wait until the run has ended; needs a host that runs on the same storage." };
        var asOf = new Option<string?>("--as-of") { Description = "Look at the data as of this moment: a date (2026-03-04, its midnight UTC) or a date and time." };
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("refresh", "Computes segments and scores again from the lake.") { wait, asOf, storage, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var moment = ParseMoment(parsed.GetValue(asOf));
            await using var session = await StorageSession.OpenAsync(parsed.GetValue(storage), time, cancellationToken);
            if (parsed.GetValue(wait) && session.OwnsEmulator)
                throw new CommandFailedException($"--wait needs a host on {session.Description}: start 'segfunctions serve --storage {session.Description}' first.");

            var refresh = SegFunctionsApp.Refreshes(session.Account, time);
            var started = await refresh.Starter.StartAsync("http", moment, null, cancellationToken) switch
            {
                RefreshStart.Started run => run.RunId,
                RefreshStart.Busy busy => throw new CommandFailedException($"Run {busy.RunId} is working already; wait for it, or terminate it."),
                var other => throw new InvalidOperationException($"Unexpected outcome {other}."),
            };
            var result = new RefreshResult(started, "running", null, null);
            var patience = new HostPatience("the refresh", session.Description, console, time);
            if (!parsed.GetValue(wait) && session.OwnsEmulator)
                console.Note($"No host runs on {session.Description}: 'segfunctions serve' will carry the run out.");
            while (parsed.GetValue(wait) && result.Status == "running")
            {
                await Task.Delay(PollEvery, time, cancellationToken);
                if (await refresh.History.FindAsync(started, cancellationToken) is not { } found)
                    continue;
                patience.Seen(found.Progress is not null);
                result = new RefreshResult(started, found.Run.Status.ToString().ToLowerInvariant(), found.Run.Customers, found.Run.Error);
            }

            if (parsed.GetValue(json))
                console.Json(result, CliJson.Default.RefreshResult);
            else
                console.Out.WriteLine($"Run {result.Run}: {result.Status}{(result.Error is null ? "" : ": " + result.Error)}");
            return result.Status is "failed" or "terminated" ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static DateTimeOffset? ParseMoment(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new UsageException($"--as-of '{text}' is no date: write it as 2026-03-04 or 2026-03-04T05:06:07Z.");
    }
}
