using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake.Quality;

public sealed class CorrectedRowsTests
{
    [Fact]
    public void Guard_against_formulas_is_undone_whatever_the_cell() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>().Filter(text => text is not null && text.All(character => (!char.IsControl(character) || character is '\t' or '\n' or '\r') && !char.IsSurrogate(character))),
            text =>
            {
                foreach (var cell in new[] { text, "=" + text, "'" + text, "'=" + text, " +" + text, "-1" + text })
                {
                    var bytes = Encoding.UTF8.GetBytes(cell);
                    var written = new ByteWriter(16);
                    QuarantineLine.Write(written, 7, "c", bytes, "r", "m", "k", bytes);
                    var row = Read(written.Written.ToArray());
                    if (row.Raw != cell)
                        return false;
                }

                return true;
            }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+33")]
    [InlineData("-cmd")]
    [InlineData("@SUM(A1)")]
    [InlineData("'=1")]
    [InlineData("  =1")]
    public void Cell_that_a_spreadsheet_would_run_is_guarded(string cell)
    {
        var written = new ByteWriter(16);
        QuarantineLine.Write(written, 7, "", default, "r", "m", "k", Encoding.UTF8.GetBytes(cell));
        Assert.Contains(",'" + cell, Encoding.UTF8.GetString(written.Written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_replaces_its_field_in_csv()
    {
        var first = await Taken.InAsync("order_id;order_date;customer_id;quantity;unit_price\nA1;2025-05-05;C1;1;9,50\n\"A;2\";2025-05-06;C2;\"a \"\"lot\"\"\";7,25\n", name: "shop.csv");
        var rows = Corrected(first, row => row with { Value = "4" });

        var second = await TakeAsync(rows);

        Assert.Equal(1, second.Report.Rows.Accepted);
        Assert.Contains("A;2", second.Output.Rows[0], StringComparison.Ordinal);
        Assert.Contains(",4,7.25", second.Output.Rows[0], StringComparison.Ordinal);
        Assert.Equal(new Dictionary<long, long> { [2] = 3 }, rows.OriginalLines());
    }

    [Fact]
    public async Task Value_replaces_its_member_in_json()
    {
        var first = await Taken.InAsync("{\"orderId\":\"A1\",\"orderDate\":\"2025-05-05\",\"customer\":{\"id\":\"C1\"},\"amount\":5}\n{\"orderId\":\"A2\",\"orderDate\":\"soon\",\"customer\":{\"id\":\"C2\"},\"amount\":6}\n", name: "shop.ndjson", dataset: "orders", mapping: Taken.Mapping("""{ "columns": { "customer.id": "customerId" } }"""));
        Assert.Equal((1L, 1L), (first.Report.Rows.Accepted, first.Report.Rows.Refused));
        var rows = Corrected(first, row => row with { Value = "2025-05-07" });

        var second = await TakeAsync(rows, Taken.Mapping("""{ "columns": { "customer.id": "customerId" } }"""));

        Assert.Equal(1, second.Report.Rows.Accepted);
        Assert.Contains("2025-05-07T00:00:00Z", second.Output.Rows[0], StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(rows.OriginalLines().Values));
    }

    [Fact]
    public async Task Row_of_a_file_without_header_keeps_its_columns()
    {
        var mapping = Taken.Mapping("""{ "dataset": "orders", "header": false, "columns": { "1": "orderId", "2": "timestamp", "3": "customerId", "4": "amount" } }""");
        var first = await Taken.InAsync("A1,2025-05-05,C1,5\nA2,2025-05-06,,6\n", mapping);
        var rows = Corrected(first, row => row with { Raw = "A2,2025-05-06,C2,6" });

        var second = await TakeAsync(rows, mapping);

        Assert.Equal((1L, 1L), (second.Report.Rows.Read, second.Report.Rows.Accepted));
        Assert.Equal(new Dictionary<long, long> { [1] = 2 }, rows.OriginalLines());
    }

    [Fact]
    public async Task Row_that_comes_back_as_it_was_is_no_correction()
    {
        var first = await Taken.InAsync("order_id,order_date,customer_id,amount\nA1,2025-05-05,,5\nA2,2025-05-05,C1,5\n");
        var rows = new CorrectedRows(first.Report);
        var refused = Read(first.Output.Quarantine);

        Assert.False(rows.Add(refused, refused));
        Assert.False(rows.Add(refused, refused with { Raw = refused.Raw + "\r\n" }));
        Assert.Empty(rows.Lines);
    }

    private static CorrectedRows Corrected(Taken first, Func<QuarantineRow, QuarantineRow> correct)
    {
        var rows = new CorrectedRows(first.Report);
        var refused = Read(first.Output.Quarantine);
        Assert.True(rows.Add(refused, correct(refused)));
        return rows;
    }

    private static async Task<Taken> TakeAsync(CorrectedRows rows, UploadMapping? mapping = null)
    {
        var output = new MemoryOutput();
        var run = new SegFunctions.Customers.Intake.IntakeRun(Taken.Keys, new SegFunctions.Customers.Intake.IntakeOptions { Workers = 1 });
        return new Taken(await run.RunAsync(rows.ToRequest("corrections.csv", mapping ?? UploadMapping.None, null), output, CancellationToken.None), output);
    }

    private static QuarantineRow Read(byte[] content)
    {
        var all = content.AsSpan().StartsWith("line,"u8) ? content : [.. QuarantineLine.Header, .. content];
        return QuarantineFile.ReadOwnAsync(new MemoryStream(all), CancellationToken.None).ToBlockingEnumerable().Single();
    }
}
