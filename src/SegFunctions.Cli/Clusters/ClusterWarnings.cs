using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Clusters;

/// <summary>What a person should know before using the labels.</summary>
internal static class ClusterWarnings
{
    public static IReadOnlyList<Bilingual> Of(FileTable file, IReadOnlyList<string> names, FileColumn? idColumn, ClusterRequest request, ClusterFit fit)
    {
        var warnings = OfFile(file, names, idColumn).ToList();
        if (fit.Model is { } model && request.Clusters is { } wanted && model.Clusters < wanted)
        {
            warnings.Add(new Bilingual(
                $"You asked for {wanted} clusters, and there are {model.Clusters}: the table has no more different rows.",
                $"{wanted} groupes étaient demandés, et il y en a {model.Clusters} : le tableau n'a pas plus de lignes différentes."));
        }

        if (request.Algorithm != ClusterAlgorithm.Auto && fit.Model is { Clusters: > 1 } found && found.Sizes.Count(size => size < ClusterFit.LeastSize(file.Rows)) is var small and > 0)
        {
            var least = ClusterFit.LeastSize(file.Rows);
            warnings.Add(new Bilingual(
                $"{small} of {found.Clusters} clusters {(small == 1 ? "holds" : "hold")} fewer than {least} rows: stragglers rather than segments. Ask for fewer clusters, or for larger ones.",
                $"{small} des {found.Clusters} groupes {(small == 1 ? "compte" : "comptent")} moins de {least} lignes : des lignes isolées plutôt que des segments. Demandez moins de groupes, ou de plus grands."));
        }

        if (fit.Model is HierarchicalModel { Approximation: { } approximation })
            warnings.Add(approximation);
        if (fit is { Confidence: ChoiceConfidence.None, Model: { Clusters: > 1 } })
        {
            warnings.Add(new Bilingual(
                "There is no evidence of structure: the clusters cut one cloud into pieces.",
                "Rien n'indique une structure : les groupes découpent un seul nuage."));
        }

        return warnings;
    }

    /// <summary>What is to be known of the columns themselves: new names, and values that could not be read.</summary>
    /// <param name="left">A column that is not used.</param>
    public static IEnumerable<Bilingual> OfFile(FileTable file, IReadOnlyList<string> names, FileColumn? left)
    {
        for (var position = 0; position < file.Columns.Count; position++)
        {
            var column = file.Columns[position];
            if (column == left)
                continue;
            if (file.Format.HasHeader != false && column.Name != names[position])
                yield return Renamed(column.Name, names[position], position + 1);
            if (column.Unreadable > 0)
                yield return Unreadable(column, names[position]);
        }
    }

    private static Bilingual Renamed(string header, string name, int position) => header.Length == 0
        ? new Bilingual($"Column {position} has no header; it is called '{name}' here.", $"La colonne {position} n'a pas d'en-tête ; elle s'appelle ici « {name} ».")
        : new Bilingual(
            $"Column {position} bears the header '{header}' once more; it is called '{name}' here.",
            $"La colonne {position} porte de nouveau l'en-tête « {header} » ; elle s'appelle ici « {name} ».");

    private static Bilingual Unreadable(FileColumn column, string name)
    {
        var one = column.Unreadable == 1;
        var dates = column.Kind == FileColumnKind.Date;
        var etc = column.Unreadable > column.UnreadableCells.Count ? ", …" : "";
        return new Bilingual(
            $"{column.Unreadable} {(one ? "value" : "values")} of column '{name}' {(one ? "is" : "are")} no {(dates ? one ? "date" : "dates" : one ? "number" : "numbers")} and {(one ? "counts" : "count")} as missing: {string.Join(", ", column.UnreadableCells.Select(cell => $"line {cell.Line} '{cell.Text}'"))}{etc}. Correct {(one ? "it, or leave it" : "them, or leave them")} empty.",
            $"{column.Unreadable} {(one ? "valeur" : "valeurs")} de la colonne « {name} » {(one ? "n'est pas" : "ne sont pas")} {(dates ? one ? "une date" : "des dates" : one ? "un nombre" : "des nombres")} et {(one ? "compte comme manquante" : "comptent comme manquantes")} : {string.Join(", ", column.UnreadableCells.Select(cell => $"ligne {cell.Line} « {cell.Text} »"))}{etc}. {(one ? "Corrigez-la ou laissez-la vide" : "Corrigez-les ou laissez-les vides")}.");
    }
}
