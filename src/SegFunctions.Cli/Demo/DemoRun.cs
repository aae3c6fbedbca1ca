using System.Diagnostics;
using SegFunctions.App;
using SegFunctions.App.Api;
using SegFunctions.App.Hosting;
using SegFunctions.Cli.Azurite;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Demo;

/// <summary>One demo: storage, host, files, refresh, look-ups, result.</summary>
internal sealed class DemoRun(DemoOptions options, CommandConsole console, TimeProvider time)
{
    private const string Folder = ".segfunctions/demo";
    private const int LookupsWithoutIds = 3;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(150);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = new PhaseClock(time);
        // Checked first: a missing folder should not cost the emulator's start, nor what the last demo stored.
        var own = options.Data is null ? null : DemoFiles.Take(options.Data);
        clock.End("start");
        await AzuriteFolder.InstallAsync(AzuriteFolder.Find(), time, cancellationToken);
        clock.End("install");
        await using var session = options.Reuse
            ? await StorageSession.OpenAsync(Folder, time, cancellationToken)
            : await StorageSession.OpenEmptyAsync(
                Folder, $"Another demo is running on {Folder}: end it first (Ctrl+C there), or add --reuse to use its storage.", time, cancellationToken);
        clock.End("emulator");
        var files = own ?? await DemoFiles.SimulateAsync(
            Path.Combine(Folder, "files"), options.Customers, options.Seed, cancellationToken);
        clock.End("files");

