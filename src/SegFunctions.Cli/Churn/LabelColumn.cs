using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>Who left, read from a column of a file.</summary>
/// <param name="Positive">The values that mean leaving, as the file spells them.</param>
/// <param name="Negative">All other values.</param>
/// <param name="Outcomes">One a row; null where the label is blank.</param>
internal sealed record LabelColumn(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative, bool?[] Outcomes)
{
    private const int MostShown = 10;

    private static readonly string[] Usual = ["yes", "true", "1", "churned"];

    /// <param name="positive">The value that means leaving; null for one of the usual words.</param>
    /// <exception cref="UsageException">No value of the column is that one; the message names those that are.</exception>
    public static LabelColumn Of(FileColumn column, string? positive, string fileName)
    {
        var values = column.Levels.Where(text => !IsBlank(text)).ToList();
        var chosen = positive is null
            ? values.Where(text => Usual.Any(word => Same(text, word))).ToList()
            : values.Where(text => text.Trim() == positive.Trim()) is var exact && exact.Any() ? [.. exact] : [.. values.Where(text => Same(text, positive))];
        if (chosen.Count == 0)
        {
            var found = values.Count == 0
                ? "it holds no value"
                : $"it holds {string.Join(", ", values.Take(MostShown).Select(text => $"'{Shown(text)}'"))}{(values.Count > MostShown ? $" and {values.Count - MostShown} more" : "")}";
            throw new UsageException(positive is null
                ? $"Which value of column '{column.Name}' of {fileName} means leaving? None is yes, true, 1 or churned; {found}. Name it with --positive."
                : $"Column '{column.Name}' of {fileName} has no value '{positive}' of --positive; {found}.");
        }

        return Read(column, chosen);
    }

    /// <summary>Rows whose value the training file does not have, so that nobody knows what it means.</summary>
    private IReadOnlyList<int> UnknownRows { get; init; } = [];

    /// <summary>The same of another file, where values mean what they meant in the first; those that it did not have mean nothing.</summary>
    public LabelColumn In(FileColumn column)
    {
        bool[] unknown = [.. column.Levels.Select(text => !IsBlank(text) && !Positive.Concat(Negative).Any(known => Same(text, known)))];
        var read = Read(column, [.. column.Levels.Where(text => Positive.Any(known => Same(text, known)))]);
        int[] rows = [.. Enumerable.Range(0, column.Codes.Length).Where(row => column.Codes[row] >= 0 && unknown[column.Codes[row]])];
        foreach (var row in rows)
            read.Outcomes[row] = null;
        return read with { UnknownRows = rows };
    }

    /// <summary>Lines of the rows without a label.</summary>
    public IReadOnlyList<long> BlankLines(FileTable file) => [.. Enumerable.Range(0, Outcomes.Length).Where(row => Outcomes[row] is null).Except(UnknownRows).Select(row => file.Lines[row])];

    /// <summary>What is to be said of it before the result is used.</summary>
    public IEnumerable<Bilingual> Warnings(FileTable file, FileColumn column, bool isTraining)
    {
        var name = column.Name;
        var lines = BlankLines(file);
        if (lines.Count > 0)
        {
            var shown = string.Join(", ", lines.Take(MostShown)) + (lines.Count > MostShown ? ", …" : "");
            var one = lines.Count == 1;
            yield return isTraining
                ? new Bilingual(
                    $"{lines.Count} {(one ? "row has" : "rows have")} no label in column '{name}' and {(one ? "was" : "were")} not learned from: {(one ? "line" : "lines")} {shown}.",
                    $"{lines.Count} {(one ? "ligne n'a" : "lignes n'ont")} pas de valeur dans la colonne « {name} » et {(one ? "n'a" : "n'ont")} pas servi à l'apprentissage : {(one ? "ligne" : "lignes")} {shown}.")
                : new Bilingual(
                    $"{lines.Count} {(one ? "row" : "rows")} of the test file {(one ? "has" : "have")} no label in column '{name}' and {(one ? "does" : "do")} not count in its figures: {(one ? "line" : "lines")} {shown}.",
                    $"{lines.Count} {(one ? "ligne" : "lignes")} du fichier de test {(one ? "n'a" : "n'ont")} pas de valeur dans la colonne « {name} » et {(one ? "ne compte" : "ne comptent")} pas dans ses mesures : {(one ? "ligne" : "lignes")} {shown}.");
        }

        if (UnknownRows.Count > 0)
        {
            var one = UnknownRows.Count == 1;
            var etc = UnknownRows.Count > MostShown ? ", …" : "";
            yield return new Bilingual(
                $"{UnknownRows.Count} {(one ? "row" : "rows")} of the test file {(one ? "has a label" : "have labels")} in column '{name}' that the training file does not know and {(one ? "does" : "do")} not count in its figures: {Cells("line", "'", "'")}{etc}.",
                $"{UnknownRows.Count} {(one ? "ligne" : "lignes")} du fichier de test {(one ? "a" : "ont")} dans la colonne « {name} » une valeur inconnue du fichier d'apprentissage et {(one ? "ne compte" : "ne comptent")} pas dans ses mesures : {Cells("ligne", "« ", " »")}{etc}.");
        }

        if (isTraining && Negative.Count > 1)
        {
            var others = string.Join(", ", Negative.Take(MostShown).Select(text => $"'{Shown(text)}'")) + (Negative.Count > MostShown ? ", …" : "");
            yield return new Bilingual(
                $"Column '{name}' has {Positive.Count + Negative.Count} values: '{Shown(Positive[0])}' means leaving, all others do not ({others}).",
                $"La colonne « {name} » a {Positive.Count + Negative.Count} valeurs : « {Shown(Positive[0])} » signifie un départ, les autres non ({others}).");
        }

        string Cells(string line, string open, string close) =>
            string.Join(", ", UnknownRows.Take(MostShown).Select(row => $"{line} {file.Lines[row]} {open}{Shown(column.Levels[column.Codes[row]])}{close}"));
    }

    private static LabelColumn Read(FileColumn column, List<string> positive)
    {
        var meaning = new bool?[column.Levels.Count];
        for (var code = 0; code < meaning.Length; code++)
            meaning[code] = IsBlank(column.Levels[code]) ? null : positive.Contains(column.Levels[code], StringComparer.Ordinal);
        var used = new HashSet<int>(column.Codes);
        return new LabelColumn(
            positive,
            [.. Enumerable.Range(0, meaning.Length).Where(code => used.Contains(code) && meaning[code] == false).Select(code => column.Levels[code].Trim()).Distinct(StringComparer.Ordinal)],
            Array.ConvertAll(column.Codes, code => code < 0 ? null : meaning[code]));
    }

    private static bool IsBlank(string text) => MissingText.IsMissing(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether two texts are one word in any case, or one number: 1 and 1.0.</summary>
    private static bool Same(string text, string other) =>
        string.Equals(text.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase)
        || (Number(text) is { } number && number == Number(other));

    private static double? Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Shown(string text) => text.Trim() is { Length: > 40 } one ? one[..40] + "…" : text.Trim();
}
