using System.CommandLine;
using SegFunctions.Cli.Churn;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>churn</c>: predicts a yes-or-no label of any table, without storage.</summary>
internal static class ChurnCommand
{
    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var train = new Argument<FileInfo>("TRAIN") { Description = "The table to learn from: CSV, NDJSON or Excel (.xlsx), plain or gzip, with or without header." };
        var label = new Option<string>("--label") { Description = "The column that says who left, by header or 1-based position.", Required = true };
        var positive = new Option<string?>("--positive") { Description = "The value of that column that means leaving. Default: yes, true, 1 or churned, in any case." };
        var id = new Option<string?>("--id") { Description = "The column of ids, by header or 1-based position; it is not predicted by. Default: the number of the row, from 1." };
        var test = new Option<FileInfo?>("--test") { Description = "The table to score; its label may be missing. Default: the training rows, each scored by models that did not learn from it." };
        var scores = new Option<FileInfo?>("--out") { Description = "CSV id,score,band,reasons: a line a row of the scored table, in its order; score is the probability of leaving." };
        var report = new Option<FileInfo?>("--report") { Description = "Markdown with figures, candidates, drivers and charts." };
        var language = CommonOptions.Language("the report, the reasons and the words on the screen");
        var contactCost = OptionValues.Number("--contact-cost", "What one contact costs. With --save-value: from which probability on a contact pays, and what that brings.");
        var saveValue = OptionValues.Number("--save-value", "What a customer is worth who would have left and stays, in the same currency.");
        var saveRate = OptionValues.Number("--save-rate", "Share of those who would leave that a contact keeps. Default: 1, which is the most there can be.");
        var seed = OptionValues.Seed("--seed", "The same seed gives the same scores.");
        var json = CommonOptions.Json();
        var command = new Command("churn", "Learns who leaves from a table with a label, says how far to trust it, and scores another.")
        {
            train, label, positive, id, test, scores, report, contactCost, saveValue, saveRate, language, seed, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (target, page) = (parsed.GetValue(scores)?.FullName, parsed.GetValue(report)?.FullName);
            var request = new ChurnRequest
            {
                Train = parsed.GetValue(train)!.FullName,
                Label = parsed.GetValue(label)!,
                Positive = parsed.GetValue(positive),
                Id = parsed.GetValue(id),
                Test = parsed.GetValue(test)?.FullName,
                Scores = target is not null,
                Costs = ChurnRequest.CostsOf(parsed.GetValue(contactCost), parsed.GetValue(saveValue), parsed.GetValue(saveRate)),
                Seed = parsed.GetValue(seed),
            };
            var targets = new OutputTargets(("--out", target), ("--report", page));
            targets.RequireDifferent("is a table that is read", request.Train, request.Test);
            InputFile.Require(request.Train);
            if (request.Test is not null)
                InputFile.Require(request.Test);
            targets.RequireWritable();
            var words = CommonOptions.LanguageNamed(parsed.GetValue(language));
            var run = await ChurnRun.RunAsync(request, time, cancellationToken);
            if (target is not null)
                await run.WriteScoresAsync(target, words, note => console.Note(note.In(words)), cancellationToken);
            if (page is not null)
                await OutputFile.WriteAsync(page, "--report", ChurnPage.Of(run, words), cancellationToken);
            if (parsed.GetValue(json))
                console.Json(run.Result, CliJson.Default.ChurnRunResult);
            else
                ChurnScreen.Print(console.Screen, run.Result, words);
            return CommandLine.Done;
        });
        return command;
    }
}
