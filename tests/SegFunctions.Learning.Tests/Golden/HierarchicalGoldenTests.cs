using System.Text.Json;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scipy 1.10.1, fastcluster 1.2.3, scikit-learn 1.2.1 and R 4.2.2, made by make_hierarchical.py beside this file.</summary>
public sealed class HierarchicalGoldenTests
{
    private static readonly JsonElement Fixtures = Read();

    public static TheoryData<string, Linkage> Cases
    {
        get
        {
            var cases = new TheoryData<string, Linkage>();
            foreach (var fixture in Fixtures.EnumerateArray())
            {
                foreach (var figures in fixture.GetProperty("figures").EnumerateArray())
                    cases.Add(fixture.GetProperty("name").GetString()!, LinkageOf(figures));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merge_heights_are_those_of_scipy_fastcluster_and_R(string name, Linkage linkage)
    {
        var (rows, figures) = Case(name, linkage);
        double[] heights = [.. Fit(rows, linkage).Dendrogram.Merges.Select(merge => merge.Height)];
        GoldenFigures.Close(figures.GetProperty("heights").Doubles(), heights, 1e-9);
        GoldenFigures.Close([.. figures.GetProperty("heightsOfR").Doubles().Order()], heights, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cuts_are_those_of_scikit_learn_and_scipy(string name, Linkage linkage)
    {
        var (rows, figures) = Case(name, linkage);
        var model = Fit(rows, linkage);
        foreach (var cut in figures.GetProperty("cuts").EnumerateObject())
            Assert.Equal(1, AdjustedRandIndex.Of(cut.Value.Integers(), model.CutByCount(int.Parse(cut.Name))), 1e-12);
        Assert.Equal(1, AdjustedRandIndex.Of(figures.GetProperty("cutByHeight").Integers(), model.CutByHeight(figures.Number("cutHeight"))), 1e-12);
    }

    private static (Matrix Rows, JsonElement Figures) Case(string name, Linkage linkage)
    {
        var fixture = Fixtures.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        return (fixture.GetProperty("rows").Matrix(), fixture.GetProperty("figures").EnumerateArray().Single(one => LinkageOf(one) == linkage));
    }

    private static Linkage LinkageOf(JsonElement figures) => Enum.Parse<Linkage>(figures.GetProperty("linkage").GetString()!, ignoreCase: true);

    private static HierarchicalModel Fit(Matrix rows, Linkage linkage) => Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Clusters = 1 });

    private static JsonElement Read()
    {
        using var stream = typeof(HierarchicalGoldenTests).Assembly.GetManifestResourceStream("hierarchical.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
