namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class OrderIntakeTests
{
    private const string Header = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n";

    [Fact]
    public async Task Lines_without_customer_are_refused_and_everything_else_is_kept()
    {
        var taken = await Taken.InAsync(Header
            + "536365,85123A,6,2010-12-01 08:26:00,2.55,17850.0\n"
            + "536365,85123A,6,2010-12-01 08:26:00,2.55,17850.0\n"
            + "536414,22139,56,2010-12-01 11:52:00,0.0,\n"
            + "C536379,D,-1,2010-12-01 09:41:00,27.5,14527.0\n"
            + "536500,POST,1,2010-12-01 12:00:00,0.0,14527.0\n");

        Assert.Equal((5, 3, 1, 1), (taken.Report.Rows.Read, taken.Report.Rows.Accepted, taken.Report.Rows.Refused, taken.Report.Rows.Duplicates));
        Assert.Equal(2, taken.Report.Customers.Count);
        Assert.Equal("free 1, purchase 1, return 1", string.Join(", ", taken.Report.Kinds.Select(kind => $"{kind.Key} {kind.Value}")));
        var refused = Assert.Single(taken.Report.RefusedByRule);
        Assert.Equal(("required", "CustomerID", 1, 4), (refused.Rule, refused.Column, refused.Count, refused.Lines.Single()));
        Assert.Equal("4,CustomerID,,required,refuse,\"customerId (column \"\"CustomerID\"\") is missing.\",\"Fill the value in, or map the column that holds it.\",\"536414,22139,56,2010-12-01 11:52:00,0.0,\"", taken.Output.QuarantineRows.Single());
        Assert.Equal(new DateTime(2010, 12, 1, 12, 0, 0, DateTimeKind.Utc), taken.Result.Latest);
    }

    [Fact]
    public async Task A_canonical_row_has_the_key_iso_time_and_plain_numbers()
    {
        var taken = await Taken.InAsync("Kundennummer;Rechnungsnummer;Rechnungsdatum;Menge;Einzelpreis;Bezeichnung\n0017;R1;09.12.2011 12:50;1.000;2,50;\" Schale; \"\"groß\"\" \"\n");
        Assert.Equal("key,orderId,line,timestamp,productId,description,category,quantity,unitPrice,amount,discount,currency,country,channel,device,status,kind", taken.Output.Header);
        Assert.Equal($"{Taken.Keys.Derive("default", "0017")},R1,,2011-12-09T12:50:00Z,,\"Schale; \"\"groß\"\"\",,1000,2.5,,,,,,,,purchase", taken.Output.Rows.Single());
    }

    [Theory]
    [InlineData("536365", "1", "2.5", "", "purchase")]
    [InlineData("C536365", "1", "2.5", "", "return")]
    [InlineData("CUSTOM1", "1", "2.5", "", "purchase")]
    [InlineData("C", "1", "2.5", "", "purchase")]
    [InlineData("536365", "-1", "2.5", "", "return")]
    [InlineData("536365", "1", "2.5", "Storniert", "return")]
    [InlineData("536365", "1", "2.5", "RETOURNÉ", "return")]
    [InlineData("536365", "1", "2.5", "shipped", "purchase")]
    [InlineData("536365", "1", "0", "", "free")]
    [InlineData("C536365", "1", "0", "", "return")]
    [InlineData("536365", "0", "2.5", "", "free")]
    [InlineData("536365", "1", "-2.5", "", "return")]
    public async Task The_kind_of_a_line_follows_from_id_quantity_price_and_status(string order, string quantity, string price, string status, string kind)
    {
        var taken = await Taken.InAsync($"order id,customer id,date,quantity,unit price,status\n{order},7,2011-01-02,{quantity},{price},{status}\n");
        Assert.Equal(kind, taken.Output.Column("kind").Single());
    }

    [Theory]
    [InlineData("1", "0", "price-zero")]
    [InlineData("0", "1", "quantity-zero")]
    [InlineData("1", "-1", "price-negative")]
    public async Task Odd_lines_are_accepted_with_a_warning(string quantity, string price, string rule)
    {
        var taken = await Taken.InAsync($"order id,customer id,date,quantity,unit price\na,7,2011-01-02,{quantity},{price}\nb,7,2011-01-02,2,1.5\nc,7,2011-01-02,2,1.5\n");
        var warning = Assert.Single(taken.Report.Warnings);
        Assert.Equal((rule, 1, 2), (warning.Rule, warning.Count, warning.Lines.Single()));
        Assert.Equal(3, taken.Report.Rows.Accepted);
    }

    [Theory]
    [InlineData("7,2011-01-02,x,1", "number-unreadable", "quantity")]
    [InlineData("7,2011-13-02,1,1", "timestamp-unreadable", "date")]
    [InlineData("7,1811-01-02,1,1", "out-of-range", "date")]
    [InlineData("7,2222-01-02,1,1", "out-of-range", "date")]
    [InlineData("7,,1,1", "required", "date")]
    [InlineData("7,2011-01-02,1,", "required", "unit price")]
    [InlineData("NULL,2011-01-02,1,1", "required", "customer id")]
    [InlineData("7,2011-01-02,-1,-1", "price-and-quantity-negative", "unit price")]
    [InlineData("7,2011-01-02,99999999999,1", "out-of-range", "quantity")]
    [InlineData("7,2011-01-02,1", "too-few-fields", "")]
    [InlineData("7,2011-01-02,1,1,5", "too-many-fields", "")]
    [InlineData("7,2011-01-02,1,\"1", "unclosed-quote", "")]
    public async Task A_wrong_row_is_refused_by_its_rule_with_line_column_and_cure(string row, string rule, string column)
    {
        var taken = await Taken.InAsync($"customer id,date,quantity,unit price\n7,2011-01-02,1,2.5\n{row}\n", dataset: "orders");
        Assert.Equal((2, 1, 1), (taken.Report.Rows.Read, taken.Report.Rows.Accepted, taken.Report.Rows.Refused));
        var refused = Assert.Single(taken.Report.RefusedByRule);
        Assert.Equal((rule, column, 3), (refused.Rule, refused.Column, refused.Lines.Single()));
        Assert.StartsWith($"3,{column},", taken.Output.QuarantineText.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_with_several_faults_is_refused_once_by_the_first()
    {
        var taken = await Taken.InAsync("customer id,date,quantity,unit price\n,yesterday,many,2.5\n7,2011-01-02,1,2.5\n");
        Assert.Equal("required", Assert.Single(taken.Report.RefusedByRule).Rule);
        Assert.Contains("(2 more faults in this row.)", taken.Output.QuarantineText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_quantity_is_one_and_an_empty_one_too_but_says_so()
    {
        var without = await Taken.InAsync("customer id,date,amount\n7,2011-01-02,5\n");
        Assert.Equal("1", without.Output.Column("quantity").Single());
        Assert.Empty(without.Report.Repairs);
        var empty = await Taken.InAsync("customer id,date,amount,quantity\n7,2011-01-02,5,\n");
        Assert.Equal("1", empty.Output.Column("quantity").Single());
        Assert.Equal("default-used", Assert.Single(empty.Report.Repairs).Rule);
    }

    [Theory]
    [InlineData("10", "4", "3", "3", "purchase")]
    [InlineData("10", "4", "10%", "4", "purchase")]
    [InlineData("1", "4", "4", "4", "free")]
    public async Task A_discount_is_money_off_the_line_or_a_share_of_it(string quantity, string price, string discount, string written, string kind)
    {
        var taken = await Taken.InAsync($"customer id,date,quantity,unit price,discount\n7,2011-01-02,{quantity},{price},{discount}\n");
        Assert.Equal(written, taken.Output.Column("discount").Single());
        Assert.Equal(kind, taken.Output.Column("kind").Single());
        Assert.Empty(taken.Report.Warnings);
    }

    [Fact]
    public async Task A_file_of_returns_only_is_doubted()
    {
        var taken = await Taken.InAsync("order id,customer id,date,unit price\nC1,7,2011-01-02,1\nC2,7,2011-01-03,1\nC3,7,2011-01-03,1\n");
        Assert.Contains(taken.Report.Warnings, warning => warning.Rule == "mostly-returns" && warning.Count == 3);
    }

    [Fact]
    public async Task Blank_separated_files_are_read_by_their_mapping()
    {
        var byHeader = await Taken.InAsync(
            " customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n",
            Taken.Mapping("""{ "dataset": "orders", "delimiter": "whitespace", "columns": { "customer_id": "customerId", "date": "timestamp", "number_of_cds": "quantity", "dollar_value": "amount" } }"""));
        var byPosition = await Taken.InAsync(
            " 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n",
            Taken.Mapping("""{ "dataset": "orders", "delimiter": "whitespace", "header": false, "columns": { "1": "customerId", "2": "timestamp", "3": "quantity", "4": "amount" } }"""));

        Assert.Equal([$"{Taken.Keys.Derive("default", "00001")}", $"{Taken.Keys.Derive("default", "00002")}"], byHeader.Output.Column("key").OrderBy(key => key == Taken.Keys.Derive("default", "00002").ToString()));
        Assert.Equal(byHeader.Output.Rows, byPosition.Output.Rows);
        Assert.Contains("1997-01-12T00:00:00Z", byHeader.Output.Column("timestamp"));
    }

    [Fact]
    public async Task The_source_of_the_mapping_is_the_namespace_of_the_keys()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n7,2011-01-02,5\n", Taken.Mapping("""{ "source": "crm" }"""));
        Assert.Equal(Taken.Keys.Derive("crm", "7").ToString(), taken.Output.Column("key").Single());
        Assert.Equal("crm", taken.Report.Source);
    }

    [Fact]
    public async Task Moments_after_the_upload_are_refused()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n7,2011-01-02,5\n7,2011-01-05,5\n", receivedAt: new DateTime(2011, 1, 2, 12, 0, 0, DateTimeKind.Utc));
        Assert.Equal("out-of-range", Assert.Single(taken.Report.RefusedByRule).Rule);
        Assert.Equal(1, taken.Report.Rows.Accepted);
    }

    [Fact]
    public async Task Times_of_a_place_become_utc_and_doubtful_ones_are_told()
    {
        var taken = await Taken.InAsync(
            "customer id,date,amount\n7,2011-07-01 12:00,5\n7,2011-10-30 02:30,5\n7,2011-07-01T12:00:00-01:00,6\n",
            Taken.Mapping("""{ "timeZone": "Europe/Paris" }"""));
        Assert.Equal(["2011-07-01T10:00:00Z", "2011-10-30T01:30:00Z", "2011-07-01T13:00:00Z"], taken.Output.Column("timestamp"));
        Assert.Equal(("clock-change", 3), (Assert.Single(taken.Report.Warnings).Rule, taken.Report.Warnings[0].Lines.Single()));
    }

    [Fact]
    public async Task Columns_are_profiled()
    {
        var taken = await Taken.InAsync("customer id,date,amount,colour,Name\n7,2011-01-02,5,red,Ann\n8,2011-01-03,-2.50,,Bob\n8,2011-01-04,7,red,\n9,2011-01-04,x,blue,\n");
        var columns = taken.Report.Columns.ToDictionary(column => column.Header);
        Assert.Equal(("customerId", "field", "header", 3), (columns["customer id"].Field, columns["customer id"].Use, columns["customer id"].Evidence, columns["customer id"].Distinct.Count));
        Assert.Equal(("-2.5", "7"), (columns["amount"].Minimum, columns["amount"].Maximum));
        Assert.Equal(("2011-01-02T00:00:00Z", "2011-01-04T00:00:00Z"), (columns["date"].Minimum, columns["date"].Maximum));
        Assert.Equal(("attribute", 0.25, 2), (columns["colour"].Use, columns["colour"].Missing, columns["colour"].Distinct.Count));
        Assert.Equal(("sealed", null, null), (columns["Name"].Use, columns["Name"].Minimum, columns["Name"].Maximum));
        Assert.Equal(1, columns["colour"].Duplicates);
        Assert.Equal("decimal point", columns["amount"].Reading);
    }

    [Fact]
    public async Task A_line_of_two_megabytes_is_refused_and_the_lines_around_it_are_kept()
    {
        var taken = await Taken.InAsync($"customer id,date,amount\n7,2011-01-02,5\n{new string('x', 2 << 20)},2011-01-02,5\n8,2011-01-02,5\n");
        Assert.Equal((3, 2, 1), (taken.Report.Rows.Read, taken.Report.Rows.Accepted, taken.Report.Rows.Refused));
        Assert.Equal(("record-too-long", 3), (Assert.Single(taken.Report.RefusedByRule).Rule, taken.Report.RefusedByRule[0].Lines.Single()));
        Assert.True(taken.Output.Quarantine.Length < 100_000);
    }

    [Fact]
    public async Task A_file_without_header_and_mapping_is_refused_with_its_positions()
    {
        var refused = await Assert.ThrowsAsync<SegFunctions.Customers.Intake.Records.UnreadableFileException>(() => Taken.InAsync("7,2011-01-02,5\n8,2011-01-03,6\n"));
        Assert.Contains("1 to 3, for it has no header", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"1\": \"customerId\"", refused.Message, StringComparison.Ordinal);
    }
}
