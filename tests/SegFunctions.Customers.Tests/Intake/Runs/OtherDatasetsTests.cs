using System.IO.Compression;
using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class OtherDatasetsTests
{
    private const string Customers = "customer id,first name,e-mail,postcode,birth date,country,shoe size\n";

    [Fact]
    public async Task Direct_identifiers_go_to_the_sealed_part_only()
    {
        var taken = await Taken.InAsync(Customers + "K17,Zoé,zoe@example.org,75011,1984-05-06,France,39\n");

        Assert.Equal("FR", taken.Output.Column("country").Single());
        Assert.Equal("75", taken.Output.Column("postalArea").Single());
        Assert.Equal("1980-1984", taken.Output.Column("birthYears").Single());
        Assert.Equal("true", taken.Output.Column("hasEmail").Single());
        Assert.Equal("", taken.Output.Column("hasPhone").Single());
        Assert.Equal("39", taken.Output.Column("attribute:shoe size").Single());
        var everything = string.Concat(taken.Output.Rows) + taken.ReportText;
        foreach (var told in new[] { "Zoé", "zoe@example.org", "75011", "05-06", "K17" })
            Assert.DoesNotContain(told, everything, StringComparison.Ordinal);
        Assert.Equal($"{Taken.Keys.Derive("default", "K17")},K17,,Zoé,,,zoe@example.org,,,,75011,1984-05-06,,,", taken.Output.IdentifierRows.Single());
        Assert.True(taken.Result.HasIdentifiers);
    }

    [Fact]
    public async Task A_customer_who_changes_and_changes_back_is_kept_each_time()
    {
        const string First = Customers + "K17,Zoé,zoe@example.org,75011,1984-05-06,France,39\n";
        const string Second = Customers + "K17,Zoé,zoe@example.com,75011,1984-05-06,France,39\n";
        var first = await Taken.InAsync(First);
        var again = await Taken.InAsync(First, lake: [first]);
        var changed = await Taken.InAsync(Second, lake: [first]);
        var back = await Taken.InAsync(First, lake: [first, changed]);

        Assert.Equal((0, 1), (again.Report.Rows.Accepted, again.Report.Rows.Duplicates));
        Assert.Equal((1, 0), (changed.Report.Rows.Accepted, changed.Report.Rows.Duplicates));
        Assert.Equal((1, 0), (back.Report.Rows.Accepted, back.Report.Rows.Duplicates));
    }

    [Fact]
    public async Task An_unreadable_trait_is_dropped_and_its_customer_kept()
    {
        var taken = await Taken.InAsync("customer id,age,household size,income\n1,old,3,20000\n2,41,many,1\n3,222,1,\n");
        Assert.Equal(3, taken.Report.Rows.Accepted);
        Assert.Equal(["", "", "40-44"], taken.Output.Column("ageBand").Order());
        Assert.Equal(3, taken.Report.Warnings.Where(warning => warning.Rule == "value-dropped").Sum(warning => warning.Count));
    }

    [Fact]
    public async Task Visitors_have_keys_of_their_own_namespace()
    {
        var taken = await Taken.InAsync("customer id,anonymous id,timestamp,type\n7,v1,2011-01-02,login\n,v1,2011-01-01,visit\n,,2011-01-01,visit\n");
        var visitor = Taken.Keys.Derive("anonymous", "v1").ToString();
        Assert.Equal([visitor, visitor], taken.Output.Column("anonymous"));
        Assert.Equal(new[] { Taken.Keys.Derive("default", "7").ToString(), visitor }.Order(), taken.Output.Column("key").Order());
        Assert.Equal("required", Assert.Single(taken.Report.RefusedByRule).Rule);
    }

    [Fact]
    public async Task Choices_are_understood_in_several_languages_and_others_refused()
    {
        var taken = await Taken.InAsync("customer id,purpose,status,date,expires\n1,Publicité,accordé,2011-01-02,2031-01-01\n2,marketing,Opt-Out,2011-01-02,\n3,marketing,perhaps,2011-01-02,\n");
        Assert.Equal(["marketing", "marketing"], taken.Output.Column("purpose"));
        Assert.Equal(["denied", "granted"], taken.Output.Column("status").Order());
        Assert.Equal("choice-unknown", Assert.Single(taken.Report.RefusedByRule).Rule);
        Assert.Contains("granted, denied", taken.Report.RefusedByRule[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_may_have_no_customer()
    {
        var taken = await Taken.InAsync("campaign id,customer id,date,cost,converted\nspring,,2011-01-02,1000,\nspring,7,2011-01-03,,oui\n");
        Assert.Equal(["", Taken.Keys.Derive("default", "7").ToString()], taken.Output.Column("key").Order());
        Assert.Equal(1, taken.Report.Customers.Count);
    }

    [Fact]
    public async Task Ndjson_may_name_new_columns_in_any_line()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 100; row++)
            text.Append($"{{\"customerId\":\"{row % 5}\",\"timestamp\":\"2011-01-02T00:00:{row % 60:00}Z\",\"type\":\"view\"{(row == 90 ? ",\"zoom\":\"2\",\"country\":\"Peru\"" : row == 95 ? ",\"beta\":\"b\",\"zoom\":\"3\"" : "")}}}\n");
        var taken = await Taken.InAsync(text.ToString(), options: new IntakeOptions { Workers = 2, SampleRecords = 2 }, name: "events.ndjson");

        Assert.EndsWith(",attribute:beta,attribute:zoom", taken.Output.Header, StringComparison.Ordinal);
        Assert.Equal("2,3", string.Join(',', taken.Output.Column("attribute:zoom").Where(value => value.Length > 0).Order()));
        Assert.Equal("PE", taken.Output.Column("country").Single(value => value.Length > 0));
        Assert.Equal(0, taken.Report.Rows.Refused);
    }

    [Fact]
    public async Task Gzip_changes_nothing_but_the_hash_of_the_content()
    {
        const string Text = "customer id,date,amount\n7,2011-01-02,5\n8,2011-01-02,5\n";
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Text));
        var plain = await Taken.InAsync(Text);
        var zipped = await Taken.InAsync(packed.ToArray());
        Assert.Equal(plain.Output.Rows, zipped.Output.Rows);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(packed.ToArray())), zipped.Report.Sha256);
        Assert.Equal(packed.Length, zipped.Report.Bytes);
        Assert.Equal("gzip", zipped.Report.Format["compression"]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("customer id,date,amount\n", "no rows")]
    [InlineData("just words\nand more\n", "fit none of the datasets")]
    [InlineData("a,b,c\n1,2,3\n", "fit none of the datasets")]
    public async Task A_file_that_is_no_dataset_is_refused_by_name_with_a_cure(string text, string named)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(text, name: "odd.csv"));
        Assert.StartsWith("odd.csv", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_in_its_compression_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("customer id,date,amount\n" + string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row * 7919},2011-01-02,{row}\n"))));
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(packed.ToArray()[..(int)(packed.Length / 2)]));
        Assert.StartsWith("shop.csv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_the_lake_holds_already_is_left_alone()
    {
        FileDiscovery? found = null;
        var output = new MemoryOutput();
        var result = await new IntakeRun(Taken.Keys, new IntakeOptions()).RunAsync(
            new IntakeRequest { FileName = "a.csv", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream("customer id,date,amount\n7,2011-01-02,5\n"u8.ToArray())) },
            output,
            (discovery, _) =>
            {
                found = discovery;
                return Task.FromResult<IReadOnlyList<EarlierUpload>?>(null);
            },
            CancellationToken.None);
        Assert.Null(result);
        Assert.Empty(output.Parts);
        Assert.Equal((DatasetCatalog.Orders, 39), (found!.Dataset, found.Bytes));
    }

    [Fact]
    public async Task Cancelling_stops_the_intake_and_leaves_no_file_behind()
    {
        var folder = Directory.CreateTempSubdirectory();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new IntakeRun(Taken.Keys, new IntakeOptions { TemporaryFolder = folder.FullName }).RunAsync(
            new IntakeRequest { FileName = "a.csv", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream("customer id,date,amount\n7,2011-01-02,5\n"u8.ToArray())) }, new MemoryOutput(), cancel.Token));
        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }
}
