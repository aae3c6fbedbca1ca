using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Quality;

public sealed class ColumnStatisticsTests
{
    [Fact]
    public void Plain_numbers_are_counted_as_any_number_is()
    {
        // Few different numbers, some of them equal but for their decimals, so that extremes tie and values repeat.
        var number = Gen.Choose(-30, 30).Zip(Gen.Choose(0, 2)).Select(pair => new decimal(Math.Abs(pair.Item1), 0, 0, pair.Item1 < 0, (byte)pair.Item2));
        var wide = Gen.Choose(-9_999_999, 9_999_999).Select(value => value / 100m);
        var line = Gen.Choose(1, 500);
        Prop.ForAll(Gen.Frequency((3, number), (1, wide)).Zip(line).ListOf().ToArbitrary(), rows =>
        {
            var (plain, general) = (new ColumnStatistics(), new ColumnStatistics());
            foreach (var (value, at) in rows)
            {
                var text = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
                Assert.True(PlainNumber.TryParse(text, (byte)'.', out var read));
                plain.AddValue(text, read);
                plain.AddNumber(read, at);
                general.AddValue(text);
                general.AddNumber(value, at);
            }

            Same(general, plain);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Numbers_whose_doubles_are_equal_are_told_apart_where_extremes_are_kept()
    {
        var (plain, general) = (new ColumnStatistics(), new ColumnStatistics());
        decimal[] values = [7, 7.0000000000000000001m, 7, 7.0000000000000000002m, 6, 7, 7, 8, 7];
        for (var at = 0; at < values.Length; at++)
        {
            general.AddNumber(values[at], 100 - at);
            if (values[at] == decimal.Truncate(values[at]))
                plain.AddNumber(new PlainNumber((int)values[at], 0, true, true), 100 - at);
            else
                plain.AddNumber(values[at], 100 - at);
        }

        Same(general, plain);
    }

    [Fact]
    public void Words_are_counted_whatever_their_length_and_number()
    {
        var words = Gen.Choose(1, 90).SelectMany(kinds => Gen.Choose(0, kinds).ArrayOf());
        Prop.ForAll(words.ToArbitrary(), chosen =>
        {
            var statistics = new ColumnStatistics();
            foreach (var word in chosen)
            {
                // From one byte to longer than what is found at a glance.
                var text = Encoding.ASCII.GetBytes(new string((char)('a' + (word % 26)), 1 + (word / 4)));
                if (statistics.AddValue(text) is { } counted)
                    Assert.Equal(text, counted.Word);
            }

            var kinds = chosen.GroupBy(word => new string((char)('a' + (word % 26)), 1 + (word / 4))).ToDictionary(kind => kind.Key, kind => (long)kind.Count());
            Assert.Equal((chosen.Length, kinds.Count), ((int)statistics.Values, (int)statistics.Distinct.Count().Count));
            Assert.Equal(kinds.Count > CategoryCounter.MostWords, statistics.Categories.HasMany);
            if (!statistics.Categories.HasMany)
                Assert.Equal(kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal), statistics.Categories.ToReport().ToDictionary(word => word.Value, word => word.Count).OrderBy(kind => kind.Key, StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Counting_repeated_values_allocates_nothing()
    {
        var statistics = new ColumnStatistics();
        Count(statistics);
        Assert.Equal(0, Allocation.Of(() => Count(statistics)));

        static void Count(ColumnStatistics statistics)
        {
            for (var row = 0; row < 1_000; row++)
            {
                statistics.AddValue("books"u8);
                Assert.True(PlainNumber.TryParse("64.99"u8, (byte)'.', out var number));
                statistics.AddNumber(number, row + 1);
                statistics.AddTime(row);
            }
        }
    }

    private static void Same(ColumnStatistics expected, ColumnStatistics found)
    {
        Assert.Equal((expected.Values, expected.Distinct.Count(), expected.Smallest, expected.Largest), (found.Values, found.Distinct.Count(), found.Smallest, found.Largest));
        Assert.Equal(expected.Categories.HasMany, found.Categories.HasMany);
        Assert.Equal(expected.Categories.ToReport(), found.Categories.ToReport());
        Assert.Equal(expected.Numbers?.Bins(), found.Numbers?.Bins());
        Assert.Equal(expected.Numbers?.Largest, found.Numbers?.Largest);
        Assert.Equal(expected.Numbers?.Smallest, found.Numbers?.Smallest);
    }
}
