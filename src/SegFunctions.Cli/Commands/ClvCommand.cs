using System.CommandLine;
using System.Globalization;
using SegFunctions.Cli.Lifetime;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>clv</c>: who still buys, how often, and for how much, from a file of orders alone.</summary>
internal static class ClvCommand
{
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<FileInfo>("ORDERS") { Description = "The orders: CSV, blank-separated, NDJSON or Excel (.xlsx), plain or gzip, with or without header; a line an order or a line of one." };
        var customer = new Option<string?>("--customer") { Description = "The column of customers, by header or 1-based position. Default: told from headers and values." };
        var date = new Option<string?>("--date") { Description = "The column of dates. Default: told from headers and values." };
        var amount = new Option<string?>("--amount") { Description = "The column of amounts. Default: told from headers and values; quantity × price where there is no amount." };
        var end = new Option<DateOnly?>("--calibration-end")
        {
            Description = "The last day that the models learn from, such as 1997-09-30; what comes after checks them. Default: the last day of the file.",
            HelpName = "date",
            CustomParser = text =>
            {
                if (text.Tokens.Count == 1 && DateOnly.TryParseExact(text.Tokens[0].Value, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    return day;
                text.AddError($"--calibration-end '{(text.Tokens.Count == 1 ? text.Tokens[0].Value : "")}' is no date such as 1997-09-30.");
                return null;
            },
        };
        var horizon = OptionValues.Whole("--horizon", "Days to look ahead from the end of the calibration. Default: 365.");
        var model = OptionValues.Choice<ClvModel>("--model", "How orders come and cease; auto takes the likeliest. Default: bgnbd.");
        var discount = OptionValues.Number("--discount", "What a year takes off the value of an order: 0.10 is 10 %. Default: 0.10.");
        var rows = new Option<FileInfo?>("--out") { Description = "CSV id,p_alive,expected_orders,clv: a line a customer, in order of first appearance." };
        var report = new Option<FileInfo?>("--report") { Description = "Markdown with figures and charts: tracking plot, holdout, value deciles." };
        var language = CommonOptions.Language("the report and the words on the screen");
        var json = CommonOptions.Json();
        var command = new Command("clv", "Learns from orders who still buys, expects their orders and value, and says how far to trust it.")
        {
            file, customer, date, amount, end, horizon, model, discount, rows, report, language, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ClvRequest
            {
                File = parsed.GetValue(file)!.FullName,
                Customer = parsed.GetValue(customer),
                Date = parsed.GetValue(date),
                Amount = parsed.GetValue(amount),
                CalibrationEnd = parsed.GetValue(end),
                HorizonDays = parsed.GetValue(horizon) ?? ClvRequest.DefaultHorizonDays,
                Model = parsed.GetValue(model) ?? ClvModel.BgNbd,
                Discount = parsed.GetValue(discount) ?? ClvRequest.DefaultDiscount,
            };
            request.Validate();
            var (target, page) = (parsed.GetValue(rows)?.FullName, parsed.GetValue(report)?.FullName);
            var targets = new OutputTargets(("--out", target), ("--report", page));
            targets.RequireDifferent("is the file of orders itself", request.File);
            InputFile.Require(request.File);
            targets.RequireWritable();
            var words = CommonOptions.LanguageNamed(parsed.GetValue(language));
            var run = await ClvRun.RunAsync(request, console.Note, cancellationToken);
            if (target is not null)
                await ClvFile.Write(run).WriteAsync(target, "--out", note => console.Note(note.In(words)), cancellationToken);
            if (page is not null)
                await OutputFile.WriteAsync(page, "--report", ClvReport.Of(run, words), cancellationToken);
            if (parsed.GetValue(json))
                console.Json(run.Result, CliJson.Default.ClvResult);
            else
                ClvScreen.Print(console.Screen, run, words);
            return CommandLine.Done;
        });
        return command;
    }
}
