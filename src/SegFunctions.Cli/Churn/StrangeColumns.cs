using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>Columns of a table to score that hold what the training table never held, and are therefore guessed at.</summary>
internal static class StrangeColumns
{
    private const int MostShown = 5;

    /// <param name="used">The columns that the model looks at.</param>
    public static IEnumerable<Bilingual> Of(ChurnTable train, ChurnTable scored, IReadOnlyList<string> used)
    {
        foreach (var name in used)
        {
            if (train.ColumnNamed(name) is not { } known || scored.ColumnNamed(name) is not { } column)
                continue;
            if (column.Missing == scored.File.Rows && known.Missing < train.File.Rows)
            {
                yield return new Bilingual(
                    $"Column '{name}' holds no value in {scored.FileName}; every score was made without it.",
                    $"La colonne « {name} » est vide dans {scored.FileName} ; chaque score s'en est passé.");
            }
            else if (known.Kind == FileColumnKind.Text && Unseen(column, known) is { Rows: > 0 } unseen)
            {
                var etc = unseen.Texts.Count > MostShown ? ", …" : "";
                yield return new Bilingual(
                    $"{Wording.Number((double)unseen.Rows).En} {(unseen.Rows == 1 ? "row" : "rows")} of {scored.FileName} {(unseen.Rows == 1 ? "holds a text" : "hold texts")} in column '{name}' that {train.FileName} does not have: {Shown(unseen.Texts, "'", "'")}{etc}. The column tells little of {(unseen.Rows == 1 ? "it" : "them")}.",
                    $"{Wording.Number((double)unseen.Rows).Fr} {(unseen.Rows == 1 ? "ligne" : "lignes")} de {scored.FileName} {(unseen.Rows == 1 ? "porte" : "portent")} dans la colonne « {name} » un texte absent de {train.FileName} : {Shown(unseen.Texts, "« ", " »")}{etc}. La colonne n'en dit pas grand-chose.");
            }
        }
    }

    private static string Shown(IReadOnlyList<string> texts, string open, string close) =>
        string.Join(", ", texts.Take(MostShown).Select(text => open + (text.Length > 40 ? text[..40] + "…" : text).ReplaceLineEndings(" ") + close));

    private static (int Rows, IReadOnlyList<string> Texts) Unseen(FileColumn column, FileColumn learned)
    {
        var known = learned.Levels.ToHashSet(StringComparer.Ordinal);
        bool[] isNew = [.. column.Levels.Select(text => !known.Contains(text))];
        return (column.Codes.Count(code => code >= 0 && isNew[code]), [.. column.Levels.Where(text => !known.Contains(text))]);
    }
}
