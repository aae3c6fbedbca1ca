using SegFunctions.Customers.Intake.Records;
using System.Text;
using SegFunctions.Customers.Intake;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class ReadingContradictionTests
{
    // The sample ends long before the row that contradicts it.
    private static readonly IntakeOptions ShortSample = new() { Workers = 2, SampleRecords = 3 };

    [Fact]
    public async Task Point_zero_is_taken_off_when_every_id_has_it()
    {
        var taken = await Taken.InAsync(Orders(200, id: row => $"{row % 7}.0"), options: ShortSample);
        Assert.Contains(Taken.Keys.Derive("default", "3").ToString(), taken.Output.Column("key"));
        var repair = Assert.Single(taken.Report.Repairs);
        Assert.Equal(("point-zero-removed", 200), (repair.Rule, repair.Count));
    }

    [Fact]
    public async Task One_id_without_point_zero_keeps_them_all_as_they_stand()
    {
        var taken = await Taken.InAsync(Orders(200, id: row => row == 199 ? "A7" : $"{row % 7}.0"), options: ShortSample);
        var keys = taken.Output.Column("key").ToHashSet();
        Assert.Contains(Taken.Keys.Derive("default", "3.0").ToString(), keys);
        Assert.DoesNotContain(Taken.Keys.Derive("default", "3").ToString(), keys);
        Assert.Contains(Taken.Keys.Derive("default", "A7").ToString(), keys);
        Assert.Empty(taken.Report.Repairs);
        Assert.Equal(200, taken.Report.Rows.Read);
    }

    [Fact]
    public async Task A_missing_id_does_not_contradict()
    {
        var taken = await Taken.InAsync(Orders(200, id: row => row == 150 ? "" : $"{row % 7}.0"), options: ShortSample);
        Assert.Equal(199, Assert.Single(taken.Report.Repairs).Count);
    }

    [Fact]
    public async Task A_late_date_turns_the_order_of_the_whole_column()
    {
        var taken = await Taken.InAsync(Orders(200, date: row => row == 199 ? "04/13/2011" : "04/03/2011"), options: ShortSample);
        Assert.Equal(["2011-04-03T00:00:00Z", "2011-04-13T00:00:00Z"], taken.Output.Column("timestamp").Distinct().Order());
        Assert.Equal("month first", taken.Report.Columns[1].Reading);
        Assert.Empty(taken.Report.Warnings);
        Assert.Equal(0, taken.Report.Rows.Refused);
    }

    [Fact]
    public async Task Dates_that_nothing_settles_are_asked_for()
    {
        var file = Orders(20, date: _ => "04/03/2011");
        var asked = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(file));
        Assert.Contains("{ \"dateOrder\": \"dmy\" }", asked.Message, StringComparison.Ordinal);
        Assert.Contains("{ \"dateOrder\": \"mdy\" }", asked.Message, StringComparison.Ordinal);
        var taken = await Taken.InAsync(file, Taken.Mapping("""{ "dateOrder": "mdy" }"""));
        Assert.Equal("2011-04-03T00:00:00Z", taken.Output.Column("timestamp").Distinct().Single());
        Assert.Empty(taken.Report.Warnings);
    }

    [Theory]
    [InlineData("order id,customer id,date,amount,country\n1,7,04/03/2011,5,Germany\n", "2011-03-04T00:00:00Z")]
    [InlineData("order id,customer id,date,amount,country\n1,7,04/03/2011,5,USA\n", "2011-04-03T00:00:00Z")]
    [InlineData("order id,customer id,date,amount,currency\n1,7,04/03/2011,5,GBP\n", "2011-03-04T00:00:00Z")]
    [InlineData("order id,customer id,date,amount\n1,7,04/03/2011,$5.00\n", "2011-04-03T00:00:00Z")]
    [InlineData("order id,customer id,date,amount,shipped\n1,7,04/03/2011,5,13/03/2011\n", "2011-03-04T00:00:00Z")]
    [InlineData("order id,customer id,date,amount,shipped\n1,7,04/03/2011,5,04/13/2011\n", "2011-04-03T00:00:00Z")]
    [InlineData("Bestellnummer,Kundennummer,Bestelldatum,Betrag\n1,7,04/03/2011,5\n", "2011-03-04T00:00:00Z")]
    [InlineData("order id,customer id,date,amount\n1,7,04/03/2011,\"5,50\"\n", "2011-03-04T00:00:00Z")]
    public async Task What_else_the_file_says_decides_and_is_told(string file, string moment)
    {
        var taken = await Taken.InAsync(file);
        Assert.Equal(moment, taken.Output.Column("timestamp").Single());
        Assert.Contains(taken.Report.Warnings, warning => warning.Rule == "date-order-ambiguous");
    }

    [Fact]
    public async Task A_single_slip_beside_proof_is_put_right_and_counted()
    {
        var taken = await Taken.InAsync(Orders(200, date: row => row == 150 ? "04/13/2011" : $"{13 + (row % 15)}/03/2011"), options: ShortSample);
        Assert.Contains("2011-04-13T00:00:00Z", taken.Output.Column("timestamp"));
        var repair = Assert.Single(taken.Report.Repairs);
        Assert.Equal(("date-transposed", 1, 152), (repair.Rule, repair.Count, repair.Lines.Single()));
    }

    [Fact]
    public async Task Numbers_in_a_column_of_dates_count_seconds_milliseconds_or_days()
    {
        Assert.Equal("2024-03-05T09:13:20Z", (await Taken.InAsync(Orders(3, date: _ => "1709630000"))).Output.Column("timestamp").Distinct().Single());
        Assert.Equal("2024-03-05T09:13:20Z", (await Taken.InAsync(Orders(3, date: _ => "1709630000000"))).Output.Column("timestamp").Distinct().Single());
        var taken = await Taken.InAsync(Orders(3, date: row => row == 0 ? "2024-03-05" : "45356.25"));
        Assert.Equal(["2024-03-05T00:00:00Z", "2024-03-05T06:00:00Z"], taken.Output.Column("timestamp").Distinct().Order());
        Assert.Equal(("excel-serial-date", 2), (taken.Report.Repairs.Single().Rule, taken.Report.Repairs.Single().Count));
        Assert.Equal(3, (await Taken.InAsync(Orders(3, date: row => row == 0 ? "1709630000" : "45356"), dataset: "orders")).Report.Rows.Refused);
    }

    [Fact]
    public async Task Where_both_orders_occur_the_rows_that_do_not_fit_are_refused()
    {
        var taken = await Taken.InAsync(Orders(200, date: row => row switch { 150 => "04/13/2011", 199 => "13/04/2011", _ => "04/03/2011" }), options: ShortSample);
        var refused = Assert.Single(taken.Report.RefusedByRule);
        Assert.Equal(("timestamp-unreadable", 1, 152), (refused.Rule, refused.Count, refused.Lines.Single()));
        Assert.Contains("2011-03-04T00:00:00Z", taken.Output.Column("timestamp"));
        Assert.Contains("some values fit only the other reading", taken.Report.Columns[1].Reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_format_of_the_mapping_is_final()
    {
        var taken = await Taken.InAsync(Orders(20, date: row => row == 19 ? "13/04/2011" : "04/03/2011"), Taken.Mapping("""{ "dateFormat": "MM/dd/yyyy" }"""));
        Assert.Equal("2011-04-03T00:00:00Z", taken.Output.Column("timestamp").Distinct().Single());
        Assert.Equal(1, taken.Report.Rows.Refused);
        Assert.Empty(taken.Report.Warnings);
    }

    [Fact]
    public async Task A_late_number_turns_the_decimal_sign_of_the_whole_column()
    {
        var taken = await Taken.InAsync(Orders(200, amount: row => row == 199 ? "\"1.234,50\"" : "\"1,234\""), options: ShortSample);
        Assert.Equal(["1.234", "1234.5"], taken.Output.Column("amount").Distinct().Order());
        Assert.Equal("decimal comma", taken.Report.Columns[2].Reading);
        Assert.Empty(taken.Report.Warnings);
    }

    [Fact]
    public async Task Numbers_that_no_row_settles_are_told()
    {
        var taken = await Taken.InAsync(Orders(20, amount: _ => "\"1,234\""));
        Assert.Equal("1234", taken.Output.Column("amount").Distinct().Single());
        Assert.Equal("decimal-sign-ambiguous", Assert.Single(taken.Report.Warnings).Rule);
    }

    [Fact]
    public async Task A_column_of_addresses_found_late_is_sealed_whole()
    {
        var taken = await Taken.InAsync(Orders(200, note: row => row == 199 ? "ann@example.org" : $"note{row}"), options: ShortSample);
        Assert.DoesNotContain("attribute:note", taken.Output.Header, StringComparison.Ordinal);
        Assert.DoesNotContain(taken.Output.Rows, row => row.Contains("note", StringComparison.Ordinal));
        Assert.Contains(taken.Output.IdentifierRows, row => row.EndsWith(",ann@example.org", StringComparison.Ordinal));
        Assert.Equal(200, taken.Output.IdentifierRows.Count);
        Assert.Equal(("identifier-sealed", 200), (Assert.Single(taken.Report.Repairs).Rule, taken.Report.Repairs[0].Count));
        Assert.Equal("sealed", taken.Report.Columns[3].Use);
    }

    private static string Orders(int rows, Func<int, string>? id = null, Func<int, string>? date = null, Func<int, string>? amount = null, Func<int, string>? note = null)
    {
        var text = new StringBuilder("customer id,date,amount" + (note is null ? "" : ",note") + ",serial\n");
        for (var row = 0; row < rows; row++)
            text.Append($"{id?.Invoke(row) ?? "c" + (row % 7)},{date?.Invoke(row) ?? "2011-04-03"},{amount?.Invoke(row) ?? "2.5"}{(note is null ? "" : "," + note(row))},{row}\n");
        return text.ToString();
    }
}
