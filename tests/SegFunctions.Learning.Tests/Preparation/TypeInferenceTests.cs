using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class TypeInferenceTests
{
    [Theory]
    [InlineData("1|2.5|-3e2||NA", ColumnKind.Numeric)]
    [InlineData("2024-01-31|2024-02-01T10:00:00Z| ", ColumnKind.Date)]
    [InlineData("20240131|20231201", ColumnKind.Date)]
    [InlineData("20240131|20231301", ColumnKind.Numeric)]
    [InlineData("yes|No|yes", ColumnKind.Boolean)]
    [InlineData("oui|non|n/a", ColumnKind.Boolean)]
    [InlineData("TRUE|FALSE", ColumnKind.Boolean)]
    [InlineData("0|1|1", ColumnKind.Boolean)]
    [InlineData("yes|no|maybe", ColumnKind.Category)]
    [InlineData("yes|non", ColumnKind.Category)]
    [InlineData("12|13|x", ColumnKind.Category)]
    [InlineData("01|02|10", ColumnKind.Category)]
    [InlineData("2024-01-31|soon", ColumnKind.Category)]
    [InlineData("red|green", ColumnKind.Category)]
    public void Texts_mean_what_every_one_of_them_says(string cells, ColumnKind expected) =>
        Assert.Equal(expected, TypeInference.Of(TextColumn.FromCells("x", cells.Split('|'))).Kind);

    [Fact]
    public void Texts_that_nearly_all_differ_name_rows_or_are_sentences()
    {
        Assert.Equal(ColumnKind.Identifier, Of("customer", row => $"{row * 7919 % 1000}-VHVEG"));
        Assert.Equal(ColumnKind.FreeText, Of("remark", row => $"The customer called about order {row}"));
        Assert.Equal(ColumnKind.FreeText, Of("remark", row => $"The customer called about order {row / 2}"));
        Assert.Equal(ColumnKind.Identifier, Of("household_id", row => $"H{row / 2}"));
        Assert.Equal(ColumnKind.Category, Of("household", row => $"H{row / 2}"));

        static ColumnKind Of(string name, Func<int, string> cell) => TypeInference.Of(TextColumn.FromCells(name, SomeTable.Texts(cell))).Kind;
    }

    [Theory]
    [InlineData("ID", ColumnKind.Identifier)]
    [InlineData("customerID", ColumnKind.Identifier)]
    [InlineData("user_id", ColumnKind.Identifier)]
    [InlineData("Invoice No", ColumnKind.Identifier)]
    [InlineData("paid", ColumnKind.Numeric)]
    [InlineData("amount", ColumnKind.Numeric)]
    public void Different_whole_numbers_name_rows_only_under_a_name_that_says_so(string name, ColumnKind expected) =>
        Assert.Equal(expected, TypeInference.Of(new NumericColumn(name, SomeTable.Numbers(row => row * row))).Kind);

    [Fact]
    public void Consecutive_whole_numbers_number_the_rows_in_any_order_and_under_any_name()
    {
        Assert.Equal(ColumnKind.Identifier, TypeInference.Of(new NumericColumn("x", SomeTable.Numbers(row => SomeTable.Rows - row))).Kind);
        Assert.Equal(ColumnKind.Numeric, TypeInference.Of(new NumericColumn("x", SomeTable.Numbers(row => row / 2.0))).Kind);
        Assert.Equal(ColumnKind.Numeric, TypeInference.Of(new NumericColumn("x", [1, 2, 3])).Kind);
    }

    [Fact]
    public void A_measure_without_equal_values_is_no_identifier_even_under_its_name()
    {
        var column = new NumericColumn("risk_key", Some.Normal(SomeTable.Rows, 1).Values.ToArray());
        Assert.Equal(ColumnKind.Numeric, TypeInference.Of(column).Kind);
    }

    [Fact]
    public void Few_numbers_under_the_name_of_an_identifier_or_of_a_place_are_categories()
    {
        Assert.Equal(ColumnKind.Category, TypeInference.Of(new NumericColumn("store_id", SomeTable.Numbers(row => 100 + (row % 7)))).Kind);
        Assert.Equal(ColumnKind.Category, TypeInference.Of(new NumericColumn("Postcode", SomeTable.Numbers(row => 75_000 + (row % 90)))).Kind);
    }

    [Fact]
    public void Few_whole_numbers_stay_a_measure_and_the_reason_says_what_to_do_if_they_are_codes()
    {
        var type = TypeInference.Of(new NumericColumn("segment", SomeTable.Numbers(row => row % 4)));
        Assert.Equal(ColumnKind.Numeric, type.Kind);
        Assert.Equal("a measure (4 different whole numbers; if they are codes, say that it is a category)", type.Reason.En);
        Assert.Equal("une mesure (4 entiers différents ; si ce sont des codes, indiquez que c'est une catégorie)", type.Reason.Fr);
    }

    [Fact]
    public void An_infinite_number_is_refused_with_its_row() =>
        Assert.Contains("Row 1 (counted from 0) of column \"x\" holds Infinity", Assert.Throws<ArgumentException>(() => TypeInference.Of(new NumericColumn("x", [0, double.PositiveInfinity]))).Message);

    [Theory]
    [InlineData("customerID", "customer,ID")]
    [InlineData("Dt_Customer", "Dt,Customer")]
    [InlineData("invoice no.", "invoice,no")]
    [InlineData("__", "")]
    public void Names_are_cut_into_words(string name, string words) => Assert.Equal(words, string.Join(',', ColumnName.Words(name)));
}
