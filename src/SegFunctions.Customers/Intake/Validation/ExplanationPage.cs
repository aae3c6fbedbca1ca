using System.Text;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Validation;

/// <summary>How a file was read as a page for people: Markdown, in English or French; what stands in the file stays as it is.</summary>
public static class ExplanationPage
{
    /// <summary>The page; lines end with <c>\n</c>.</summary>
    public static string Write(FileExplanation explanation, Language language)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        var isFrench = language == Language.French;
        var page = new StringBuilder();
        page.Append(isFrench ? "## Comment le fichier a été lu\n\n" : "## How the file was read\n\n");
        page.Append($"- {(isFrench ? "Jeu de données" : "Dataset")}: {Cell(explanation.Dataset)}\n");
        foreach (var sentence in explanation.Form)
            page.Append($"- {Cell(sentence)}\n");
        page.Append(isFrench
            ? "\n| colonne | lue comme | pourquoi | type | lecture | valeurs | aurait pu être |\n"
            : "\n| column | read as | why | type | reading | values | might have been |\n");
        page.Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var column in explanation.Columns)
        {
            page.Append($"| {Cell(column.Header)} | {Cell(column.ReadAs)} | {Cell(column.Why)} | {Cell(column.Type)} | {Cell(column.Reading ?? "")} ");
            page.Append($"| {Cell(string.Join(" · ", column.Samples))} | {Cell(string.Join(", ", column.Alternatives))} |\n");
        }

        return page.ToString();
    }

    /// <summary>Text that stays in its cell, and text.</summary>
    private static string Cell(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