        await using var host = LocalHost.Create(session, port: 0, Settings(), Path.Combine(Folder, "host.log"), time);
        await host.StartAsync(cancellationToken);
        clock.End("host");
        await ShowAsync(session, host, files, clock, cancellationToken);
        await host.StopAsync(CancellationToken.None);
    }

    private async Task ShowAsync(
        StorageSession session, SegFunctionsHost host, DemoFiles files, PhaseClock clock, CancellationToken cancellationToken)
    {
        using var api = new ApiClient(host.Url, session.Secrets.ApiKey);
        var before = (await api.ListUploadsAsync(cancellationToken)).Uploads.Select(upload => upload.Id).ToHashSet(StringComparer.Ordinal);
        var runsBefore = (await api.ListRunsAsync(cancellationToken)).Runs.Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        var expected = await files.DropAsync(session.Account, cancellationToken);

        UploadAnswer[] uploads = [];
        RunAnswer? run = null;
        await DemoProgress.ShowAsync(console, async progress =>
        {
            uploads = await WaitForUploadsAsync(api, before, expected, progress, host.Failed, cancellationToken);
            clock.End("intake");
            if (uploads.Any(upload => upload.Status == "accepted"))
                run = await WaitForRunAsync(api, runsBefore, progress, host.Failed, cancellationToken);
            clock.End("refresh");
        });
        RequireResult(uploads, run);

        var segments = (await api.ListSegmentsAsync(cancellationToken)).Segments;
        var lookups = await LookUpAsync(api, files, segments, cancellationToken);
        clock.End("lookups");
        using var process = Process.GetCurrentProcess();
        var result = new DemoResult(
            [.. uploads.Select(upload => new DemoUpload(upload.Id, upload.File, upload.Status, upload.Dataset, Rows(upload), upload.Error))],
            Sum(uploads),
            run!.Customers ?? 0,
            [.. segments.Select(segment => new DemoSegment(segment.Id, segment.Kind, segment.Name, segment.Members))],
            DemoChurn.From(run.Churn),
            DemoLifetime.From(run.Lifetime),
            DemoNext.From(run.NextProducts),
            DemoNext.From(run.NextCategories),
            run.Id,
            run.AsOf!.Value,
            run.AsOfReason!,
            [.. lookups.Select(lookup => lookup.Summary)],
            clock.Report(apart: "install"),
            Math.Round(process.PeakWorkingSet64 / 1024.0 / 1024.0, 1),
            session.ConnectionString,
            host.Url,
            session.Secrets.ApiKey);
        if (options.Json)
            console.Json(result, CliJson.Default.DemoResult);
        else
            DemoTables.Print(console.Screen, result, segments, lookups.Select(lookup => lookup.Answer).OfType<CustomerAnswer>().ToArray(), options.Keep);
        if (options.Keep)
            await KeepAsync(host, session, cancellationToken);
    }

    private async Task KeepAsync(SegFunctionsHost host, StorageSession session, CancellationToken cancellationToken)
    {
        console.Note($"Serving {session.Description} at {host.Url} until Ctrl+C.");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(ended.SetResult);
        await await Task.WhenAny(host.Failed, ended.Task);
    }

    private Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        // A person watches: there is no second batch of files to wait for.
        [AppSettingNames.QuietPeriod] = "00:00:01",
        [AppSettingNames.Seed] = options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private async Task<UploadAnswer[]> WaitForUploadsAsync(
        ApiClient api, HashSet<string> before, int expected, DemoProgress progress, Task failed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var uploads = (await api.ListUploadsAsync(cancellationToken)).Uploads
                .Where(upload => !before.Contains(upload.Id))
                .OrderBy(upload => upload.Id, StringComparer.Ordinal)
                .ToArray();
            var done = uploads.Count(upload => upload.Status != "reading");
            progress.Report("taking in files", done, expected);
            if (done >= expected)
                return uploads;
            await PauseAsync(failed, cancellationToken);
        }
    }

    private async Task<RunAnswer> WaitForRunAsync(
        ApiClient api, HashSet<string> before, DemoProgress progress, Task failed, CancellationToken cancellationToken)
    {
        string? id = null;
        while (true)
        {
            id ??= (await api.ListRunsAsync(cancellationToken)).Runs.FirstOrDefault(run => !before.Contains(run.Id))?.Id;
            if (id is not null)
            {
                var run = await api.GetRunAsync(id, cancellationToken);
                if (run.Status != "running")
                    return run;
                progress.Report(run.Progress?.Stage ?? "starting the refresh", run.Progress?.Done ?? 0, run.Progress?.Total ?? 1);
            }
            else
            {
                progress.Report("waiting for the refresh", 0, 1);
            }

            await PauseAsync(failed, cancellationToken);
        }
    }

    private async Task PauseAsync(Task failed, CancellationToken cancellationToken)
    {
        var pause = Task.Delay(PollEvery, time, cancellationToken);
        await await Task.WhenAny(pause, failed);
    }

    private static void RequireResult(UploadAnswer[] uploads, RunAnswer? run)
    {
        if (run is null)
        {
            var reasons = uploads.Select(upload => $"{upload.File}: {upload.Error ?? upload.Status}");
            throw new CommandFailedException("None of the files was accepted:" + Environment.NewLine + string.Join(Environment.NewLine, reasons));
        }

        if (run.Status != "completed")
            throw new CommandFailedException($"The refresh {run.Id} ended as '{run.Status}': {run.Error}");
    }

    private async Task<List<(DemoLookup Summary, CustomerAnswer? Answer)>> LookUpAsync(
        ApiClient api, DemoFiles files, IReadOnlyList<SegmentAnswer> segments, CancellationToken cancellationToken)
    {
        var ids = files.KnownCustomers;
        if (ids.Count == 0)
        {
            // Raw ids are nowhere in storage; members of segments are known by their keys.
            var members = new List<string>();
            foreach (var segment in segments.Where(segment => segment.Members > 0).Take(LookupsWithoutIds))
                members.Add("key:" + (await api.ListMembersAsync(segment.Id, 1, cancellationToken)).Members[0].Customer);
            ids = [.. members.Distinct(StringComparer.Ordinal)];
        }

        var lookups = new List<(DemoLookup, CustomerAnswer?)>();
        foreach (var id in ids)
        {
            var began = time.GetTimestamp();
            var (status, answer) = await api.FindCustomerAsync(id, cancellationToken);
            var milliseconds = Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 2);
            lookups.Add((new DemoLookup(id, status, [.. answer?.Memberships.Select(membership => membership.Segment) ?? []], milliseconds), answer));
        }

        return lookups;
    }

    private static DemoRows? Rows(UploadAnswer upload) => upload.Rows is { } rows
        ? new DemoRows(rows.Read, rows.Accepted, rows.Refused, rows.Duplicates)
        : null;

    private static DemoRows Sum(UploadAnswer[] uploads)
    {
        var rows = uploads.Select(Rows).OfType<DemoRows>().ToArray();
        return new DemoRows(
            rows.Sum(row => row.Read), rows.Sum(row => row.Accepted), rows.Sum(row => row.Refused), rows.Sum(row => row.Duplicates));
    }
}
