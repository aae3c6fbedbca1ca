using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Tests.Intake.Sensitive;

/// <summary>Columns that may not be stored, and ordinary ones that look a little like them.</summary>
public sealed class SensitiveColumnsTests
{
    [Theory]
    [InlineData("religion", SensitiveKind.Religion)]
    [InlineData("Konfession", SensitiveKind.Religion)]
    [InlineData("customer_religion", SensitiveKind.Religion)]
    [InlineData("Godsdienst", SensitiveKind.Religion)]
    [InlineData("ReligiousBelief", SensitiveKind.Religion)]
    [InlineData("ethnicity", SensitiveKind.Ethnicity)]
    [InlineData("Origine ethnique", SensitiveKind.Ethnicity)]
    [InlineData("Migrationshintergrund", SensitiveKind.Ethnicity)]
    [InlineData("political_party", SensitiveKind.Politics)]
    [InlineData("Parteizugehörigkeit", SensitiveKind.Politics)]
    [InlineData("partido político", SensitiveKind.Politics)]
    [InlineData("trade union member", SensitiveKind.Union)]
    [InlineData("Gewerkschaft", SensitiveKind.Union)]
    [InlineData("sexual_orientation", SensitiveKind.Orientation)]
    [InlineData("orientamento sessuale", SensitiveKind.Orientation)]
    [InlineData("état de santé", SensitiveKind.Health)]
    [InlineData("Schwerbehinderung", SensitiveKind.Health)]
    [InlineData("bloodType", SensitiveKind.Health)]
    [InlineData("gruppo sanguigno", SensitiveKind.Health)]
    [InlineData("fingerprint", SensitiveKind.Biometrics)]
    [InlineData("empreinte digitale", SensitiveKind.Biometrics)]
    [InlineData("password", SensitiveKind.Secret)]
    [InlineData("user_password_hash", SensitiveKind.Secret)]
    [InlineData("mot de passe", SensitiveKind.Secret)]
    [InlineData("Kennwort", SensitiveKind.Secret)]
    [InlineData("contraseña", SensitiveKind.Secret)]
    [InlineData("wachtwoord", SensitiveKind.Secret)]
    [InlineData("api_key", SensitiveKind.Secret)]
    [InlineData("CVV", SensitiveKind.Card)]
    [InlineData("creditCardNumber", SensitiveKind.Card)]
    [InlineData("Kreditkartennummer", SensitiveKind.Card)]
    [InlineData("IBAN", SensitiveKind.BankAccount)]
    [InlineData("customer iban", SensitiveKind.BankAccount)]
    [InlineData("soc_sec_id", SensitiveKind.NationalId)]
    [InlineData("SSN", SensitiveKind.NationalId)]
    [InlineData("numéro de sécurité sociale", SensitiveKind.NationalId)]
    [InlineData("Steuer-ID", SensitiveKind.NationalId)]
    [InlineData("codice fiscale", SensitiveKind.NationalId)]
    [InlineData("BSN", SensitiveKind.NationalId)]
    [InlineData("Reisepassnummer", SensitiveKind.NationalId)]
    public void Header_names_what_may_not_be_stored(string header, SensitiveKind kind) => Assert.Equal(kind, SensitiveHeaders.Of(header));

    /// <summary>Headers of Telco churn, the marketing campaign, Online Retail, FEBRL and CDNOW, and others that hold a suspicious word.</summary>
    [Theory]
    [InlineData("customerID|gender|SeniorCitizen|Partner|Dependents|tenure|PhoneService|MultipleLines|InternetService|OnlineSecurity|OnlineBackup|DeviceProtection|TechSupport|StreamingTV|StreamingMovies|Contract|PaperlessBilling|PaymentMethod|MonthlyCharges|TotalCharges|Churn")]
    [InlineData("ID|Year_Birth|Education|Marital_Status|Income|Kidhome|Teenhome|Dt_Customer|Recency|MntWines|MntFruits|MntMeatProducts|MntFishProducts|MntSweetProducts|MntGoldProds|NumDealsPurchases|NumWebPurchases|NumCatalogPurchases|NumStorePurchases|NumWebVisitsMonth|AcceptedCmp3|Complain|Z_CostContact|Z_Revenue|Response")]
    [InlineData("InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country|Price|Invoice")]
    [InlineData("rec_id|given_name|surname|street_number|address_1|address_2|suburb|postcode|state|date_of_birth")]
    [InlineData("loyalty card number|carte de fidélité|Kundenkarte|password_changed_at|has_password|token_count|device_fingerprint_id|region|union_square_store|third party|health_score|handicap|race|account disabled|orientation|segment|party size|genre|nationality|salud_cliente_id|passenger|customer_key|title|pan_size|nir_lens")]
    public void Ordinary_header_raises_no_alarm(string headers) =>
        Assert.All(headers.Split('|'), header => Assert.True(SensitiveHeaders.Of(header) is null, $"{header}: {SensitiveHeaders.Of(header)}"));

