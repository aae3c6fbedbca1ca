using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Csv;

public sealed class SpreadsheetMarksTests
{
    private static readonly CsvReaderOptions Options = new() { TakesMarksOff = true };

    [Theory]
    [InlineData("=\"0042\"", "0042")]
    [InlineData(" =\"0042\" ", "0042")]
    [InlineData("=\"Zoé\"", "Zoé")]
    [InlineData("=\"5,5\"", "5,5")]
    [InlineData("'0042", "0042")]
    [InlineData("'-5", "-5")]
    [InlineData("'+33 6", "+33 6")]
    [InlineData("'2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z")]
    public void Marks_around_a_value_are_taken_off(string marked, string plain)
    {
        var field = Encoding.UTF8.GetBytes(marked);
        Assert.True(SpreadsheetMarks.TryTakeOff(field, out var start, out var length));
        Assert.Equal(plain, Encoding.UTF8.GetString(field, start, length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("=\"\"")]
    [InlineData("=\"")]
    [InlineData("=\":-)\"")]
    [InlineData("=\"a\"&\"b\"")]
    [InlineData("=A1")]
    [InlineData("'s-Hertogenbosch")]
    [InlineData("'til Friday")]
    [InlineData("'90s music")]
    [InlineData("'+-")]
    [InlineData("'")]
    [InlineData("0042")]
    public void Values_without_marks_are_what_they_are(string value) =>
        Assert.False(SpreadsheetMarks.TryTakeOff(Encoding.UTF8.GetBytes(value), out _, out _));

    [Fact]
    public async Task Marks_are_taken_off_wherever_in_the_file_they_begin()
    {
        // Far behind whatever is looked at before the file is opened.
        var text = new StringBuilder("order id,customer id,order date,amount\n");
        for (var row = 0; row < 9_000; row++)
            text.Append(CultureInfo.InvariantCulture, $"{10_000 + row},C{row % 50},2024-03-{1 + (row % 28):00},1.50\n");
        text.Append("=\"0042\",\"=\"\"C1\"\"\",2024-03-05,'7.50\n");
        var taken = await Taken.InAsync(text.ToString());

        Assert.Equal((9_001L, 50L), (taken.Report.Rows.Accepted, taken.Report.Customers.Count));
        Assert.Contains("0042", taken.Output.Column("orderId"));
        Assert.Contains("7.5", taken.Output.Column("amount"));
        var repairs = taken.Report.Repairs.Where(repair => repair.Rule == DataRules.SpreadsheetTextUnmarked.Id).ToList();
        Assert.Equal(["order id", "customer id", "amount"], repairs.Select(repair => repair.Column));
        Assert.All(repairs, repair => Assert.Equal((1L, 9_002L), (repair.Count, Assert.Single(repair.Lines))));
    }

    [Fact]
    public async Task Each_mark_counts_once_and_those_of_the_header_and_beyond_the_table_do_not()
    {
        var taken = await Taken.InAsync("=\"order id\",customer id,order date,amount\n=\"1\",=\"a\",2024-03-05,1\n=\"2\",b,2024-03-05,2\n3,c,2024-03-05,3,=\"4\"\n");

        Assert.Equal(["1", "2"], taken.Output.Column("orderId").Order(StringComparer.Ordinal));
        Assert.Equal(
            [("order id", 2L), ("customer id", 1L)],
            taken.Report.Repairs.Where(repair => repair.Rule == DataRules.SpreadsheetTextUnmarked.Id).Select(repair => (repair.Column, repair.Count)));
    }

    [Fact]
    public async Task Refused_rows_keep_their_marks_as_they_were_sent()
    {
        var taken = await Taken.InAsync("order id,customer id,order date,amount\n=\"1\",a,2024-03-05,1\n=\"2\",b,never,2\n");
        Assert.Contains("=\"\"2\"\",b,never,2", taken.Output.QuarantineText, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_do_not_change_what_is_taken_off()
    {
        var cells = Gen.Elements("=\"\"1\"\"", "=\"a\"", "\"=\"\"7\"\"\"", "'5", " '6 ", "'s", "x", "", "\"a\nb\"", "=\"").ListOf();
        Prop.ForAll(cells.ListOf().Select(rows => "h\n" + string.Join('\n', rows.Select(row => string.Join(',', row)))).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (text, size) =>
        {
            var (whole, repairs) = Read(text, 4096);
            var (split, repairsOfSplit) = Read(text, size);
            Assert.Equal(whole, split);
            Assert.Equal(repairs, repairsOfSplit);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static (IEnumerable<string> Records, IEnumerable<string> Repairs) Read(string text, int blockSize)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var reader = CsvRecordReader.OpenAsync(stream, Options with { BlockSize = blockSize }, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var read = Reading.All(reader).GetAwaiter().GetResult();
        return ([.. read.Records.Select(record => record.ToString())], [.. reader.Repairs.Select(repair => $"{repair.Column} {repair.Count} {string.Join(' ', repair.Lines)}")]);
    }
}
