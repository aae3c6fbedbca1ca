using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>Customers who are known by their address of e-mail.</summary>
public sealed class AddressIdTests
{
    private const string Both = """{ "dataset": "customers", "columns": { "E-mail": ["customerId", "email"] } }""";
    private const string Contacts = "E-mail,First name,Country\nAnn.Lee@Example.org,Ann,FR\nbob@example.org,Bob,DE\n";

    [Fact]
    public async Task One_column_is_the_id_and_the_address()
    {
        var taken = await Taken.InAsync(Contacts, Taken.Mapping(Both));
        Assert.Equal(2, taken.Report.Rows.Accepted);
        Assert.Equal(["true", "true"], taken.Output.Column("hasEmail"));
        Assert.Equal(
            [Key("ann.lee@example.org") + ",Ann.Lee@Example.org,,Ann,,,Ann.Lee@Example.org", Key("bob@example.org") + ",bob@example.org,,Bob,,,bob@example.org"],
            taken.Output.IdentifierRows.Select(row => string.Join(',', row.Split(',')[..7])).OrderBy(row => row.Contains("bob", StringComparison.Ordinal)));
        var column = taken.Report.Columns[0];
        Assert.Equal(("customerId", "the email, too", 0d, 1d), (column.Field, column.Reading, column.Missing, column.Completeness));
        Assert.Equal("customerId, email", taken.Result.Explanation!.Columns[0].ReadAs);
    }

    [Fact]
    public async Task What_is_sealed_is_what_two_columns_would_have_sealed()
    {
        var two = await Taken.InAsync(
            "id,E-mail,First name,Country\nAnn.Lee@Example.org,Ann.Lee@Example.org,Ann,FR\nbob@example.org,bob@example.org,Bob,DE\n",
            Taken.Mapping("""{ "dataset": "customers", "columns": { "id": "customerId", "E-mail": "email" } }"""));
        var one = await Taken.InAsync(Contacts, Taken.Mapping(Both));
        Assert.Equal(two.Output.IdentifierRows, one.Output.IdentifierRows);
        Assert.Equal(two.Output.Rows, one.Output.Rows);
    }