    [Fact]
    public async Task Nothing_of_a_refused_column_is_kept_anywhere()
    {
        var text = new StringBuilder("customer_id,country,religion,note\n");
        for (var row = 0; row < 40; row++)
            text.Append(CultureInfo.InvariantCulture, $"C{row},France,zqreligion{row % 3},fine\n");
        text.Append(",France,zqreligion9,no id\nC50,France,\"zqreligion8\",x,too many\n");

        var taken = await Taken.InAsync(text.ToString(), dataset: "customers");

        Assert.Equal((40L, 2L), (taken.Report.Rows.Accepted, taken.Report.Rows.Refused));
        var column = Assert.Single(taken.Report.Sensitive);
        Assert.Equal(("religion", SensitiveKind.Religion, "header", false), (column.Column, column.Kind, column.Evidence, column.IsAllowed));
        Assert.Contains("\"allow\": [\"religion\"]", column.Cure.En, StringComparison.Ordinal);
        Assert.Equal("refused", taken.Report.Columns[2].Use);
        foreach (var output in new[] { taken.ReportText, taken.Output.QuarantineText, string.Join('\n', taken.Output.Rows), taken.Output.Header, string.Join('\n', taken.Output.IdentifierRows) })
            Assert.DoesNotContain("zqreligion", output, StringComparison.Ordinal);
        Assert.Contains(",France,[not kept],no id", taken.Output.QuarantineText, StringComparison.Ordinal);
        Assert.DoesNotContain("religion", taken.Output.Header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Column_that_is_allowed_by_name_is_kept()
    {
        const string Text = "customer_id,religion,soc_sec_id\nC1,catholic,5304218\nC2,protestant,4066625\n";

        var taken = await Taken.InAsync(Text, Taken.Mapping("""{ "dataset": "customers", "allow": ["religion", "soc_sec_id"] }"""));

        Assert.Contains("religion", taken.Output.Header, StringComparison.Ordinal);
        Assert.Contains("catholic", taken.Output.Rows[0] + taken.Output.Rows[1], StringComparison.Ordinal);

        // A national id identifies, so it stands with the sealed identifiers, where identity resolution finds it.
        Assert.DoesNotContain(taken.Output.Rows, row => row.Contains("5304218", StringComparison.Ordinal));
        Assert.Contains(taken.Output.IdentifierRows, row => row.Contains("5304218", StringComparison.Ordinal));
        Assert.All(taken.Report.Sensitive, column => Assert.True(column.IsAllowed));
    }

    [Fact]
    public async Task Name_that_is_allowed_must_be_a_column_of_the_file()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("customer_id,country\nC1,France\n", Taken.Mapping("""{ "dataset": "customers", "allow": ["religon"] }""")));
        Assert.Contains("religon", fault.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, SensitiveKind, string[]> Values => new()
    {
        { "number", SensitiveKind.Card, ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011111111111117"] },
        { "account", SensitiveKind.BankAccount, ["DE89 3704 0044 0532 0130 00", "", "GB82WEST12345698765432"] },
        { "check", SensitiveKind.Secret, ["$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW", "$2b$12$GixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW"] },
        { "session", SensitiveKind.Secret, ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"] },
        { "ref", SensitiveKind.NationalId, ["255081416802538", "180126955222380"] },
        { "ref", SensitiveKind.NationalId, ["12345678Z", "X1234567L", "87654321X"] },
        { "ref", SensitiveKind.NationalId, ["RSSMRA85T10A562S", "MRTMTT91D08F205J", "RSSMRA85T10A562S"] },
        { "ref", SensitiveKind.NationalId, ["123-45-6789", "219-09-9999", "078-05-1120"] },
        { "q17", SensitiveKind.Religion, ["Catholic", "Muslim", "Other", "Catholic"] },
        { "q18", SensitiveKind.Ethnicity, ["Hispanic", "African American", "White", "Asian"] },
        { "race", SensitiveKind.Ethnicity, ["White", "Black", "Asian"] },
        { "q19", SensitiveKind.Orientation, ["heterosexual", "bisexual", "heterosexual"] },
        { "q20", SensitiveKind.Politics, ["SPD", "CDU", "FDP"] },
        { "q21", SensitiveKind.Health, ["diabetes", "asthma", "none"] },
        { "group", SensitiveKind.Health, ["A+", "O-", "AB+", "B+"] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Values_give_a_column_away_whatever_its_header(string header, SensitiveKind kind, string[] values)
    {
        var taken = await Taken.InAsync(File(header, values), dataset: "customers");

        Assert.Equal((kind, "values"), Assert.Single(taken.Report.Sensitive.Select(column => (column.Kind, column.Evidence))));
        foreach (var value in values.Where(value => value.Length > 4))
            Assert.DoesNotContain(value, taken.ReportText + string.Concat(taken.Output.Rows), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("colour", new[] { "White", "Black", "Brown", "Mixed" })]
    [InlineData("grade", new[] { "A+", "A-", "B+", "B-" })]
    [InlineData("risk", new[] { "conservative", "moderate", "aggressive" })]
    [InlineData("cuisine", new[] { "Asian", "Indian", "Italian" })]
    [InlineData("invoice", new[] { "4000000000000001", "4000000000000003", "4000000000000004", "4000000000000005", "4000000000000006", "4000000000000007" })]
    [InlineData("ean", new[] { "4006381333931", "4006381333948", "4012345678901", "5901234123457", "4000417025005" })]
    [InlineData("uuid", new[] { "06b8999e2fba1a1fbc88172c00ba8bc7", "18955e83d337fd6b2def6b18a428ac77" })]
    [InlineData("sku", new[] { "AB123456", "X1234567", "12345678A" })]
    [InlineData("number", new[] { "100000001", "100000002", "100000003", "100000004", "100000005", "100000006" })]
    [InlineData("plan", new[] { "yes", "no", "other" })]
    [InlineData("when", new[] { "05.12.2011 08", "2011-12-09", "09/12/2011" })]
    public async Task Ordinary_values_raise_no_alarm(string header, string[] values)
    {
        var taken = await Taken.InAsync(File(header, values), dataset: "customers");

        Assert.Empty(taken.Report.Sensitive);
        Assert.Equal("attribute", taken.Report.Columns[2].Use);
    }

    [Fact]
    public async Task Cards_that_only_the_rest_of_the_file_shows_are_found_in_another_pass()
    {
        var text = new StringBuilder("customer_id,country,extra\n");
        for (var row = 0; row < 30; row++)
            text.Append(CultureInfo.InvariantCulture, $"C{row},France,{(row < 10 ? "" : row % 2 == 0 ? "4111111111111111" : row % 3 == 0 ? "5555555555554444" : "378282246310005")}\n");

        var taken = await Taken.InAsync(text.ToString(), dataset: "customers", options: new IntakeOptions { Workers = 2, SampleRecords = 5 });

        Assert.Equal(SensitiveKind.Card, Assert.Single(taken.Report.Sensitive).Kind);
        Assert.DoesNotContain(taken.Output.Rows, row => row.Contains("4111", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cards_as_customer_ids_refuse_the_file_with_a_cure()
    {
        const string Text = "card,order_date,amount\n4111111111111111,2025-05-05,1\n5555555555554444,2025-05-05,2\n378282246310005,2025-05-06,3\n6011111111111117,2025-05-06,3\n";

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(Text, Taken.Mapping("""{ "dataset": "orders", "columns": { "card": "customerId" } }""")));
        Assert.Contains("payment cards", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", fault.Message, StringComparison.Ordinal);

        var allowed = await Taken.InAsync(Text, Taken.Mapping("""{ "dataset": "orders", "columns": { "card": "customerId" }, "allow": ["card"] }"""));
        Assert.Equal(4, allowed.Report.Rows.Accepted);
    }

    [Fact]
    public async Task Telephone_numbers_under_any_header_are_sealed()
    {
        var taken = await Taken.InAsync("customer_id,reach\nC1,+33 6 12 34 56 78\nC2,06 98 76 54 32\nC3,\n", dataset: "customers");

        Assert.Equal("sealed", taken.Report.Columns[1].Use);
        Assert.Equal(("identifier-sealed", 2L), Assert.Single(taken.Report.Repairs.Select(rule => (rule.Rule, rule.Count))));
        Assert.DoesNotContain(taken.Output.Rows, row => row.Contains("98 76", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "dataset": "customers" }""", "attribute", "attribute")]
    [InlineData("""{ "dataset": "customers", "keep": "all" }""", "attribute", "attribute")]
    [InlineData("""{ "dataset": "customers", "keep": "mapped" }""", "ignored", "ignored")]
    [InlineData("""{ "dataset": "customers", "keep": ["Tier"] }""", "attribute", "ignored")]
    public async Task Allow_list_decides_which_unknown_columns_are_kept(string mapping, string tier, string shoe)
    {
        var taken = await Taken.InAsync("customer_id,country,tier,shoe size\nC1,France,gold,42\nC2,Spain,silver,43\n", Taken.Mapping(mapping));

        Assert.Equal(["field", "field", tier, shoe], taken.Report.Columns.Select(column => column.Use));
        Assert.Equal(shoe == "attribute", taken.Output.Header.Contains("shoe", StringComparison.Ordinal));
    }

    private static string File(string header, string[] values)
    {
        var text = new StringBuilder($"customer_id,country,{header}\n");
        for (var row = 0; row < values.Length; row++)
            text.Append(CultureInfo.InvariantCulture, $"C{row},France,{values[row]}\n");
        return text.ToString();
    }
}
