namespace SegFunctions.Customers.Text;

/// <summary>Text of a file that stands in a page of Markdown.</summary>
public static class MarkdownText
{
    /// <summary>Text of a file, safe within Markdown: it neither ends a cell nor begins a tag, a link or an emphasis.</summary>
    public static string Cell(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace('\r', ' ')
        .Replace('\n', ' ');
}
