namespace SegFunctions.Cli.Output;

/// <summary>Text that stands in a report.</summary>
internal static class MarkdownText
{
    /// <inheritdoc cref="Customers.Text.MarkdownText.Cell"/>
    public static string Cell(string text) => Customers.Text.MarkdownText.Cell(text);
}
