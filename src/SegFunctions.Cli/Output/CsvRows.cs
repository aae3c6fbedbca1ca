using System.Text;
using SegFunctions.Cli.Local;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Output;

/// <summary>Text of a CSV that is built line by line: comma, line feed, fields quoted where they must be.</summary>
/// <remarks>
/// Spreadsheets run a cell that begins with <c>= + - @</c>, a tab or a line end as a formula. Such fields get an apostrophe in front,
/// plain signed numbers excepted, and that is said.
/// </remarks>
internal sealed class CsvRows
{
    private int _guarded;

    /// <param name="header">Without line end.</param>
    public CsvRows(string header, int capacity) => Text = new StringBuilder(header, header.Length + capacity).Append('\n');

    /// <summary>What stands there so far; our own figures and words are added here as they are.</summary>
    public StringBuilder Text { get; }

    /// <summary>Adds text of a file, or made of it.</summary>
    public void Add(string text)
    {
        if (IsFormula(text))
        {
            _guarded++;
            text = "'" + text;
        }

        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            Text.Append(text);
        else
            Text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>Writes the file, whole or not at all, and says what was done to fields.</summary>
    /// <param name="option">The option that named the file.</param>
    /// <exception cref="CommandFailedException">It cannot be written; the message says why.</exception>
    public async Task WriteAsync(string path, string option, Action<Bilingual> note, CancellationToken cancellationToken)
    {
        await OutputFile.WriteAsync(path, option, Text.ToString(), cancellationToken);
        if (_guarded == 0)
            return;
        var one = _guarded == 1;
        note(new Bilingual(
            $"{Wording.Number((double)_guarded).En} {(one ? "field" : "fields")} of {option} that a spreadsheet would run as a formula {(one ? "has" : "have")} an apostrophe in front.",
            $"{Wording.Number((double)_guarded).Fr} {(one ? "champ" : "champs")} de {option} qu'un tableur exécuterait comme {(one ? "formule est précédé" : "formules sont précédés")} d'une apostrophe."));
    }

    private static bool IsFormula(string text)
    {
        var first = text.AsSpan().TrimStart(' ');
        return !first.IsEmpty && "=+-@\t\r\n".Contains(first[0], StringComparison.Ordinal) && !IsSignedNumber(first);
    }

    private static bool IsSignedNumber(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is '+' or '-' && text[1..].IndexOfAnyExcept("0123456789.,") < 0;
}
