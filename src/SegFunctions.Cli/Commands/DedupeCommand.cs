using System.CommandLine;
using SegFunctions.Cli.Dedupe;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>dedupe</c>: finds the records of a file that are one person or company, without storage.</summary>
internal static class DedupeCommand
{
    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Records of people or companies: CSV, Excel, NDJSON or JSON, also gzip or zip." };
        var id = new Option<string?>("--id") { Description = "The column of ids, by header or 1-based position; it is never compared. Default: the number of the row, from 1." };
        var clusters = new Option<FileInfo?>("--out") { Description = "CSV id,cluster,probability: a line a row of the file, in its order; probability is how surely the record belongs to its cluster." };
        var report = new Option<FileInfo?>("--report") { Description = "Markdown: what was compared, what was found, which pairs wait for a human and why." };
        var language = CommonOptions.Language("the report and the words on the screen");
        var apply = OptionValues.Number("--apply", "Links at least this probable apply themselves. Default: 0.6.");
        var review = OptionValues.Number("--review", "Links at least this probable wait for a human. Default: 0.1.");
        var compare = new Option<FileInfo?>("--compare") { Description = "A result of before (id,cluster,…): says how many merges and splits the new one would cause. Or settings (.json): says how many they would cause before they apply." };
        var explain = new Option<string[]>("--explain") { Description = "Two ids: why are these one, or not?", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var threads = OptionValues.Whole("--threads", "Default: one a processor. Does not change the result.");
        var json = CommonOptions.Json();
        var command = new Command("dedupe", "Finds the records of a file that are one person or company, learning from the file alone.")
        {
            file, id, clusters, report, language, apply, review, compare, explain, threads, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (target, page) = (parsed.GetValue(clusters)?.FullName, parsed.GetValue(report)?.FullName);
            var request = new DedupeRequest
            {
                File = parsed.GetValue(file)!.FullName,
                Id = parsed.GetValue(id),
                ApplyAt = parsed.GetValue(apply),
                ReviewAt = parsed.GetValue(review),
                Compare = parsed.GetValue(compare)?.FullName,
                Explain = parsed.GetValue(explain) is { Length: 2 } pair ? (pair[0], pair[1]) : null,
                Threads = parsed.GetValue(threads),
            };
            var targets = new OutputTargets(("--out", target), ("--report", page));
            targets.RequireDifferent("is a table that is read", request.File, request.Compare);
            InputFile.Require(request.File);
            targets.RequireWritable();
            var words = CommonOptions.LanguageNamed(parsed.GetValue(language));
            var run = await DedupeRun.RunAsync(request, time, cancellationToken);
            if (target is not null)
                await ClusterFile.Write(run.Records.Ids, run.Links.Clusters, run.Links.Probabilities).WriteAsync(target, "--out", note => console.Note(note.In(words)), cancellationToken);
            if (page is not null)
                await OutputFile.WriteAsync(page, "--report", DedupePage.Of(run.Result, words), cancellationToken);
            if (parsed.GetValue(json))
                console.Json(run.Result, CliJson.Default.DedupeResult);
            else
                DedupeScreen.Print(console.Screen, run.Result, words);
            return CommandLine.Done;
        });
        return command;
    }
}
