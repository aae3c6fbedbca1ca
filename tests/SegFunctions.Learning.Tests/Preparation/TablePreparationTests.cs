using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

/// <summary>What is decided about columns.</summary>
public sealed class TablePreparationTests
{
    private static readonly PreparationModel Model = TablePreparation.Fit(SomeTable.Customers());

    [Theory]
    [InlineData("customer_id", ColumnKind.Identifier, ColumnUse.Identifier)]
    [InlineData("age", ColumnKind.Numeric, ColumnUse.Scaled)]
    [InlineData("spend", ColumnKind.Numeric, ColumnUse.Scaled)]
    [InlineData("spend_cents", ColumnKind.Numeric, ColumnUse.Correlated)]
    [InlineData("online", ColumnKind.Boolean, ColumnUse.Flag)]
    [InlineData("buys online", ColumnKind.Category, ColumnUse.Duplicate)]
    [InlineData("rating", ColumnKind.Numeric, ColumnUse.Scaled)]
    [InlineData("joined", ColumnKind.Date, ColumnUse.Scaled)]
    [InlineData("city", ColumnKind.Category, ColumnUse.Levels)]
    [InlineData("currency", ColumnKind.Category, ColumnUse.Constant)]
    [InlineData("email", ColumnKind.Identifier, ColumnUse.Identifier)]
    [InlineData("remark", ColumnKind.FreeText, ColumnUse.FreeText)]
    [InlineData("version", ColumnKind.Numeric, ColumnUse.Constant)]
    public void Each_column_is_used_for_what_it_says(string column, ColumnKind kind, ColumnUse use)
    {
        Assert.Equal(kind, Model.On(column).Kind);
        Assert.Equal(use, Model.On(column).Use);
    }

    [Fact]
    public void The_result_has_a_column_for_each_number_and_each_frequent_text_and_says_where_they_come_from()
    {
        Assert.Equal(
            ["age", "spend", "income", "balance", "online", "rating", "rating is missing", "holes", "joined", "city = Lyon", "city = Paris", "city = Lille", "city = (other)"],
            Model.OutputNames);
        Assert.Equal(["age", "rating", "rating", "city", "city"], Model.Outputs.Where((_, i) => i is 0 or 5 or 6 or 9 or 12).Select(output => Model.Report[output.Source].Column));
        Assert.Equal(new OutputColumn("city = Lyon", 11, OutputPart.Level, "Lyon"), Model.Outputs[9]);
    }

    [Theory]
    [InlineData("customer_id", "left out. Consecutive whole numbers, each once: they number the rows.", "écartée. Des entiers consécutifs, chacun une fois : ils numérotent les lignes.")]
    [InlineData("spend_cents", "left out. It moves with \"spend\", which is kept (correlation 1.000).", "écartée. Elle varie avec « spend », qui est gardée (corrélation 1,000).")]
    [InlineData("buys online", "left out. It says the same as online in every row.", "écartée. Elle dit la même chose que online dans chaque ligne.")]
    [InlineData("currency", "left out. It holds one value in every row (\"EUR\").", "écartée. Elle contient une seule valeur dans toutes les lignes (« EUR »).")]
    [InlineData("version", "left out. It holds one value in every row (3).", "écartée. Elle contient une seule valeur dans toutes les lignes (3).")]
    [InlineData("remark", "left out. Sentences, nearly all different.", "écartée. Des phrases, presque toutes différentes.")]
    public void What_is_left_out_has_its_reason_in_both_languages(string column, string english, string french)
    {
        Assert.Equal($"{column}: {english}", Model.On(column).Reason.En);
        Assert.Equal($"{column} : {french}", Model.On(column).Reason.Fr);
    }

