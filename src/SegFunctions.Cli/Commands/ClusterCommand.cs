using System.CommandLine;
using SegFunctions.Cli.Clusters;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Commands;

/// <summary><c>cluster</c>: groups the rows of any table, without storage.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The table: CSV or NDJSON, plain or gzip, with or without header." };
        var id = new Option<string?>("--id") { Description = "The column of ids, by header or 1-based position; it is not clustered by. Default: the number of the row, from 1." };
        var algorithm = Choice("--algorithm", ClusterAlgorithm.Auto, "How to group. auto tries all that suit the data, and says when there is no structure.");
        var prepare = Choice("--prepare", PrepareMode.Auto, "auto: types, gaps, skew, scales and outliers seen to; scale: numeric columns, one scale; none: the numbers as they are.");
        var clusters = new Option<int?>("--k") { Description = "How many clusters (kmeans, minibatch, ward, hierarchical). Default: 2 to --max-segments are tried." };
        var epsilon = new Option<double?>("--eps") { Description = "dbscan: radius of a neighbourhood. Default: proposed from the distances." };
        var minimumPoints = new Option<int?>("--min-points") { Description = "dbscan: rows within the radius, itself included, that make a core point." };
        var minimumClusterSize = new Option<int?>("--min-cluster-size") { Description = "hdbscan: rows that make a cluster." };
        var minimumSamples = new Option<int?>("--min-samples") { Description = "hdbscan: rows that make a dense neighbourhood. Default: --min-cluster-size." };
        var linkage = new Option<Linkage?>("--linkage") { Description = "hierarchical: ward, average, complete or single." };
        var height = new Option<double?>("--height") { Description = "ward, hierarchical: cut where merges are higher than this." };
        var starts = new Option<int?>("--starts") { Description = "kmeans, minibatch: independent starts, of which the best is kept." };
        var minimumSize = new Option<int?>("--min-size") { Description = "auto: rows of the smallest segment. Default: 10 or 1 %, whichever is more." };
        var maximumSegments = new Option<int?>("--max-segments") { Description = "Most segments that are tried where none are named. Default: 20." };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same labels." };
        var labels = new Option<FileInfo?>("--out") { Description = "CSV id,label: a line a row, in the order of the file; labels from 0 by falling size, -1 for none." };
        var micro = new Option<FileInfo?>("--micro") { Description = "CSV id,label,micro: 20 to 100 small groups within the clusters, for fine targeting; -1 for none." };
        var report = new Option<FileInfo?>("--report") { Description = "Markdown with the candidates, the profiles and charts." };
        var language = new Option<string>("--language") { Description = "Language of the report and the words on the screen.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "fr");
        var json = CommonOptions.Json();
        var command = new Command("cluster", "Groups the rows of a table, explains the groups, and says how far to trust them.")
        {
            file, id, algorithm, clusters, prepare, epsilon, minimumPoints, minimumClusterSize, minimumSamples, linkage, height, starts,
            minimumSize, maximumSegments, seed, labels, micro, report, language, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ClusterRequest
            {
                File = parsed.GetValue(file)!.FullName,
                Id = parsed.GetValue(id),
                Algorithm = parsed.GetValue(algorithm),
                Prepare = parsed.GetValue(prepare),
                Clusters = parsed.GetValue(clusters),
                Epsilon = parsed.GetValue(epsilon),
                MinimumPoints = parsed.GetValue(minimumPoints),
                MinimumClusterSize = parsed.GetValue(minimumClusterSize),
                MinimumSamples = parsed.GetValue(minimumSamples),
                Linkage = parsed.GetValue(linkage),
                Height = parsed.GetValue(height),
                Starts = parsed.GetValue(starts),
                MinimumSize = parsed.GetValue(minimumSize),
                MaximumSegments = parsed.GetValue(maximumSegments),
                Seed = parsed.GetValue(seed),
            };
            request.Validate();
            if (Directory.Exists(request.File))
                throw new CommandFailedException($"'{request.File}' is a folder. Name one file.");
            var run = await ClusterRun.RunAsync(request, new ClusterProgressLine(console), time, cancellationToken);
            if (parsed.GetValue(labels) is { } target)
                await run.WriteLabelsAsync(target.FullName, cancellationToken);
            if (parsed.GetValue(micro) is { } fine)
            {
                if (await run.WriteMicroAsync(fine.FullName, request.Seed, cancellationToken) is { } note)
                    console.Note(note.In(LanguageOf(parsed.GetValue(language))));
            }

            if (parsed.GetValue(report) is { } page)
                await OutputFile.WriteAsync(page.FullName, "--report", ClusterReport.Of(run, LanguageOf(parsed.GetValue(language))), cancellationToken);
            if (parsed.GetValue(json))
                console.Json(run.Result, CliJson.Default.ClusterResult);
            else
                ClusterScreen.Print(console.Screen, run.Result, LanguageOf(parsed.GetValue(language)));
            return CommandLine.Done;
        });
        return command;
    }

    private static Language LanguageOf(string? code) => code == "fr" ? Language.French : Language.English;

    private static Option<T> Choice<T>(string name, T usual, string description)
        where T : struct, Enum =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}
