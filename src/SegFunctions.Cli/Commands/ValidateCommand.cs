using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Validation;
using SegFunctions.Learning.Explanation;
using Spectre.Console;
using ValidationResult = SegFunctions.Customers.Intake.Validation.ValidationResult;

namespace SegFunctions.Cli.Commands;

/// <summary><c>validate</c>: what intake would make of a file, without storage.</summary>
internal static class ValidateCommand
{
    private static readonly JsonSerializerOptions ExplanationJson = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file to check: CSV, NDJSON, JSON or Excel (xlsx), plain, in gzip or zip." };
        var target = new Option<DirectoryInfo?>("--out") { Description = "Folder for canonical.csv, quarantine.csv and report.json." };
        var strict = new Option<bool>("--strict") { Description = "Exit with 1 when a single row is refused." };
        var dataset = CommonOptions.Dataset();
        var mapping = new Option<FileInfo?>("--mapping") { Description = "How to read the file; default: FILE.mapping.json or mapping.json beside it." };
        var explain = new Option<bool>("--explain") { Description = "Show how each column was read, and why." };
        var report = new Option<FileInfo?>("--report") { Description = "Write the findings and the explanation to this Markdown file." };
        var language = CommonOptions.Language("the --report page");
        var json = CommonOptions.Json();
        var command = new Command("validate", "Checks a file as intake would, and shows what would be refused and why.")
        {
            file, target, strict, dataset, mapping, explain, report, language, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetValue(file)!;
            if (Directory.Exists(source.FullName))
                throw new CommandFailedException($"'{source}' is a folder. Name one file.");
            if (parsed.GetValue(target) is { } folder)
                OutputFolder.Create(folder.FullName, "--out");

            // Without a secret the keys in canonical.csv are of this run alone; they are not meant to be joined.
            var result = await new FileValidation(keys: null, new IntakeOptions(), time).ValidateAsync(
                source.FullName, parsed.GetValue(target)?.FullName, parsed.GetValue(strict),
                CommonOptions.DatasetNamed(parsed.GetValue(dataset)), parsed.GetValue(mapping)?.FullName, cancellationToken);
            if (parsed.GetValue(report) is { } page)
                await WriteReportAsync(page.FullName, result, CommonOptions.LanguageNamed(parsed.GetValue(language)), cancellationToken);
            if (parsed.GetValue(json))
                await console.Out.WriteLineAsync(JsonOf(result, parsed.GetValue(explain)));
            else
                Print(console, result, parsed.GetValue(explain), parsed.GetValue(target));
            if (result.Failure is null)
                return CommandLine.Done;
            console.Error(result.Failure);
            return CommandLine.Failed;
        });
        return command;
    }

    private static async Task WriteReportAsync(string path, ValidationResult result, Language language, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            OutputFolder.Create(folder, "--report");
        await File.WriteAllTextAsync(path, QualityReportPage.Write(result.Report, language) + "\n" + ExplanationPage.Write(result.Explanation, language), cancellationToken);
    }

    /// <summary>The report on one line; the explanation is one more property of it.</summary>
    private static string JsonOf(ValidationResult result, bool explains)
    {
        var report = QualityReportJson.WriteCompact(result.Report);
        if (!explains)
            return Encoding.UTF8.GetString(report);
        var whole = JsonNode.Parse(report)!.AsObject();
        whole["explanation"] = JsonSerializer.SerializeToNode(result.Explanation, ExplanationJson);
        return whole.ToJsonString(ExplanationJson);
    }

    private static void PrintExplanation(IAnsiConsole screen, FileExplanation explanation)
    {
        screen.WriteLine($"Read as {explanation.Dataset}. {string.Join(' ', explanation.Form)}");
        var table = new Table().Title("How each column was read").Border(TableBorder.Rounded).AddColumns("header", "read as", "why", "type and reading", "values", "might have been");
        foreach (var column in explanation.Columns)
        {
            table.AddRow(
                Markup.Escape(column.Header),
                Markup.Escape(column.ReadAs),
                Markup.Escape(column.Why),
                Markup.Escape(column.Reading is null ? column.Type : $"{column.Type}; {column.Reading}"),
                Markup.Escape(string.Join(" · ", column.Samples)),
                Markup.Escape(string.Join(", ", column.Alternatives)));
        }

        screen.Write(table);
    }

    private static void Print(CommandConsole console, ValidationResult result, bool explains, DirectoryInfo? folder)
    {
        var report = result.Report;
        var screen = console.Screen;
        screen.WriteLine($"{report.File}: {report.Dataset} (by {report.Evidence})");
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Rows.Read:N0} rows read = {report.Rows.Accepted:N0} accepted + {report.Rows.Refused:N0} refused + {report.Rows.Duplicates:N0} duplicates; {report.Customers.Count:N0} customers"));
        PrintRules(screen, "Refused", report.RefusedByRule);
        PrintRules(screen, "Warnings", report.Warnings);
        PrintRules(screen, "Repairs", report.Repairs);
        var columns = new Table().Title("Columns").Border(TableBorder.Rounded).AddColumns("header", "read as", "missing", "distinct", "smallest", "largest");
        foreach (var column in report.Columns)
        {
            columns.AddRow(
                Markup.Escape(column.Header),
                Markup.Escape(column.Field ?? column.Use),
                (column.Missing * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%",
                (column.Distinct.Exact ? "" : "~") + column.Distinct.Count.ToString("N0", CultureInfo.InvariantCulture),
                Markup.Escape(column.Minimum ?? ""),
                Markup.Escape(column.Maximum ?? ""));
        }

        screen.Write(columns);
        foreach (var constant in report.Constants ?? [])
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the mapping: {constant.Field} is {constant.Value} in {constant.Rows:N0} accepted rows."));
        if (explains)
            PrintExplanation(screen, result.Explanation);
        if (folder is not null)
            screen.WriteLine($"Written to {folder.FullName}");
    }

    private static void PrintRules(IAnsiConsole screen, string title, IReadOnlyList<RuleCount> rules)
    {
        if (rules.Count == 0)
            return;
        var table = new Table().Title(title).Border(TableBorder.Rounded).AddColumns("rule", "column", "rows", "lines, such as", "what is wrong");
        foreach (var rule in rules)
        {
            table.AddRow(
                Markup.Escape(rule.Rule),
                Markup.Escape(rule.Column),
                rule.Count.ToString("N0", CultureInfo.InvariantCulture),
                string.Join(", ", rule.Lines.Take(3)),
                Markup.Escape(rule.Message));
        }

        screen.Write(table);
    }
}
