using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>What the test of structure says to a person.</summary>
internal static class StructureWording
{
    public static Bilingual Unknown { get; } = new("Not tested.", "Non testé.");

    public static StructureTestResult Untestable(int rows, int distinct) => new()
    {
        Structured = false,
        PValue = 1,
        Statistic = 0,
        Clusters = 0,
        DensityGap = 0,
        Dip = 0,
        DipPValue = 1,
        Hopkins = 0.5,
        Nulls = [],
        Rows = rows,
        RowsTested = 0,
        Sentence = rows < StructureTest.FewestRows
            ? new Bilingual(
                $"No groups can be shown: the table has {rows} rows, and fewer than {StructureTest.FewestRows} prove nothing.",
                $"Aucun groupe ne peut être démontré : le tableau compte {rows} lignes, et moins de {StructureTest.FewestRows} ne prouvent rien.")
            : new Bilingual(
                $"No groups can be shown: the table holds only {distinct} different {(distinct == 1 ? "row" : "rows")}.",
                $"Aucun groupe ne peut être démontré : le tableau ne contient que {distinct} {(distinct == 1 ? "ligne différente" : "lignes différentes")}."),
    };

    public static Bilingual Of(StructureTestResult result)
    {
        var p = Wording.Number(result.PValue, 2);
        var sample = result.RowsTested == result.Rows
            ? new Bilingual("", "")
            : new Bilingual(
                $" Tested on a sample of {Wording.Number((double)result.RowsTested).En} of {Wording.Number((double)result.Rows).En} rows.",
                $" Testé sur un échantillon de {Wording.Number((double)result.RowsTested).Fr} lignes sur {Wording.Number((double)result.Rows).Fr}.");
        return result.Structured
            ? new Bilingual(
                $"The rows form groups: no shape without groups that fits them is as clustered (p = {p.En}).{sample.En}",
                $"Les lignes forment des groupes : aucune forme sans groupes qui leur ressemble n'est aussi regroupée (p = {p.Fr}).{sample.Fr}")
            : new Bilingual(
                $"No groups were shown: {Describe(result.Nulls.MaxBy(shape => shape.PValue)!.Shape).En} is as clustered as the rows (p = {p.En}).{sample.En}",
                $"Aucun groupe n'a été démontré : {Describe(result.Nulls.MaxBy(shape => shape.PValue)!.Shape).Fr} est aussi regroupé que les lignes (p = {p.Fr}).{sample.Fr}");
    }

    private static Bilingual Describe(NullShape shape) => shape switch
    {
        NullShape.Gaussian => new("a single Gaussian cloud of their spread", "un seul nuage gaussien de même étendue"),
        NullShape.Copula => new("a single cloud with their columns and correlations", "un seul nuage ayant leurs colonnes et leurs corrélations"),
        _ => new("a single ellipsoidal cloud with their tails", "un seul nuage ellipsoïdal aux mêmes queues"),
    };
}