    [Fact]
    public async Task The_address_stands_nowhere_but_in_the_sealed_part()
    {
        var taken = await Taken.InAsync(Contacts + "carl@example.org,Carl,\n", Taken.Mapping(Both));
        foreach (var name in new[] { "ann.lee@", "bob@", "carl@" })
        {
            Assert.All(taken.Output.Rows, row => Assert.DoesNotContain(name, row, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(name, taken.ReportText, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(name, Encoding.UTF8.GetString(taken.Output.RowIndex), StringComparison.OrdinalIgnoreCase);
            Assert.All(taken.Result.Explanation!.Columns.SelectMany(column => column.Samples), sample => Assert.DoesNotContain(name, sample, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("Ann@X.com", "ann@x.com")]
    [InlineData("ANN@X.COM", "ann@x.com")]
    [InlineData("JOSÉ@exämple.ORG", "josé@exämple.org")]
    [InlineData("Very.Long.Address.Of.Somebody.With.Many.Names@Subdomain.Example.org", "very.long.address.of.somebody.with.many.names@subdomain.example.org")]
    public async Task An_address_is_one_customer_in_capitals_and_without_in_every_file_and_look_up(string one, string other)
    {
        Assert.Equal(Key(one), Key(other));
        var customers = await Taken.InAsync($"E-mail,First name\n{one},Ann\n{other},Ann\n", Taken.Mapping(Both));
        Assert.Equal(1, customers.Report.Customers.Count);
        Assert.All(customers.Output.Rows, row => Assert.StartsWith(Key(other), row, StringComparison.Ordinal));
        var orders = await Taken.InAsync($"E-mail,date,amount\n{one},2024-01-02,5\n{other},2024-01-03,5\n", Taken.Mapping("""{ "columns": { "E-mail": "customerId" } }"""));
        Assert.All(orders.Output.Rows, row => Assert.StartsWith(Key(other), row, StringComparison.Ordinal));
        Assert.Equal(1, orders.Report.Customers.Count);
    }

    [Theory]
    [InlineData("AB-7", "ab-7")]
    [InlineData("Ann@home", "ann@home")]
    [InlineData("@Handle", "@handle")]
    [InlineData("Ann Lee <ann@x.com>", "ann lee <ann@x.com>")]
    public void Other_ids_keep_their_case(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Fact]
    public async Task Erased_people_stay_out_however_their_address_is_written()
    {
        var derivation = new TombstoneDerivation(Taken.Keys);
        var erased = new ErasedCustomers([derivation.Of(Taken.Keys.Derive(CustomerKeyDerivation.DefaultNamespace, "ann.lee@example.org"))], derivation);
        var output = new MemoryOutput();
        var text = Contacts + "ANN.LEE@EXAMPLE.ORG,Ann,FR\nann.lee@example.org,Ann,FR,too,many,fields\nAnn.Lee@example.org,Ann,FR,too,many,fields\n";
        var result = await new IntakeRun(Taken.Keys, new IntakeOptions { Workers = 2 }).RunAsync(
            new IntakeRequest { FileName = "contacts.csv", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))), Mapping = Taken.Mapping(Both), Erased = erased },
            output,
            CancellationToken.None);
        Assert.Equal((1, 4), (result.Report.Rows.Accepted, result.Report.Rows.Refused));
        Assert.Equal("person-erased", Assert.Single(result.Report.RefusedByRule).Rule);
        Assert.DoesNotContain("ann", output.QuarantineText.Replace("channel", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_column_of_addresses_beside_it_is_sealed()
    {
        var taken = await Taken.InAsync("E-mail,mail\nann@x.com,ann@home.example\n", Taken.Mapping(Both));
        Assert.Equal("sealed", taken.Report.Columns[1].Use);
    }

    [Fact]
    public async Task A_file_of_addresses_alone_is_asked_with_the_mapping_to_write()
    {
        const string Text = "E-mail,First name,Last name,City\nann@x.com,Ann,Lee,Paris\n";
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(Text, dataset: "customers"));
        var cure = refused.Message.Split('\n')[^1];
        Assert.Contains("\"E-mail\": [\"customerId\", \"email\"]", cure, StringComparison.Ordinal);
        Assert.Equal(1, (await Taken.InAsync(Text, Taken.Mapping(cure))).Report.Rows.Accepted);

        // Other datasets have no field for the address: there it is the id alone.
        var order = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("E-mail,date,amount\nann@x.com,2024-01-02,5\n", dataset: "orders"));
        Assert.Contains("\"E-mail\": \"customerId\"", order.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_and_address_of_one_column_and_a_value_for_all_rows_go_together()
    {
        var taken = await Taken.InAsync(
            """{"E-mail":"Ann@x.com"}""" + "\n" + """{"E-mail":"bob@x.com","language":"de"}""" + "\n",
            Taken.Mapping("""{ "dataset": "customers", "columns": { "E-mail": ["email", "customerId"] }, "values": { "language": "français", "country": "FR" } }"""),
            name: "contacts.ndjson");
        Assert.Equal(["de", "fr"], taken.Output.Column("language").Order(StringComparer.Ordinal));
        Assert.Equal(["FR", "FR"], taken.Output.Column("country"));
        Assert.Equal(["true", "true"], taken.Output.Column("hasEmail"));
        Assert.Equal(("constant-used", 1), Assert.Single(taken.Report.Repairs.Select(repair => (repair.Rule, (int)repair.Count))));
    }

    [Fact]
    public async Task A_column_mapped_so_may_turn_up_under_a_dataset_that_has_no_address()
    {
        var mapping = Taken.Mapping("""{ "columns": { "E-mail": ["customerId", "email"] } }""");
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("E-mail,date,amount\nann@x.com,2024-01-02,5\n", mapping, dataset: "orders"));
        Assert.Contains("no field of orders", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"customerId\" alone", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@x.com", refused.Message, StringComparison.Ordinal);
    }

    private static string Key(string id) => Taken.Keys.Derive(CustomerKeyDerivation.DefaultNamespace, id).ToString();
}
