namespace SegFunctions.Learning.Explanation;

/// <summary>Writes the one sentence that sums a cluster up.</summary>
internal static class ClusterSummary
{
    private const int TraitsTold = 3;

    public static Bilingual Of(IReadOnlyList<NumericTrait> features, IReadOnlyList<CategoryTrait> categories, int size, int rows, Bilingual noun)
    {
        var told = features.Select(trait => (Strength: Math.Abs(trait.Difference), trait.Text))
            .Concat(categories.Select(trait => (Strength: Math.Abs(trait.Strength), trait.Text)))
            .OrderByDescending(trait => trait.Strength)
            .Take(TraitsTold)
            .ToList();
        var share = Wording.Percent((double)size / rows, Decimals((double)size / rows));
        var count = Wording.Number((double)size);
        var many = new Bilingual($"{count.En} {noun.En}, {share.En} of all", $"{count.Fr} {noun.Fr}, {share.Fr} du total");
        if (told.Count == 0)
            return new Bilingual($"Like the table at large; {many.En}.", $"Semblable à l'ensemble ; {many.Fr}.");
        return new Bilingual(
            $"Stands out by {string.Join(", ", told.Select(trait => trait.Text.En))}; {many.En}.",
            $"Se distingue par {string.Join(", ", told.Select(trait => trait.Text.Fr))} ; {many.Fr}.");
    }

    // A small cluster is not 0 % of all.
    private static int Decimals(double share) => share switch
    {
        >= 0.01 => 0,
        >= 0.001 => 1,
        _ => 2,
    };
}
