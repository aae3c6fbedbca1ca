using System.CommandLine;
using SegFunctions.App.Uploads;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Cli.Commands;

/// <summary><c>upload</c>: drops files into the container that people drop files into.</summary>
internal static class UploadCommand
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files to upload; a FILE.mapping.json beside one goes along.", Arity = ArgumentArity.OneOrMore };
        var dataset = CommonOptions.Dataset();
        var wait = new Option<bool>("--wait") { Description = "Wait until the files have been taken in; needs a host that runs on the same storage." };
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("upload", "Uploads files for intake.") { files, dataset, wait, storage, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = parsed.GetValue(files)!;
            var folder = CommonOptions.DatasetNamed(parsed.GetValue(dataset)) is { } name ? name + "/" : "";
            foreach (var file in chosen)
            {
                if (Directory.Exists(file.FullName))
                    throw new CommandFailedException($"'{file}' is a folder. Name its files.");
                if (!file.Exists)
                    throw new CommandFailedException($"The file '{file.FullName}' does not exist.");
            }

            await using var session = await StorageSession.OpenAsync(parsed.GetValue(storage), time, cancellationToken);
            if (parsed.GetValue(wait) && session.OwnsEmulator)
                throw new CommandFailedException($"--wait needs a host on {session.Description}: start 'segfunctions serve --storage {session.Description}' first.");

            var container = session.Account.Blobs.GetContainer(UploadQueue.Container);
            await container.CreateIfNotExistsAsync(cancellationToken);
            var results = new List<UploadedFile>();
            foreach (var file in chosen)
                results.Add(await DropAsync(container, file, folder, cancellationToken));
            if (parsed.GetValue(wait))
            {
                var uploads = new UploadTable(session.Account);
                var patience = new HostPatience("intake", session.Description, console, time);
                for (var i = 0; i < results.Count; i++)
                    results[i] = await WaitAsync(uploads, results[i], patience, time, cancellationToken);
            }
            else if (session.OwnsEmulator)
            {
                console.Note($"No host runs on {session.Description}: 'segfunctions serve' will take the files in.");
            }

            if (parsed.GetValue(json))
                console.Json(new UploadResult(results), CliJson.Default.UploadResult);
            else
                results.ForEach(result => console.Out.WriteLine(result.ToString()));
            return results.Exists(result => result.Status == "failed") ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static async Task<UploadedFile> DropAsync(BlobContainer container, FileInfo file, string folder, CancellationToken cancellationToken)
    {
        var mapping = new FileInfo(file.FullName + ".mapping.json");
        if (mapping.Exists)
            await WriteAsync(mapping);
        await WriteAsync(file);
        var written = await container.FindAsync(folder + file.Name, cancellationToken)
            ?? throw new CommandFailedException($"The blob '{folder}{file.Name}' was deleted right after it was written.");
        return new UploadedFile(UploadId.Of(written), written.Name, "uploaded", null, null);

        Task WriteAsync(FileInfo source) => container.WriteAsync(
            folder + source.Name,
            async (target, token) =>
            {
                await using var content = source.OpenRead();
                await content.CopyToAsync(target, token);
            },
            new BlobWriteOptions(),
            cancellationToken);
    }

    private static async Task<UploadedFile> WaitAsync(
        UploadTable uploads, UploadedFile file, HostPatience patience, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var upload = await uploads.FindAsync(file.Id, cancellationToken);
            if (upload is not null && upload.Status != UploadStatus.Reading)
            {
                var rows = upload.Rows is { } counts ? new Demo.DemoRows(counts.Read, counts.Accepted, counts.Refused, counts.Duplicates) : null;
                return file with { Status = upload.Status.ToString().ToLowerInvariant(), Rows = rows, Error = upload.Error };
            }

            patience.Seen(upload is not null);
            await Task.Delay(PollEvery, time, cancellationToken);
        }
    }
}
