using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Dedupe;

/// <summary>Words of the report and the screen of <c>dedupe</c>.</summary>
internal static class DedupeWords
{
    public static readonly Bilingual Title = new("Duplicates in", "Doublons dans");
    public static readonly Bilingual Columns = new("What was compared", "Ce qui a été comparé");
    public static readonly Bilingual Unused = new("Columns that take no part", "Colonnes écartées");
    public static readonly Bilingual Column = new("column", "colonne");
    public static readonly Bilingual Field = new("read as", "lue comme");
    public static readonly Bilingual Why = new("why", "pourquoi");
    public static readonly Bilingual Review = new("Pairs that wait for a human", "Paires à vérifier par un humain");
    public static readonly Bilingual One = new("one", "l'une");
    public static readonly Bilingual Other = new("other", "l'autre");
    public static readonly Bilingual Probability = new("probability", "probabilité");
    public static readonly Bilingual Refused = new("Groups too large to be one, left alone", "Groupes trop grands pour n'en faire qu'un, laissés tels quels");
    public static readonly Bilingual Blocked = new("Values on too many records", "Valeurs présentes sur trop de fiches");
    public static readonly Bilingual Changes = new("Beside the earlier result", "Face au résultat précédent");
    public static readonly Bilingual ChangesOfSettings = new("What other settings would change:", "Ce que d'autres réglages changeraient :");
    public static readonly Bilingual Explanation = new("Why these two", "Pourquoi ces deux-là");

    public static Bilingual Summary(DedupeResult result) => new(
        $"{Number(result.Rows).En} records are {Number(result.Clusters).En} people or companies: {Number(result.Duplicates).En} duplicates, {Number(result.Reviews).En} pairs for review, expected precision {Wording.Percent(result.ExpectedPrecision, 1).En}",
        $"{Number(result.Rows).Fr} fiches sont {Number(result.Clusters).Fr} personnes ou entreprises : {Number(result.Duplicates).Fr} doublons, {Number(result.Reviews).Fr} paires à vérifier, précision attendue {Wording.Percent(result.ExpectedPrecision, 1).Fr}");

    public static Bilingual RepeatedIds(int count) => new(
        $"{Number(count).En} ids stand on more than one row: each row has its own line, and --explain takes the first; name a column that is unique with --id",
        $"{Number(count).Fr} identifiants figurent sur plusieurs lignes : chaque ligne a la sienne dans le résultat, et --explain prend la première ; indiquez une colonne unique avec --id");

    public static Bilingual TitleOf(ClusterChanges changes) => changes.Of == "settings" ? ChangesOfSettings : Changes;

    public static Bilingual Of(ClusterChanges changes) => new(
        $"{Number(changes.Merges).En} merges, {Number(changes.Splits).En} splits; {Number(changes.Moved).En} records would stand with others than before; {Number(changes.OnlyNow).En} are new, {Number(changes.OnlyBefore).En} are gone",
        $"{Number(changes.Merges).Fr} fusions, {Number(changes.Splits).Fr} scissions ; {Number(changes.Moved).Fr} fiches seraient avec d'autres qu'avant ; {Number(changes.OnlyNow).Fr} sont nouvelles, {Number(changes.OnlyBefore).Fr} ont disparu");

    public static Bilingual Of(RefusedGroup group) => new(
        $"{Number(group.Records).En} records, among them {string.Join(", ", group.Ids)}",
        $"{Number(group.Records).Fr} fiches, dont {string.Join(", ", group.Ids)}");

    private static Bilingual Number(int count) => Wording.Number((double)count);
}
