using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Filters;
using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class FilterTests
{
    [Fact]
    public void Literals_have_the_forms_of_OData()
    {
        var date = new DateTimeOffset(2026, 3, 4, 7, 6, 7, TimeSpan.FromHours(2)).AddTicks(1);
        byte[] bytes = [0, 171, 255];
        var guid = Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E");

        Assert.Equal("A eq 'it''s'", TableClient.CreateQueryFilter($"A eq {"it's"}"));
        Assert.Equal("A eq 5 and B eq 5L and C eq 5.0 and D eq true", TableClient.CreateQueryFilter($"A eq {5} and B eq {5L} and C eq {5.0} and D eq {true}"));
        Assert.Equal("A eq datetime'2026-03-04T05:06:07.0000001Z'", TableClient.CreateQueryFilter($"A eq {date}"));
        Assert.Equal("A eq datetime'2026-03-04T05:06:07.0000001Z'", TableClient.CreateQueryFilter($"A eq {date.UtcDateTime}"));
        Assert.Equal("A eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'", TableClient.CreateQueryFilter($"A eq {guid}"));
        Assert.Equal("A eq X'00abff' or A eq X'00abff'", TableClient.CreateQueryFilter($"A eq {bytes} or A eq {new BinaryData(bytes)}"));
        Assert.Equal("A eq '{0}' and B eq 7L", TableClient.CreateQueryFilter($"A eq {"{0}"} and B eq {7u}"));
        Assert.Equal("A eq '''' or A eq '' or A eq 'x'' or 1 eq 1'", TableClient.CreateQueryFilter($"A eq {'\''} or A eq {""} or A eq {"x' or 1 eq 1"}"));
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e21, "1000000000000000000000.0")]
    [InlineData(-1.25e21, "-1250000000000000000000.0")]
    [InlineData(1.5e-7, "0.00000015")]
    [InlineData(-1e-5, "-0.00001")]
    [InlineData(123456789.125, "123456789.125")]
    public void Doubles_have_a_point_and_no_exponent(double number, string literal) =>
        Assert.Equal(literal, TableClient.CreateQueryFilter($"{number}"));

    [Fact]
    public void Any_value_is_read_back_from_its_literal()
    {
        Prop.ForAll<string, double, long>((text, number, whole) =>
        {
            text = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            return Equals(Literal($"{text}"), text)
                && (!double.IsFinite(number) || ((double)Literal($"{number}")).Equals(number))
                && Equals(Literal($"{whole}"), whole)
                && Equals(Literal($"{(int)whole}"), (int)whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        Assert.Equal(double.MaxValue, Literal($"{double.MaxValue}"));
        Assert.Equal(double.Epsilon, Literal($"{double.Epsilon}"));
        Assert.Equal(long.MinValue, Literal($"{long.MinValue}"));

        static object Literal(FormattableString value) => new FilterLexer(TableClient.CreateQueryFilter(value)).Next().Value!;
    }

    [Fact]
    public void Values_without_a_literal_are_refused_with_their_position()
    {
        AssertRefused($"A eq {1} and B eq {null}", "Value 1 of the filter is null");
        AssertRefused($"A eq {double.NaN}", "Value 0 of the filter is NaN");
        AssertRefused($"A eq {double.NegativeInfinity}", "which has no literal that compares");
        AssertRefused($"A eq {"a\ud800"}", "half of a surrogate pair at position 1");
        AssertRefused($"A eq {new DateTime(2026, 1, 1)}", "neither UTC nor local");
        AssertRefused($"A eq {1.5m}", "of type Decimal");

        static void AssertRefused(FormattableString filter, string fault) =>
            Assert.Contains(fault, Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter(filter)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A eq", "Position 4 of the filter holds its end where a property or a value was expected")]
    [InlineData("A eq 1 B", "Position 7 of the filter holds 'B' where the end, 'and' or 'or' was expected")]
    [InlineData("eq 1", "Position 0 of the filter holds 'eq' where a property or a value")]
    [InlineData("(A eq 1", "Position 7 of the filter holds its end where ')'")]
    [InlineData("A eq 'x", "position 5 of the filter has no closing quote")]
    [InlineData("A eq guid'12'", "guid'12' at position 5 of the filter is no literal")]
    [InlineData("A eq X'abc'", "X'abc' at position 5")]
    [InlineData("A eq datetime'soon'", "datetime'soon' at position 5")]
    [InlineData("A eq 99999999999", "'99999999999' at position 5 of the filter is no number")]
    [InlineData("A eq -", "'-' at position 5")]
    [InlineData("A eq )", "holds ')'")]
    public void Malformed_filter_is_refused_with_the_position(string filter, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => FilterParser.Parse(filter)).Message, StringComparison.Ordinal);

    [Fact]
    public void Filter_nested_beyond_reason_is_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("(", 100_000)) + "A eq 1";

        Assert.Contains("nested more than 200 deep", Assert.Throws<FormatException>(() => FilterParser.Parse(nested)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Small eq 7L", true)]
    [InlineData("Small eq 7.0", true)]
    [InlineData("Wide gt 6", true)]
    [InlineData("Small eq '7'", false)]
    [InlineData("Small ne '7'", false)]
    [InlineData("Small lt Wide", true)]
    [InlineData("Odd eq Odd", false)]
    [InlineData("Odd ne 1.0", true)]
    [InlineData("Odd lt 1.0 or Odd ge 1.0", false)]
    [InlineData("Flag", true)]
    [InlineData("not Flag", false)]
    [InlineData("true", true)]
    [InlineData("not not Flag", true)]
    [InlineData("Bytes gt X'01'", true)]
    [InlineData("Bytes lt X'01ff'", true)]
    [InlineData("Timestamp eq datetime'2026-03-04T05:06:07Z'", true)]
    public void Values_of_different_types_compare_where_they_can(string filter, bool matches)
    {
        var ticks = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc).Ticks;
        var row = new Row("p", "r", ["Small", "Wide", "Odd", "Flag", "Bytes"], [7, 8L, double.NaN, true, new byte[] { 1, 2 }], ticks, 0);

        Assert.Equal(matches, FilterParser.Parse(filter).Matches(row));
    }

    [Fact]
    public void Range_of_keys_never_hides_a_row_that_matches()
    {
        string[] keys = ["", "a", "b", "c"];
        var condition = Gen.Elements("PartitionKey", "RowKey").SelectMany(name => Gen.Elements("eq", "ne", "gt", "ge", "lt", "le")
            .SelectMany(comparison => Gen.Elements(keys).Select(key => (name, comparison, key))));
        var conditions = Gen.ListOf(condition, 4).SelectMany(list => Gen.ListOf(Gen.Elements("and", "and", "and", "or"), 4)
            .Select(joins => string.Concat(list.Select((one, i) =>
                (i == 0 ? "" : $" {joins[i]} ") + (i % 2 == 0 ? $"{one.name} {one.comparison} '{one.key}'" : $"'{one.key}' {one.comparison} {one.name}")))));
        var table = new InMemoryTable("t", TimeProvider.System);
        foreach (var partition in keys)
        {
            foreach (var row in keys)
                table.Write(TableTransactionActionType.Add, new TableEntity(partition, row), default, 0);
        }

        var (all, _) = table.Scan(null, null, 1_000);
        Assert.Equal(16, all.Count);
        Prop.ForAll(conditions.ToArbitrary(), filter =>
        {
            var expression = FilterParser.Parse(filter);
            var (found, _) = table.Scan(expression, null, 1_000);
            return found.SequenceEqual(all.Where(expression.Matches));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