    [Fact]
    public void What_is_done_to_a_kept_column_is_said_in_both_languages()
    {
        Assert.Matches(@"^spend: a measure\. Taken as log\(1 \+ x\) because it is skewed \(\d\.\d, then -?\d\.\d\)\. Its median \([\d.]+\) becomes 0; one unit is [\d.]+ \(interquartile range / 1\.349\)\.$", Model.On("spend").Reason.En);
        Assert.Matches(@"^spend : une mesure\. Prise en log\(1 \+ x\) car elle est asymétrique \(\d,\d, puis -?\d,\d\)\. Sa médiane \([\d,]+\) devient 0 ; une unité vaut [\d,]+ \(écart interquartile / 1,349\)\.$", Model.On("spend").Reason.Fr);
        Assert.Contains("Taken by Yeo-Johnson's transformation (power", Model.On("balance").Reason.En);
        Assert.Contains("Transformée selon Yeo-Johnson (puissance", Model.On("balance").Reason.Fr);
        Assert.Matches(@"joined: dates, counted in days\. Its median \(\d+ \w+ 202\d\) becomes 0; one unit is [\d.]+ days", Model.On("joined").Reason.En);
        Assert.Contains("1 of 600 values is missing and becomes the most frequent text (Lyon).", Model.On("city").Reason.En);
        Assert.Contains("2 rarer texts count as \"other\" (2 rows, fewer than 6 each).", Model.On("city").Reason.En);
        Assert.Contains("2 textes plus rares comptent comme « autre » (2 lignes, moins de 6 chacun).", Model.On("city").Reason.Fr);
        Assert.Matches(@"^online: yes or no \(1 or 0\)\. Yes in \d\d\.\d% of the rows\. It weighs as one column of numbers\.$", Model.On("online").Reason.En);
    }

    [Fact]
    public void One_mistyped_income_neither_looks_like_skewness_nor_widens_the_scale()
    {
        var income = Model.On("income");
        Assert.True(income.Skewness > 10);
        Assert.DoesNotContain("skewed", income.Reason.En);
        Assert.Equal(1, income.Winsorised);
        Assert.Contains("1 of 600 values lies more than 4 units away and is drawn in to that for fitting.", income.Reason.En);
        Assert.Contains("1 valeur sur 600 s'écarte de plus de 4 unités et y est ramenée pour l'apprentissage.", income.Reason.Fr);
    }

    [Fact]
    public void A_column_says_where_a_value_is_missing_only_when_that_goes_with_something()
    {
        Assert.Contains("A column says where they are missing, because that goes with online (correlation -0.", Model.On("rating").Reason.En);
        Assert.Contains("Une colonne dit où elles manquent, car cela va avec online (corrélation -0,", Model.On("rating").Reason.Fr);
        Assert.DoesNotContain("says where", Model.On("holes").Reason.En);
        var without = TablePreparation.Fit(SomeTable.Customers(), new PreparationOptions { IndicateMissing = false });
        Assert.DoesNotContain("rating is missing", without.OutputNames);
    }

    [Fact]
    public void Missing_where_a_flag_says_so_already_adds_no_column()
    {
        var flag = SomeTable.Numbers(row => row % 3 == 0 ? 1 : 0);
        var noise = Some.Normal(SomeTable.Rows, 1).Values.ToArray();
        var model = TablePreparation.Fit(new Table([new NumericColumn("phone", flag), new NumericColumn("minutes", SomeTable.Numbers(row => flag[row] == 1 ? noise[row] : double.NaN))]));
        Assert.Equal(["phone", "minutes"], model.OutputNames);
        Assert.Contains("phone (correlation -1.00) or another column says already where they are missing.", model.On("minutes").Reason.En);
    }

    [Fact]
    public void Chance_alone_hardly_ever_adds_a_column_for_missing_values()
    {
        var added = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Xoshiro256(seed);
            var values = Some.Normal(200, 6, seed).Values.ToArray();
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextDouble() < 0.3 ? double.NaN : values[i];
            added += TablePreparation.Fit(Table.Of(new Matrix(200, 6, values), ["a", "b", "c", "d", "e", "f"])).OutputNames.Count - 6;
        }

