using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class DuplicateTests
{
    private static readonly IntakeOptions[] Budgets =
    [
        new() { Workers = 1 },
        new() { Workers = 3, MemoryBudget = 4096, DuplicateRowsAtOnce = 1, PartitionRows = 3 },
    ];

    /// <summary>Every row, some rows, no rows: what the hash can do at worst.</summary>
    private static readonly RowHash[] Hashes = [RowHash.Standard, new(static _ => 42), new(static bytes => (ulong)bytes.Length << 62)];

    [Fact]
    public void Duplicates_are_exactly_those_of_a_naive_reference() =>
        Prop.ForAll(Uploads().ToArbitrary(), uploads =>
        {
            var expected = Naive(uploads);
            foreach (var options in Budgets)
            {
                foreach (var hash in Hashes)
                    Assert.Equal(expected, Actual(uploads, options, hash));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task A_numbered_line_that_changes_and_changes_back_is_accepted_each_time()
    {
        const string Header = "order id,line,customer id,date,amount\n";
        var first = await Taken.InAsync(Header + "1,1,7,2011-01-02,5\n1,1,7,2011-01-02,6\n1,1,7,2011-01-02,5\n1,1,7,2011-01-02,5\n");
        Assert.Equal((3, 1), (first.Report.Rows.Accepted, first.Report.Rows.Duplicates));
        var same = await Taken.InAsync(Header + "1,1,7,2011-01-02,5\n", lake: [first]);
        Assert.Equal((0, 1), (same.Report.Rows.Accepted, same.Report.Rows.Duplicates));
        var older = await Taken.InAsync(Header + "1,1,7,2011-01-02,6\n", lake: [first]);
        Assert.Equal((1, 0), (older.Report.Rows.Accepted, older.Report.Rows.Duplicates));
    }

    [Fact]
    public async Task Rows_of_files_with_other_columns_are_compared_by_what_they_say()
    {
        var first = await Taken.InAsync("customer id,date,amount,b,a\n7,2011-01-02,5,x,\n7,2011-01-03,5,,y\n7,2011-01-04,5,,\n");
        var second = await Taken.InAsync("a;amount;c;customer id;date;b\n;5,00;;7;02.01.2011;x\ny;5;;7;03.01.2011;\n;5;;7;04.01.2011;\n;5;new;7;04.01.2011;\nx;5;;7;02.01.2011;\n", lake: [first]);
        Assert.Equal((2, 3), (second.Report.Rows.Accepted, second.Report.Rows.Duplicates));
    }

    [Fact]
    public async Task Ignored_columns_do_not_make_rows_different()
    {
        const string Text = "customer id,date,amount,exported\n7,2011-01-02,5,monday\n7,2011-01-02,5,tuesday\n";
        Assert.Equal(2, (await Taken.InAsync(Text)).Report.Rows.Accepted);
        Assert.Equal(1, (await Taken.InAsync(Text, Taken.Mapping("""{ "ignore": ["exported"] }"""))).Report.Rows.Accepted);
    }

    [Fact]
    public async Task Sealed_values_make_rows_different()
    {
        var taken = await Taken.InAsync("customer id,date,amount,phone\n7,2011-01-02,5,0123\n7,2011-01-02,5,0124\n7,2011-01-02,5,0123\n");
        Assert.Equal((2, 1), (taken.Report.Rows.Accepted, taken.Report.Rows.Duplicates));
        Assert.Equal(2, taken.Output.Column("attribute:identifiers").Distinct().Count());
    }

    [Fact]
    public async Task A_lake_without_row_index_is_read_whole()
    {
        const string Text = "customer id,date,amount\n7,2011-01-02,5\n8,2011-01-02,5\n";
        var first = await Taken.InAsync(Text);
        var output = new MemoryOutput();
        var result = await new IntakeRun(Taken.Keys, new IntakeOptions()).RunAsync(
            new IntakeRequest { FileName = "a.csv", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Text))) },
            output,
            (_, _) => Task.FromResult<IReadOnlyList<EarlierUpload>?>([first.Output.AsEarlier(withIndex: false)]),
            CancellationToken.None);
        Assert.Equal(2, result!.Report.Rows.Duplicates);
        Assert.Equal(0, result.Partitions);
        Assert.Empty(output.Parts);
    }

    [Fact]
    public async Task The_row_index_holds_the_sorted_hashes_of_each_bucket()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n" + string.Concat(Enumerable.Range(0, 500).Select(row => $"{row},2011-01-02,5\n")));
        await using var index = await RowIndexReader.OpenAsync(new MemoryStream(taken.Output.RowIndex), CancellationToken.None);
        var keys = taken.Output.Column("key").Select(key => CustomerKey.TryParse(key, out var parsed) ? parsed.FirstByte : -1).ToList();
        for (var bucket = 0; bucket < 256; bucket++)
        {
            var hashes = await index.BucketAsync(bucket, CancellationToken.None);
            Assert.Equal(keys.Count(key => key == bucket), hashes.Length);
            Assert.Equal(hashes.Order(), hashes);
        }
    }

    [Fact]
    public async Task Partitions_hold_the_keys_of_their_prefix_in_the_order_of_the_first_byte()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n" + string.Concat(Enumerable.Range(0, 2000).Select(row => $"{row % 700},2011-01-02,{row}\n")), options: new IntakeOptions { PartitionRows = 100 });
        Assert.Equal(16, taken.Result.Partitions);
        Assert.Equal(2000, taken.Result.Parts.Sum(part => part.Rows));
        foreach (var part in taken.Result.Parts)
        {
            var text = Encoding.UTF8.GetString(taken.Output.Parts[part.Partition]);
            Assert.Equal(part.Bytes, taken.Output.Parts[part.Partition].Length);
            var bytes = text.TrimEnd('\n').Split('\n').Skip(1).Select(row => CustomerKey.TryParse(row[..26], out var key) ? key : default).ToList();
            Assert.Equal(part.Rows, bytes.Count);
            Assert.All(bytes, key => Assert.Equal(part.Partition, key.Partition(16)));
            Assert.Equal(bytes.Select(key => key.FirstByte).Order(), bytes.Select(key => key.FirstByte));
        }
    }

    [Fact]
    public async Task Rows_of_a_customer_stand_side_by_side_in_the_order_of_the_file()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n" + string.Concat(Enumerable.Range(0, 3000).Select(row => $"{row * 7919 % 211},2011-01-02,{row + 1}\n")));
        var rows = taken.Output.Rows.Select(row => (Key: row[..26], Amount: int.Parse(row.Split(',')[9]))).ToList();
        Assert.Equal(3000, rows.Count);
        var borders = rows.Zip(rows.Skip(1)).Count(pair => pair.First.Key != pair.Second.Key);
        Assert.Equal(rows.Select(row => row.Key).Distinct().Count() - 1, borders);
        Assert.All(rows.Zip(rows.Skip(1)).Where(pair => pair.First.Key == pair.Second.Key), pair => Assert.True(pair.First.Amount < pair.Second.Amount));
    }

    [Fact]
    public async Task A_file_that_grows_columns_widens_the_rows_before_them()
    {
        var text = string.Concat(Enumerable.Range(0, 4000).Select(row => $$"""{"customerId":"{{row % 50}}","timestamp":"2011-01-02","amount":{{row + 1}}{{(row > 3000 ? $",\"zone\":\"z{row % 3}\"" : "")}}{{(row > 3500 ? ",\"aisle\":\"a, b\"" : "")}}}""" + "\n"));
        var whole = await Taken.InAsync(text, name: "orders.ndjson");
        Assert.EndsWith(",attribute:aisle,attribute:zone", whole.Output.Header, StringComparison.Ordinal);
        Assert.Equal(3001, whole.Output.Rows.Count(row => row.EndsWith(",,", StringComparison.Ordinal)));
        Assert.Equal(499, whole.Output.Rows.Count(row => row.Contains(",\"a, b\",z", StringComparison.Ordinal)));
        Assert.Equal(whole.Result.Parts.Sum(part => part.Bytes), whole.Output.Parts.Values.Sum(part => part.Length));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(499_999, 1, 1)]
    [InlineData(1_000_000, 1, 2)]
    [InlineData(1_900_000, 1, 2)]
    [InlineData(1, 64L << 20, 1)]
    [InlineData(1, 600L << 20, 8)]
    [InlineData(1L << 40, 1, 256)]
    public void A_partition_holds_half_a_million_rows_or_64_megabytes(long rows, long bytes, int partitions) =>
        Assert.Equal(partitions, RowSettlement.PartitionsFor(rows, bytes, new IntakeOptions()));

    /// <summary>Rows as (order, line, customer, amount), small numbers that often meet; 0 is "not given".</summary>
    private static Gen<(int Order, int Line, int Customer, int Amount)[][]> Uploads()
    {
        var row = from order in Gen.Choose(0, 2) from line in Gen.Choose(0, 2) from customer in Gen.Choose(1, 3) from amount in Gen.Choose(1, 2) select (order, line, customer, amount);
        return row.ArrayOf().Where(rows => rows.Length > 0).ArrayOf(3);
    }

    private static List<string> Naive((int Order, int Line, int Customer, int Amount)[][] uploads)
    {
        var seen = new HashSet<(int, int, int, int)>();
        var versions = new Dictionary<(int, int, int), int>();
        var results = new List<string>();
        foreach (var upload in uploads)
        {
            var duplicates = 0;
            var accepted = new List<string>();
            foreach (var row in upload)
            {
                var isVersion = row is { Order: > 0, Line: > 0 };
                var isDuplicate = isVersion
                    ? versions.TryGetValue((row.Order, row.Line, row.Customer), out var amount) && amount == row.Amount
                    : !seen.Add(row);
                if (isVersion)
                    versions[(row.Order, row.Line, row.Customer)] = row.Amount;
                if (isDuplicate)
                    duplicates++;
                else
                    accepted.Add(Text(row));
            }

            // The lake keeps the file's order for each customer.
            results.Add($"{duplicates}: {string.Join(' ', accepted.OrderBy(CustomerOf))}");
        }

        return results;
    }

    private static List<string> Actual((int Order, int Line, int Customer, int Amount)[][] uploads, IntakeOptions options, RowHash hash)
    {
        var names = Enumerable.Range(1, 3).ToDictionary(customer => Taken.Keys.Derive("default", customer.ToString()).ToString(), customer => customer);
        var lake = new List<Taken>();
        var results = new List<string>();
        foreach (var upload in uploads)
        {
            var text = "order id,line,customer id,date,amount\n" + string.Concat(upload.Select(row => $"{Given(row.Order)},{Given(row.Line)},{row.Customer},2011-01-02,{row.Amount}\n"));
            var taken = Taken.InAsync(text, lake: lake, options: options, hash: hash).GetAwaiter().GetResult();
            lake.Add(taken);
            var rows = taken.Output.Rows.Select(row => row.Split(',')).Select(row => Text((Number(row[1]), Number(row[2]), names[row[0]], Number(row[9]))));
            results.Add($"{taken.Report.Rows.Duplicates}: {string.Join(' ', rows.OrderBy(CustomerOf))}");
        }

        return results;
    }

    private static string Given(int number) => number == 0 ? "" : number.ToString();

    private static int Number(string text) => text.Length == 0 ? 0 : int.Parse(text);

    private static char CustomerOf(string row) => row[0];

    private static string Text((int Order, int Line, int Customer, int Amount) row) => $"{row.Customer}:{row.Order}/{row.Line}={row.Amount}";
}
