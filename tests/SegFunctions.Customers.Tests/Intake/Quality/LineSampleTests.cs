using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Tests.Intake.Archives;

namespace SegFunctions.Customers.Tests.Intake.Quality;

/// <summary>The lines that a report names for each rule.</summary>
public sealed class LineSampleTests
{
    [Fact]
    public void However_lines_are_spread_the_same_ones_are_kept()
    {
        var lines = Gen.Choose(1, 2_000).Select(line => (long)line).ListOf();
        Prop.ForAll(lines.ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (given, workers) =>
        {
            var whole = Of(given);
            var merged = new LineSample();
            foreach (var part in Enumerable.Range(0, workers).Reverse())
                merged.Merge(Of(given.Where(line => line % workers == part).Reverse()));
            Assert.Equal((whole.Count, whole.First), (merged.Count, merged.First));
            Assert.Equal(whole.Lines, merged.Lines);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Few_lines_are_all_kept_and_of_many_the_first_and_others()
    {
        Assert.Equal([3L, 8L, 9L], Of([9, 3, 8, 3]).Lines);
        for (var start = 1L; start < 2_000; start += 37)
        {
            var lines = Of(Enumerable.Range(0, 500).Select(line => start + line)).Lines;
            Assert.Equal(start, lines[0]);
            Assert.Equal(LineSample.Most, lines.Distinct().Count());
            Assert.Equal(lines.Order(), lines);
        }
    }

    [Fact]
    public void Lines_are_drawn_evenly_over_the_file()
    {
        // The first line aside, each draw gives four lines or five; half of them lie in the second half.
        var (late, drawn) = (0, 0);
        for (var file = 0; file < 200; file++)
        {
            var others = Of(Enumerable.Range(0, 1_000).Select(line => (file * 1_000L) + line + 2)).Lines.Skip(1).ToList();
            late += others.Count(line => line - (file * 1_000L) > 501);
            drawn += others.Count;
        }

        Assert.InRange(late / (double)drawn, 0.44, 0.56);
    }

    [Theory]
    [InlineData("blanks-trimmed", "amount", " 5 ")]
    [InlineData("decimal-comma", "amount", "\"5,25\"")]
    [InlineData("case-changed", "status", "Returned")]
    [InlineData("price-zero", "amount", "0")]
    [InlineData("spreadsheet-text-unmarked", "order id", "=\"x\"")]
    public async Task Repairs_and_warnings_name_lines_from_the_whole_file_whatever_the_number_of_workers(string rule, string column, string value)
    {
        var text = new StringBuilder("order id,customer id,order date,amount,status\n");
        for (var row = 0; row < 6_000; row++)
        {
            string Cell(string name, string plain) => name == column && row % 2 == 0 ? value : plain;
            text.Append(CultureInfo.InvariantCulture, $"{Cell("order id", $"o{row}")},C{row},2024-03-{1 + (row % 28):00},{Cell("amount", "\"3,75\"")},{Cell("status", "returned")}\n");
        }

        var one = await Taken.InAsync(text.ToString(), options: new IntakeOptions { Workers = 1 });
        var four = await Taken.InAsync(text.ToString(), options: new IntakeOptions { Workers = 4 });

        Assert.Equal(one.ReportText, four.ReportText);
        var lines = Assert.Single(one.Report.Repairs.Concat(one.Report.Warnings), found => found.Rule == rule).Lines;
        Assert.Equal((2L, LineSample.Most), (lines[0], lines.Count));
        Assert.True(lines[^1] > 3_000, $"the last of {string.Join(", ", lines)} lies in the second half");
    }

    [Fact]
    public async Task Lines_of_files_in_an_archive_count_on_from_one_to_the_next()
    {
        var zip = Zips.Of(("a.csv", Encoding.UTF8.GetBytes("order id,customer id,order date,amount\n1,a,2024-03-05,1\n=\"2\",b,2024-03-05,2\n")), ("b.csv", Encoding.UTF8.GetBytes("order id,customer id,order date,amount\n=\"3\",c,2024-03-05,3\n")));
        var repair = Assert.Single((await Taken.InAsync(zip, name: "orders.zip")).Report.Repairs, found => found.Rule == DataRules.SpreadsheetTextUnmarked.Id);
        Assert.Equal(("order id", 2L), (repair.Column, repair.Count));
        Assert.Equal([3L, 5L], repair.Lines);
    }

    private static LineSample Of(IEnumerable<long> lines)
    {
        var sample = new LineSample();
        foreach (var line in lines)
            sample.Add(line);
        return sample;
    }
}