        Assert.InRange(added, 0, 1);
    }

    [Fact]
    public void A_category_weighs_as_the_typical_number_however_many_texts_it_has()
    {
        var random = new Xoshiro256(5);
        var model = TablePreparation.Fit(new Table(
        [
            new NumericColumn("uniform", SomeTable.Numbers(_ => random.NextDouble())),
            TextColumn.FromCells("many", SomeTable.Texts(row => $"t{row % 15}")),
            TextColumn.FromCells("two", SomeTable.Texts(row => row % 3 == 0 ? "b" : "a")),
            new NumericColumn("flag", SomeTable.Numbers(row => row % 4 == 0 ? 1 : 0)),
            new NumericColumn("missing", SomeTable.Numbers(row => row % 4 == 0 ? double.NaN : random.NextDouble())),
        ]));
        var prepared = model.TransformForFitting(new Table(
        [
            TextColumn.FromCells("many", SomeTable.Texts(row => $"t{row % 15}")),
            TextColumn.FromCells("two", SomeTable.Texts(row => row % 3 == 0 ? "b" : "a")),
            new NumericColumn("flag", SomeTable.Numbers(row => row % 4 == 0 ? 1 : 0)),
            new NumericColumn("uniform", SomeTable.Numbers(_ => random.NextDouble())),
            new NumericColumn("missing", SomeTable.Numbers(row => row % 4 == 0 ? double.NaN : random.NextDouble())),
        ]));
        var variances = new double[5];
        for (var column = 0; column < prepared.Columns; column++)
        {
            var values = Enumerable.Range(0, prepared.Rows).Select(row => prepared[row, column]).ToArray();
            var mean = values.Average();
            variances[model.Outputs[column].Source] += values.Average(value => (value - mean) * (value - mean));
        }

        Assert.Equal(variances[1], variances[2], 1e-9);
        Assert.Equal(variances[1], variances[3], 1e-9);
        Assert.InRange(variances[1], 0.4, 0.65);
    }

    [Fact]
    public void A_text_that_stands_in_the_same_rows_as_another_columns_is_counted_once()
    {
        var model = TablePreparation.Fit(new Table(
        [
            TextColumn.FromCells("backup", SomeTable.Texts(row => row % 3 == 0 ? "no internet" : row % 2 == 0 ? "yes" : "no")),
            TextColumn.FromCells("tv", SomeTable.Texts(row => row % 3 == 0 ? "no internet" : row % 5 == 0 ? "yes" : "no")),
            TextColumn.FromCells("internet", SomeTable.Texts(row => row % 3 == 0 ? "no" : "yes")),
        ]));
        Assert.Equal(["backup = no", "backup = yes", "tv = no", "tv = yes", "internet"], model.OutputNames);
        Assert.EndsWith("tv = no internet is not counted again: those rows are internet = no.", model.On("tv").Reason.En);
        Assert.EndsWith("tv = no internet n'est pas compté de nouveau : ces lignes sont internet = non.", model.On("tv").Reason.Fr);
    }

    [Fact]
    public void Of_a_name_and_its_code_one_column_stays_whole()
    {
        // Text by text, now the one name would be the shorter, now the other.
        string[] codes = ["FR-250", "DE", "IT"];
        string[] names = ["F", "Germany", "Italy"];
        var model = TablePreparation.Fit(new Table(
        [
            TextColumn.FromCells("land name", SomeTable.Texts(row => names[row % 3])),
            TextColumn.FromCells("land code", SomeTable.Texts(row => codes[row % 3])),
        ]));
        Assert.Equal(["land code = DE", "land code = FR-250", "land code = IT"], model.OutputNames);
        Assert.Equal("land name: left out. It says the same as land code in every row.", model.On("land name").Reason.En);
    }

    [Fact]
    public void Of_a_chain_of_correlated_columns_each_left_out_one_moves_with_the_one_kept()
    {
        // a ~ b and b ~ c above the limit, a ~ c below it: b stays for both.
        var noise = Some.Normal(SomeTable.Rows, 3);
        var model = TablePreparation.Fit(new Table(
        [
            new NumericColumn("a", SomeTable.Numbers(row => noise[row, 0] + (0.27 * noise[row, 1]))),
            new NumericColumn("b", SomeTable.Numbers(row => noise[row, 0])),
            new NumericColumn("c", SomeTable.Numbers(row => noise[row, 0] + (0.27 * noise[row, 2]))),
        ]));
        Assert.Equal(["b"], model.OutputNames);
        Assert.Contains("It moves with \"b\", which is kept (correlation 0.9", model.On("a").Reason.En);
        var apart = TablePreparation.Fit(SomeTable.Customers(), new PreparationOptions { CorrelationLimit = double.PositiveInfinity });
        Assert.Contains("spend_cents", apart.OutputNames);
    }

    [Fact]
    public void Long_tails_of_texts_and_hardly_filled_or_changing_columns_are_left_out()
    {
        var model = TablePreparation.Fit(new Table(
        [
            new NumericColumn("x", Some.Normal(SomeTable.Rows, 1).Values.ToArray()),
            TextColumn.FromCells("name", SomeTable.Texts(row => row < 60 ? "Anna" : $"n{row / 2}")),
            TextColumn.FromCells("code", SomeTable.Texts(row => $"c{row / 4}")),
            TextColumn.FromCells("note", SomeTable.Texts(row => row % 50 == 0 ? "late" : row % 50 == 1 ? "early" : null)),
            new NumericColumn("refund", SomeTable.Numbers(row => row < 2 ? 20 - row : 0)),
            new NumericColumn("empty", SomeTable.Numbers(_ => double.NaN)),
        ]));
        Assert.Equal(["x"], model.OutputNames);
        Assert.Equal("name: left out. 271 different texts, and the frequent ones cover only 10% of the rows.", model.On("name").Reason.En);
        Assert.Equal("code: left out. 150 different texts, none in 6 rows or more.", model.On("code").Reason.En);
        Assert.Equal("note: left out. 96.0% of its values are missing.", model.On("note").Reason.En);
        Assert.Equal("refund: left out. It holds one value (0) in 99.67% of the rows.", model.On("refund").Reason.En);
        Assert.Equal("empty : écartée. Elle ne contient aucune valeur.", model.On("empty").Reason.Fr);
    }

    [Fact]
    public void When_most_values_are_one_number_the_deviation_is_the_unit()
    {
        var fit = NumericFit.Robust(NumericProfile.Of([.. Enumerable.Repeat(0.0, 90), .. Enumerable.Repeat(-3.0, 10)]), ColumnKind.Numeric, new PreparationOptions { SkewnessLimit = double.PositiveInfinity });
        Assert.Equal(ScaleSource.DeviationOfTheFew, fit.Treatment!.ScaleSource);
        Assert.Equal(0.9, fit.Treatment.Scale, 1e-12);
    }

    [Fact]
    public void Skewed_columns_take_the_logarithm_where_it_does_and_nothing_where_nothing_helps()
    {
        double[] normal = Some.Normal(500, 1).Values.ToArray();
        Assert.Equal(Transformation.Log1p, Of([.. normal.Select(value => Math.Exp(2 + value))]).Transformation);
        Assert.Equal(Transformation.YeoJohnson, Of([.. normal.Select(value => -Math.Exp(2 + value))]).Transformation);
        Assert.Equal(Transformation.None, Of([.. normal.Select(value => value + 10)]).Transformation);
        Assert.Equal(Transformation.None, Of([.. normal.Select(value => -Math.Exp(2 + value))], new PreparationOptions { YeoJohnson = false }).Transformation);

        static NumericTreatment Of(double[] values, PreparationOptions? options = null) => NumericFit.Robust(NumericProfile.Of(values), ColumnKind.Numeric, options ?? new PreparationOptions()).Treatment!;
    }

    [Fact]
    public void What_a_column_means_can_be_told()
    {
        var kinds = new Dictionary<string, ColumnKind> { ["segment"] = ColumnKind.Category, ["x"] = ColumnKind.Identifier };
        var table = new Table([new NumericColumn("segment", SomeTable.Numbers(row => row % 3)), new NumericColumn("x", Some.Normal(SomeTable.Rows, 1).Values.ToArray())]);
        var model = TablePreparation.Fit(table, new PreparationOptions { Kinds = kinds });
        Assert.Equal(["segment = 0", "segment = 1", "segment = 2"], model.OutputNames);
        Assert.StartsWith("segment: a category, as told.", model.On("segment").Reason.En);
        Assert.Equal("x : écartée. Un identifiant, comme indiqué.", model.On("x").Reason.Fr);
    }

    [Fact]
    public void Another_order_of_the_columns_gives_the_same_decisions() =>
        Prop.ForAll(Gen.Choose(0, 10_000).ToArbitrary(), seed =>
        {
            var columns = SomeTable.CustomerColumns();
            new Xoshiro256(seed).Shuffle(columns.AsSpan());
            var model = TablePreparation.Fit(new Table(columns));
            return model.OutputNames.Order(StringComparer.Ordinal).SequenceEqual(Model.OutputNames.Order(StringComparer.Ordinal))
                && model.Report.All(decision => decision.Reason == Model.On(decision.Column).Reason);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void Every_fault_of_the_options_is_told_at_once()
    {
        var wrong = new PreparationOptions
        {
            Bound = 0,
            SkewnessLimit = double.NaN,
            RareShare = 2,
            MostLevels = 0,
            CategoryWeight = -1,
            MissingWeight = double.PositiveInfinity,
            NearlyConstantShare = 0.4,
            CorrelationLimit = 0,
            PrincipalShare = 1.5,
            Threads = 0,
            Kinds = new Dictionary<string, ColumnKind> { ["nothing"] = ColumnKind.Date },
        };
        var message = Assert.Throws<ArgumentException>(() => TablePreparation.Fit(SomeTable.Customers(), wrong)).Message;
        Assert.All(
            (string[])["Bound", "SkewnessLimit", "RareShare", "MostLevels", "CategoryWeight", "MissingWeight", "NearlyConstantShare", "CorrelationLimit", "PrincipalShare", "Threads", "\"nothing\", which is no column"],
            fault => Assert.Contains(fault, message));
    }
}
