using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class ClusterNamingTests
{
    private static readonly NamingVocabulary Buyers = new()
    {
        Noun = new Bilingual("buyers", "Acheteurs"),
        Typical = new Bilingual("Typical buyers", "Acheteurs typiques"),
        Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal)
        {
            ["orders"] = new() { Much = new("Frequent", "fréquents"), Little = new("Occasional", "occasionnels"), Aspect = "often" },
            ["gap"] = new() { Much = new("Slow-paced", "espacés"), Little = new("Fast-paced", "assidus"), Aspect = "often" },
            ["recency"] = new() { Much = new("Lapsed", "inactifs"), Little = new("Recent", "récents") },
            ["income"] = new() { Label = new("income", "revenu") },
            ["share"] = new() { Names = false },
        },
    };

    [Fact]
    public void Twenty_clusters_over_three_features_have_names_of_their_own_in_both_languages()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (table, labels) = ExplainedExample.Mixed(2000, 3, 20, seed);
            var numbers = new Table([.. table.Columns.Take(3)]);
            AssertGoodNames([.. ClusterExplanation.Explain(numbers, labels).Clusters.Select(cluster => cluster.Name)], 20);
        }
    }

    [Fact]
    public void Names_are_good_whatever_the_table() =>
        Prop.ForAll(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
        {
            var groups = 1 + (seed % 12);
            var (table, labels) = ExplainedExample.Mixed(120, 1 + (seed % 5), groups, seed);
            AssertGoodNames([.. ClusterExplanation.Explain(table, labels, new ExplanationOptions { Threads = 1 }).Clusters.Select(cluster => cluster.Name)], groups);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Clusters_that_nothing_tells_apart_are_named_by_size()
    {
        var table = new Table([new NumericColumn("same", new double[60])]);
        var names = ClusterExplanation.Explain(table, [.. Enumerable.Range(0, 60).Select(row => row % 30)]).Clusters.Select(cluster => cluster.Name).ToArray();
        AssertGoodNames(names, 30);
        Assert.Equal(new Bilingual("Typical group", "Groupe typique"), names[0]);
        Assert.Equal(new Bilingual("Second-largest group", "2e groupe par taille"), names[1]);
        Assert.Equal(new Bilingual("22nd-largest group", "22e groupe par taille"), names[21]);
    }

    [Fact]
    public void A_column_without_words_is_called_by_its_name()
    {
        var names = Name(("annual_income", 3, -3), ("age", -2, 2));
        Assert.Equal(new Bilingual("Very high annual income", "Annual income très élevé"), names[0]);
        Assert.Equal(new Bilingual("Very low annual income", "Annual income très faible"), names[1]);
        Assert.Equal(new Bilingual("High income, low age", "Income élevé, age faible"), Name(("income", 3, -3), ("age", -2, 2))[0]);
    }

    [Fact]
    public void Adjectives_stand_beside_their_noun_and_an_aspect_is_said_once()
    {
        Assert.Equal(new Bilingual("Frequent, recent buyers", "Acheteurs fréquents, récents"), Name(Buyers, ("orders", 3, -3), ("gap", -2.5, 2.5), ("recency", -2, 2))[0]);
        Assert.Equal(new Bilingual("Lapsed buyers, high income", "Acheteurs inactifs, revenu élevé"), Name(Buyers, ("recency", 3, -3), ("income", 2, -2))[0]);
        Assert.Equal(new Bilingual("Very frequent buyers", "Acheteurs très fréquents"), Name(Buyers, ("orders", 3, -3), ("share", 3, -3))[0]);
    }

    [Fact]
    public void French_adjectives_agree_with_the_label()
    {
        Assert.Equal("Commandes très élevées", Named(new("orders", "commandes"), FrenchForm.FemininePlural));
        Assert.Equal("Récence très élevée", Named(new("recency", "récence"), FrenchForm.Feminine));
        Assert.Equal("Achats très élevés", Named(new("purchases", "achats"), FrenchForm.MasculinePlural));

        static string Named(Bilingual label, FrenchForm form) => Name(
            new NamingVocabulary { Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal) { ["x"] = new() { Label = label, French = form } } }, ("x", 3, -3))[0].Fr;
    }

    [Fact]
    public void A_category_that_most_members_have_names_them()
    {
        int[] codes = [.. Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? 0 : 1)];
        var table = new Table([new TextColumn("city", codes, ["New York", "Paris"])]);
        var explanation = ClusterExplanation.Explain(table, codes);
        Assert.Equal(new Bilingual("Mostly New York", "Surtout New York"), explanation.Clusters[0].Name);
        Assert.Equal("Mostly Paris", explanation.Clusters[1].Name.En);
    }

    [Fact]
    public void Members_without_a_value_are_called_so()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? double.NaN : row % 7)];
        var explanation = ClusterExplanation.Explain(new Table([new NumericColumn("income", values)]), [.. values.Select(value => double.IsNaN(value) ? 1 : 0)]);
        Assert.Equal(new Bilingual("Unknown income", "Income inconnu"), explanation.Clusters[1].Name);
        Assert.Equal("income is not known", explanation.Clusters[1].Rule!.Text.En);
    }

    [Fact]
    public void A_value_that_is_missing_may_have_its_own_adjective()
    {
        double[] gaps = [.. Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? double.NaN : row % 7)];
        var vocabulary = new NamingVocabulary
        {
            Noun = new Bilingual("buyers", "Acheteurs"),
            Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal) { ["gap"] = new() { Unknown = new("One-time", "ponctuels") } },
        };
        var explanation = ClusterExplanation.Explain(
            new Table([new NumericColumn("gap", gaps)]), [.. gaps.Select(value => double.IsNaN(value) ? 1 : 0)], new ExplanationOptions { Vocabulary = vocabulary });
        Assert.Equal(new Bilingual("One-time buyers", "Acheteurs ponctuels"), explanation.Clusters[1].Name);
    }

    [Fact]
    public void Kept_names_stay_and_are_given_to_no_one_else()
    {
        var free = Name(("income", 3, -3), ("age", -2, 2));
        var table = TwoClusters(("income", 3, -3), ("age", -2, 2));
        var explanation = ClusterExplanation.Explain(table.Table, table.Labels, new ExplanationOptions
        {
            KeptNames = new Dictionary<int, Bilingual> { [1] = free[0] },
            TakenNames = [new Bilingual("Very high income", "x")],
        });
        Assert.Equal(free[0], explanation.Clusters[1].Name);
        Assert.NotEqual(free[0], explanation.Clusters[0].Name);
        Assert.NotEqual("Very high income", explanation.Clusters[0].Name.En);
    }

    [Theory]
    [InlineData("annual_income", "annual income")]
    [InlineData("AnnualIncome", "annual income")]
    [InlineData("recency.days", "recency days")]
    [InlineData("customerCLV", "customer CLV")]
    [InlineData("CLV", "CLV")]
    [InlineData("HTTPStatus", "HTTP status")]
    [InlineData("âge moyen", "âge moyen")]
    public void Names_of_columns_are_made_readable(string name, string label) => Assert.Equal(label, ColumnSpeech.Readable(name));

    private static void AssertGoodNames(Bilingual[] names, int count)
    {
        Assert.Equal(count, names.Select(name => name.En).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(count, names.Select(name => name.Fr).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (var text in names.SelectMany(name => new[] { name.En, name.Fr }))
        {
            Assert.InRange(text.Split(' ').Length, 2, 4);
            Assert.True(char.IsUpper(text[0]) || char.IsDigit(text[0]), text);
        }
    }

    private static Bilingual[] Name(params (string Column, double First, double Second)[] means) => Name(NamingVocabulary.Generic, means);

    private static Bilingual[] Name(NamingVocabulary vocabulary, params (string Column, double First, double Second)[] means)
    {
        var (table, labels) = TwoClusters(means);
        return [.. ClusterExplanation.Explain(table, labels, new ExplanationOptions { Vocabulary = vocabulary }).Clusters.Select(cluster => cluster.Name)];
    }

    /// <summary>Two clusters of 100 rows whose columns scatter by 1 about the means given.</summary>
    private static (Table Table, int[] Labels) TwoClusters(params (string Column, double First, double Second)[] means)
    {
        int[] labels = [.. Enumerable.Range(0, 200).Select(row => row % 2)];
        var columns = means.Select((mean, i) =>
        {
            var scatter = Some.Normal(200, 1, seed: i + 1);
            return new NumericColumn(mean.Column, [.. labels.Select((label, row) => (label == 0 ? mean.First : mean.Second) + scatter[row, 0])]);
        });
        return (new Table([.. columns]), labels);
    }
}
