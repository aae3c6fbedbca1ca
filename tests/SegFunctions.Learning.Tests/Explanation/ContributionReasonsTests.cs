using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class ContributionReasonsTests
{
    private static readonly ColumnWords Silence = new() { Aspect = "silence", Unit = ColumnUnit.Days };

    // recency, gap, returns, contract, member, loyal, income
    private static readonly ReasonFeature[] Features =
    [
        new() { Name = "recency", Words = Silence with { Label = new("days since last order", "jours depuis la dernière commande"), French = FrenchForm.MasculinePlural }, Typical = 30 },
        new() { Name = "gap", Words = Silence with { Label = new("gap between orders", "intervalle entre commandes") }, Typical = 25 },
        new() { Name = "returns", Words = new() { Label = new("return share", "part de retours"), Unit = ColumnUnit.Share, French = FrenchForm.Feminine }, Typical = 0.05 },
        new() { Name = "Contract", Levels = ["Month-to-month", "One year", "Two year"] },
        new() { Name = "is_member", YesOrNo = true, Typical = 1 },
        new() { Name = "PaperlessBilling", Levels = ["No", "Yes"] },
        new() { Name = "annual_income", Words = new() { Unit = ColumnUnit.Money("EUR") } },
    ];

    private static readonly ReasonPhrase[] Phrases =
    [
        new("silence", ReasonSide.Raising, new("orders only every {gap} (last order {recency} ago)", "ne commande que tous les {gap} (dernière commande il y a {recency})")) { When = row => row["recency"] < row["gap"] },
        new("silence", ReasonSide.Raising, new("no order for {recency} (usual gap {gap})", "aucune commande depuis {recency} (intervalle habituel : {gap})")),
        new("returns", ReasonSide.Raising, new("return share rose to {returns} (typical {returns:typical})", "part de retours montée à {returns} (typique : {returns:typical})")),
    ];

    private static readonly double[] Row = [74, 21, 0.4, 0, 0, 1, 52_300];

    [Fact]
    public void Phrases_speak_for_their_aspect_in_both_languages()
    {
        var reasons = new ContributionReasons(Features, Phrases).Of(Row, [0.9, -0.2, 0.5, 0, 0, 0, 0]);
        Assert.Equal(
            [
                new Reason("silence", 0.7, new("no order for 74 days (usual gap 21 days)", "aucune commande depuis 74 jours (intervalle habituel : 21 jours)")),
                new Reason("returns", 0.5, new("return share rose to 40% (typical 5%)", "part de retours montée à 40\u202F% (typique : 5\u202F%)")),
            ],
            reasons);
        Assert.All(reasons, reason => Assert.True(reason.Raises));
    }

    [Fact]
    public void A_phrase_is_passed_over_when_its_condition_fails_its_side_is_the_other_or_a_value_is_missing()
    {
        var reasons = new ContributionReasons(Features, Phrases);
        Assert.Equal("orders only every 21 days (last order 14 days ago)", Only(reasons.Of([14, .. Row[1..]], [0.9, 0, 0, 0, 0, 0, 0])));
        Assert.Equal("gap between orders 21 days (typical 25 days)", Only(reasons.Of(Row, [0.2, -0.9, 0, 0, 0, 0, 0])));
        Assert.Equal("days since last order 74 days (typical 30 days)", Only(reasons.Of([74, double.NaN, .. Row[2..]], [0.9, 0, 0, 0, 0, 0, 0])));
    }

    [Theory]
    [InlineData(2, 0.4, "return share 40% (typical 5%)", "part de retours 40\u202F% (typique : 5\u202F%)")]
    [InlineData(2, 0.05, "return share 5%", "part de retours 5\u202F%")]
    [InlineData(2, double.NaN, "return share is not known", "part de retours n'est pas renseignée")]
    [InlineData(3, 0, "contract is Month-to-month", "contract est Month-to-month")]
    [InlineData(3, 7, "contract is a value not seen before", "contract est une valeur jamais vue")]
    [InlineData(3, double.NaN, "contract is not known", "contract n'est pas renseigné")]
    [InlineData(4, 0, "is member: no", "is member : non")]
    [InlineData(4, 1, "is member: yes", "is member : oui")]
    [InlineData(5, 1, "paperless billing: Yes", "paperless billing : Yes")]
    [InlineData(6, 52_300, "annual income €52,300", "annual income 52\u202F300\u202F€")]
    public void A_column_speaks_by_its_label_its_value_and_what_is_typical(int column, double value, string english, string french)
    {
        var (row, contributions) = (Row.ToArray(), new double[Row.Length]);
        row[column] = value;
        contributions[column] = -1;
        Assert.Equal(new Bilingual(english, french), Assert.Single(new ContributionReasons(Features).Of(row, contributions)).Text);
    }

    [Fact]
    public void An_aspect_is_told_by_the_column_that_weighs_most_on_the_side_of_the_sum() =>
        Assert.Equal("days since last order 74 days (typical 30 days)", Only(new ContributionReasons(Features).Of(Row, [0.6, -0.5, 0, 0, 0, 0, 0])));

    [Fact]
    public void Only_the_side_asked_for_is_told()
    {
        var reasons = new ContributionReasons(Features);
        double[] contributions = [0.4, 0, -0.3, 0.2, -0.6, 0, 0];
        Assert.Equal(["is_member", "silence", "returns"], reasons.Of(Row, contributions).Select(reason => reason.Aspect));
        Assert.Equal(["silence", "Contract"], reasons.Of(Row, contributions, ReasonSide.Raising).Select(reason => reason.Aspect));
        Assert.Equal(["is_member", "returns"], reasons.Of(Row, contributions, ReasonSide.Lowering).Select(reason => reason.Aspect));
        Assert.Empty(reasons.Of(Row, new double[7]));
    }

    [Fact]
    public void What_weighs_little_is_told_only_for_want_of_anything_else()
    {
        double[] contributions = [0.04, 0, 0.05, 0, 0, 0, 0];
        Assert.Equal(["returns"], new ContributionReasons(Features).Of(Row, contributions).Select(reason => reason.Aspect));
        Assert.Empty(new ContributionReasons(Features, options: new ReasonOptions { Least = 0 }).Of(Row, contributions));
        Assert.Equal(2, new ContributionReasons(Features, options: new ReasonOptions { Worthwhile = 0.01 }).Of(Row, contributions).Count);
    }

    [Fact]
    public void Reasons_come_by_weight_on_the_side_asked_for_and_are_no_more_than_wanted() =>
        Prop.ForAll<int, ReasonSide>((seed, side) =>
        {
            var random = new Xoshiro256(seed);
            var contributions = Enumerable.Range(0, Features.Length + 1).Select(_ => random.NextNormal()).ToArray();
            var row = Row.Select(value => random.NextInt(3) == 0 ? double.NaN : value).ToArray();
            var found = new ContributionReasons(Features, Phrases).Of(row, contributions, side);
            Assert.InRange(found.Count, 0, 3);
            Assert.Equal(found.OrderByDescending(reason => Math.Abs(reason.Contribution)), found);
            Assert.All(found, reason => Assert.True(side == ReasonSide.Both || reason.Raises == (side == ReasonSide.Raising)));
            Assert.All(found, reason => Assert.DoesNotContain("{", reason.Text.En + reason.Text.Fr, StringComparison.Ordinal));
            Assert.Equal(found.Count, found.Select(reason => reason.Aspect).Distinct(StringComparer.Ordinal).Count());
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_feature_is_read_from_its_column()
    {
        var numbers = ReasonFeature.Of(new NumericColumn("n", [3, double.NaN, 1, 10]));
        Assert.Equal((3, false, 0), (numbers.Typical, numbers.YesOrNo, numbers.Levels.Count));
        Assert.True(ReasonFeature.Of(new NumericColumn("flag", [0, 1, double.NaN])).YesOrNo);
        Assert.False(ReasonFeature.Of(new NumericColumn("ones", [1, 1])).YesOrNo);
        Assert.True(double.IsNaN(ReasonFeature.Of(new NumericColumn("empty", [double.NaN])).Typical));
        Assert.Equal(["a", "b"], ReasonFeature.Of(TextColumn.FromCells("t", ["a", null, "b"])).Levels);
        Assert.Equal(ColumnUnit.Date, ReasonFeature.Of(new DateColumn("d", [1])).Words.Unit);
    }

    [Fact]
    public void Faults_are_listed_together()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ContributionReasons(
            [Features[0], Features[0]],
            [new("nothing", ReasonSide.Both, new("{recency}", "{rythme}")), new("silence", ReasonSide.Both, new("{recency", ""))],
            new ReasonOptions { Most = 0, Worthwhile = double.NaN }));
        foreach (var fault in new[] { "Two features are named \"recency\"", "aspect \"nothing\"", "column \"rythme\"", "brace that is not closed", "Most is 0", "Worthwhile is NaN" })
            Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_must_fit()
    {
        var reasons = new ContributionReasons(Features);
        Assert.Throws<ArgumentException>(() => reasons.Of(Row.AsSpan(1), new double[7]));
        Assert.Throws<ArgumentException>(() => reasons.Of(Row, new double[6]));
    }

    private static string Only(IReadOnlyList<Reason> reasons) => Assert.Single(reasons).Text.En;
}
