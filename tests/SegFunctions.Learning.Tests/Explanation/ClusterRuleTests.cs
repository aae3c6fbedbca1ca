using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class ClusterRuleTests
{
    private static readonly NamingVocabulary Words = new()
    {
        Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal)
        {
            ["recency"] = new() { Label = new Bilingual("recency", "récence"), French = FrenchForm.Feminine, Unit = ColumnUnit.Days },
            ["orders"] = new() { Label = new Bilingual("orders", "commandes"), French = FrenchForm.FemininePlural },
        },
    };

    [Fact]
    public void A_planted_rule_is_found_and_said_in_both_languages()
    {
        var (table, labels) = ExplainedExample.Loyal();
        var rule = ClusterExplanation.Explain(table, labels, new ExplanationOptions { Vocabulary = Words }).Clusters[0].Rule!;
        Assert.Equal(new Bilingual("recency < 30 days and orders ≥ 6", "récence < 30 jours et commandes ≥ 6"), rule.Text);
        Assert.Equal(1, rule.Precision);
        Assert.Equal(1, rule.Recall);
        Assert.Equal(
            [new RuleCondition("recency", RuleComparison.Below, 30), new RuleCondition("orders", RuleComparison.AtLeast, 6)],
            rule.Conditions);
    }

    [Fact]
    public void Precision_and_recall_are_those_of_the_rule_as_printed() =>
        Prop.ForAll(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
        {
            var (table, labels) = ExplainedExample.Mixed(rows: 150 + (seed % 300), columns: 1 + (seed % 4), groups: 2 + (seed % 5), seed, noise: 0.1);
            foreach (var cluster in ClusterExplanation.Explain(table, labels, new ExplanationOptions { Threads = 1 }).Clusters)
            {
                var rule = cluster.Rule!;
                var (rows, members) = Recount(table, labels, cluster.Label, rule);
                Assert.Equal(rows, rule.Rows);
                Assert.Equal((double)members / rows, rule.Precision);
                Assert.Equal((double)members / cluster.Size, rule.Recall);
                Assert.Equal(2.0 * members / (rows + cluster.Size), rule.F1, 12);
                Assert.InRange(rule.Conditions.Count, 1, 3);
                foreach (var condition in rule.Conditions.Where(condition => condition.Threshold is not null))
                    Assert.Contains(Printed(condition.Threshold!.Value), rule.Text.En, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Round_thresholds_cost_no_more_F1_than_allowed()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var (table, labels) = ExplainedExample.Mixed(400, 3, 4, seed);
            var exact = ClusterExplanation.Explain(table, labels, new ExplanationOptions { RoundingLoss = 0 });
            var round = ClusterExplanation.Explain(table, labels, new ExplanationOptions { RoundingLoss = 0.05 });
            foreach (var (a, b) in exact.Clusters.Zip(round.Clusters))
            {
                Assert.True(b.Rule!.F1 >= a.Rule!.F1 - 0.05 - 1e-12);
                // Never more digits than the values have.
                Assert.All(b.Rule.Conditions, condition => Assert.Equal(condition.Threshold ?? 0, Math.Round(condition.Threshold ?? 0, 3)));
            }
        }
    }

    [Fact]
    public void Two_thresholds_on_a_column_are_said_as_a_range()
    {
        var values = Enumerable.Range(0, 300).Select(row => row / 10.0).ToArray();
        var labels = values.Select(value => value is >= 10 and < 20 ? 0 : 1).ToArray();
        var table = new Table([new NumericColumn("price", values)]);
        var options = new ExplanationOptions
        {
            Vocabulary = new NamingVocabulary { Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal) { ["price"] = new() { Label = new("price", "prix"), Unit = ColumnUnit.Money("EUR") } } },
        };
        Assert.Equal(new Bilingual("€10 ≤ price < €20", "10\u202F€ ≤ prix < 20\u202F€"), ClusterExplanation.Explain(table, labels, options).Clusters[0].Rule!.Text);
    }

    [Fact]
    public void Categories_are_named_and_what_is_missing_is_said_so()
    {
        int[] codes = [.. Enumerable.Range(0, 400).Select(row => row % 5 - 1)];
        string[] levels = ["red", "green", "blue", "black"];
        Assert.Equal("colour is green / colour est green", RuleOf(code => code == 1));
        Assert.Equal("colour is red or blue / colour est red ou blue", RuleOf(code => code is 0 or 2));
        Assert.Equal("colour is not known / colour n'est pas renseigné", RuleOf(code => code == -1));
        Assert.Equal("colour is red, green or black / colour est red, green ou black", RuleOf(code => code is 0 or 1 or 3));

        string RuleOf(Func<int, bool> member)
        {
            var table = new Table([new TextColumn("colour", codes, levels)]);
            var rule = ClusterExplanation.Explain(table, [.. codes.Select(code => member(code) ? 0 : 1)]).Clusters[0].Rule!;
            Assert.Equal(1, rule.F1);
            return $"{rule.Text.En} / {rule.Text.Fr}";
        }
    }

    [Fact]
    public void A_whole_number_at_the_end_of_its_range_is_said_as_itself()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(row => (double)(row % 2))];
        var table = new Table([new NumericColumn("newsletter", values)]);
        var explanation = ClusterExplanation.Explain(table, [.. values.Select(value => (int)value)]);
        Assert.Equal("newsletter = 0", explanation.Clusters[0].Rule!.Text.En);
        Assert.Equal("newsletter = 1", explanation.Clusters[1].Rule!.Text.Fr);
        Assert.Equal(new Bilingual("Without newsletter", "Sans newsletter"), explanation.Clusters[0].Name);
        Assert.Equal(new Bilingual("With newsletter", "Avec newsletter"), explanation.Clusters[1].Name);
    }

    [Fact]
    public void Dates_are_compared_as_days_and_written_as_dates()
    {
        // Times of day would not be printed, so thresholds fall on midnight.
        double[] days = [.. Enumerable.Range(0, 300).Select(row => 19_000 + row + 0.25)];
        var table = new Table([new DateColumn("signed_up", days)]);
        var explanation = ClusterExplanation.Explain(table, [.. days.Select(day => day < 19_100 ? 0 : 1)]);
        var rule = explanation.Clusters[0].Rule!;
        Assert.Equal(19_100, rule.Conditions[0].Threshold);
        Assert.Equal(new Bilingual("signed up < 18 Apr 2022", "signed up < 18 avr. 2022"), rule.Text);
        Assert.Equal(1, rule.F1);
        Assert.Equal("Very early signed up", explanation.Clusters[0].Name.En);
    }

    [Fact]
    public void Where_nothing_tells_a_cluster_there_is_no_rule()
    {
        var table = new Table([new NumericColumn("same", new double[20])]);
        Assert.All(ClusterExplanation.Explain(table, [.. Enumerable.Range(0, 20).Select(row => row % 2)]).Clusters, cluster => Assert.Null(cluster.Rule));
    }

    private static (int Rows, int Members) Recount(Table table, int[] labels, int cluster, ClusterRule rule)
    {
        var caught = Enumerable.Range(0, labels.Length).Where(row => rule.Conditions.All(condition => Meets(table, row, condition))).ToList();
        return (caught.Count, caught.Count(row => labels[row] == cluster));
    }

    private static bool Meets(Table table, int row, RuleCondition condition)
    {
        var column = table.Columns.Single(one => one.Name == condition.Column);
        if (column is NumericColumn numbers)
        {
            var value = numbers.Values[row];
            return condition.Comparison switch
            {
                RuleComparison.Below => value < condition.Threshold,
                RuleComparison.AtLeast => value >= condition.Threshold,
                RuleComparison.Unknown => double.IsNaN(value),
                _ => !double.IsNaN(value),
            };
        }

        var texts = (TextColumn)column;
        var level = texts.Codes[row] < 0 ? null : texts.Levels[texts.Codes[row]];
        return condition.Comparison switch
        {
            RuleComparison.OneOf => level is not null && condition.Levels!.Contains(level),
            RuleComparison.NoneOf => level is not null && !condition.Levels!.Contains(level),
            RuleComparison.Unknown => level is null,
            _ => level is not null,
        };
    }

    private static string Printed(double threshold) => threshold.ToString("0.###");
}
