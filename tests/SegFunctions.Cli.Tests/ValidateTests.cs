using System.IO.Compression;
using System.Text;

namespace SegFunctions.Cli.Tests;

public sealed class ValidateTests
{
    private const string Header = "order_id,customer_id,date,quantity,price\n";
    private const string Good = Header + "1,2,2025-01-01,1,2.5\n2,3,2025-01-02,1,2.5\n";

    [Fact]
    public async Task Empty_file_is_called_empty() => await RefusedAsync("empty.csv", [], "empty.csv", "empty");

    [Fact]
    public async Task Binary_file_is_called_binary()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        await RefusedAsync("photo.csv", bytes, "photo.csv", "binary", "CSV in UTF-8");
    }

    [Fact]
    public async Task File_of_one_unknown_column_gets_a_mapping_proposed() =>
        await RefusedAsync("one.csv", "a\n1\n2\n"u8.ToArray(), "\"a\"", "one.csv.mapping.json", "\"dataset\": \"orders\"");

    [Fact]
    public async Task File_without_rows_is_told_so() =>
        await RefusedAsync("header.csv", Encoding.UTF8.GetBytes(Header), "header.csv", "no rows");

    [Fact]
    public async Task Truncated_gzip_is_called_cut_off()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header));
            for (var row = 0; row < 3000; row++)
                await gzip.WriteAsync(Encoding.UTF8.GetBytes($"{row},{row % 50},2025-01-{1 + (row % 28):00},{row % 3 + 1},{row % 7}.5\n"));
        }

        await RefusedAsync("cut.csv.gz", packed.ToArray()[..(int)(packed.Length / 2)], "cut.csv.gz", "cut off", "whole file");
        var whole = await ValidateAsync("whole.csv.gz", packed.ToArray());
        Assert.Equal(3000, whole.Expect(CommandLine.Done).Json.GetProperty("rows").GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task Line_of_two_megabytes_is_refused_and_the_next_one_read()
    {
        var rows = (await ValidateAsync("long.csv", Encoding.UTF8.GetBytes(
            "order_id,customer_id,date,quantity,price,description\n1,2,2025-01-01,1,2.5," + new string('x', 2_000_000) + "\n2,3,2025-01-02,1,2.5,ok\n")))
            .Expect(CommandLine.Done).Json.GetProperty("rows");
        Assert.Equal(2, rows.GetProperty("read").GetInt64());
        Assert.Equal(1, rows.GetProperty("accepted").GetInt64());
        Assert.Equal(1, rows.GetProperty("refused").GetInt64());
    }

    [Fact]
    public async Task Utf16_semicolon_French_and_ndjson_are_read()
    {
        await AcceptedAsync("utf16.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)], 2);
        await AcceptedAsync("fr.csv", Encoding.UTF8.GetBytes("N° commande;Date commande;N° client;Quantité;Prix unitaire\n1;31/12/2025 10:00;7;2;3,50\n2;01/02/2025 10:00;8;1;1 234,50\n"), 2);
        await AcceptedAsync("orders.ndjson", Encoding.UTF8.GetBytes(
            """{"orderId":"1","customerId":"7","timestamp":"2025-01-02T03:04:05Z","quantity":1,"unitPrice":2.5}""" + "\n"
            + """{"orderId":"2","customerId":"8","timestamp":"2025-01-03T03:04:05Z","quantity":1,"unitPrice":2.5}""" + "\n"), 2);
    }

    [Fact]
    public async Task Strict_fails_on_a_single_refused_row_and_writes_its_three_files()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("orders.csv", Good + "3,4,2025-99-99,1,2.5\n");
        (await Segfunctions.RunAsync("validate", file)).Expect(CommandLine.Done);
        var target = folder.File("checked");
        (await Segfunctions.RunAsync("validate", file, "--strict", "--out", target)).Expect(CommandLine.Failed, "1 of its 3 rows", "line 4");
        Assert.Equal(["canonical.csv", "quarantine.csv", "report.json"], Directory.GetFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Faulty_or_missing_mapping_and_an_out_that_is_a_file_are_named()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("orders.csv", Good);
        (await Segfunctions.RunAsync("validate", file, "--mapping", folder.Write("bad.json", "{"))).Expect(CommandLine.Failed, "bad.json", "line");
        (await Segfunctions.RunAsync("validate", file, "--mapping", folder.File("none.json"))).Expect(CommandLine.Failed, "none.json");
        (await Segfunctions.RunAsync("validate", file, "--out", file)).Expect(CommandLine.Failed, "is a file");
    }

    [Fact]
    public async Task Table_for_people_shows_totals_rules_and_columns()
    {
        using var folder = new TemporaryFolder();
        var ending = (await Segfunctions.RunAsync("validate", folder.Write("orders.csv", Good + "3,,2025-01-03,1,2.5\n"))).Expect(CommandLine.Done);
        Assert.Contains("3 rows read = 2 accepted + 1 refused + 0 duplicates; 2 customers", ending.Out, StringComparison.Ordinal);
        Assert.Contains("Refused", ending.Out, StringComparison.Ordinal);
        Assert.Contains("Columns", ending.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_says_how_each_column_was_read_and_keeps_identifiers_to_itself()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("people.csv", "Kundennummer;E-Mail;Einkommen;Farbe\nK-17;zoe@example.org;1.234,50;rot\nK-18;bo@example.org;900,00;blau\n");
        var page = folder.File("page.md");
        var explained = (await Segfunctions.RunAsync("validate", file, "--explain", "--report", page, "--json")).Expect(CommandLine.Done).Json.GetProperty("explanation");
        var columns = explained.GetProperty("columns").EnumerateArray().ToList();
        Assert.Equal(["customerId", "email", "income", "attribute"], columns.Select(column => column.GetProperty("readAs").GetString()));
        Assert.Equal("A-99", columns[0].GetProperty("samples")[0].GetString());
        Assert.StartsWith("decimal comma", columns[2].GetProperty("reading").GetString(), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(page);
        Assert.Contains("aaa@aaaaaaa.aaa", text, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe@example.org", text + explained, StringComparison.Ordinal);
        Assert.Contains("How each column was read", (await Segfunctions.RunAsync("validate", file, "--explain")).Expect(CommandLine.Done).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_for_all_rows_cures_a_missing_column_as_the_refusal_says()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("log.csv", "customer id,sent at,action\n7,2024-01-02,opened\n8,2024-01-03,clicked\n");
        var refused = (await Segfunctions.RunAsync("validate", file, "--dataset", "messages")).Expect(CommandLine.Failed, "channel is the same in all rows", "\"values\": { \"channel\": \"email\" }");
        folder.Write("log.csv.mapping.json", refused.Err[refused.Err.LastIndexOf("{ \"dataset\"", StringComparison.Ordinal)..]);
        var text = (await Segfunctions.RunAsync("validate", file, "--explain")).Expect(CommandLine.Done).Out;
        Assert.Contains("From the mapping: channel is email in 2 accepted rows.", text, StringComparison.Ordinal);
        var page = folder.File("page.md");
        var report = (await Segfunctions.RunAsync("validate", file, "--explain", "--report", page, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("email", report.GetProperty("constants")[0].GetProperty("value").GetString());
        Assert.Equal("channel", report.GetProperty("explanation").GetProperty("columns")[3].GetProperty("readAs").GetString());
        Assert.Contains("the mapping gives this value to all rows", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_value_for_all_rows_is_named_with_its_file_field_and_cure()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("orders.csv", Good);
        folder.Write("mapping.json", """{ "dataset": "orders", "values": { "country": "Atlantis", "customerId": "7" } }""");
        (await Segfunctions.RunAsync("validate", file)).Expect(CommandLine.Failed, "mapping.json", "country: \"Atlantis\" is no country", "customerId: one id for all rows");
    }

    [Fact]
    public async Task Column_that_is_id_and_address_is_read_and_kept_to_itself()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("people.csv", "E-Mail,Vorname\nZoe@example.org,Zoé\nzoe@Example.org,Zoé\n");
        folder.Write("people.csv.mapping.json", """{ "dataset": "customers", "columns": { "E-Mail": ["customerId", "email"] } }""");
        var target = folder.File("checked");
        var ending = (await Segfunctions.RunAsync("validate", file, "--explain", "--json", "--out", target)).Expect(CommandLine.Done);
        Assert.Equal(1, ending.Json.GetProperty("customers").GetProperty("count").GetInt64());
        Assert.Equal("customerId, email", ending.Json.GetProperty("explanation").GetProperty("columns")[0].GetProperty("readAs").GetString());
        foreach (var written in Directory.GetFiles(target))
            Assert.DoesNotContain("zoe@", await File.ReadAllTextAsync(written), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("zoe@", ending.Out, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RefusedAsync(string name, byte[] content, params string[] words) =>
        (await ValidateAsync(name, content)).Expect(CommandLine.Failed, words);

    private static async Task AcceptedAsync(string name, byte[] content, int rows) =>
        Assert.Equal(rows, (await ValidateAsync(name, content)).Expect(CommandLine.Done).Json.GetProperty("rows").GetProperty("accepted").GetInt32());

    private static async Task<Segfunctions.Ending> ValidateAsync(string name, byte[] content)
    {
        using var folder = new TemporaryFolder();
        return await Segfunctions.RunAsync("validate", folder.Write(name, content), "--json");
    }
}
