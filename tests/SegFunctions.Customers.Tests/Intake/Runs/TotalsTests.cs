using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class TotalsTests
{
    [Fact]
    public void Read_is_accepted_and_refused_and_duplicates_whatever_the_file_holds() =>
        Prop.ForAll(Files().ToArbitrary(), file =>
        {
            var taken = Take(file);
            var rows = taken.Report.Rows;
            Assert.Equal(rows.Read, rows.Accepted + rows.Refused + rows.Duplicates);
            Assert.Equal(rows.Refused, taken.Report.RefusedByRule.Sum(rule => rule.Count));
            Assert.Equal(rows.Accepted, taken.Output.Parts.Count == 0 ? 0 : taken.Result.Parts.Sum(part => part.Rows));
            Assert.Equal(rows.Accepted, taken.Report.Kinds.Values.Sum());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>Takes a file in, and answers when the order of its days is asked for.</summary>
    private static Taken Take(string file)
    {
        try
        {
            return Taken.InAsync(file, dataset: "orders").GetAwaiter().GetResult();
        }
        catch (UnreadableFileException asked) when (asked.Message.Contains("dateOrder", StringComparison.Ordinal))
        {
            return Taken.InAsync(file, Taken.Mapping("""{ "dateOrder": "dmy" }"""), dataset: "orders").GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task Workers_and_memory_never_change_a_byte()
    {
        var random = new Random(5);
        var text = new StringBuilder("order id,line,customer id,date,quantity,unit price,colour,phone\n");
        var last = "";
        for (var row = 0; row < 3000; row++)
        {
            text.Append(last = random.Next(40) switch
            {
                0 => "broken,\"row\n",
                1 => $"{row},1,,2011-01-02,1,1,red,\n",
                2 => $"{row},1,{row % 50},someday,1,1,red,\n",
                3 => last,
                _ => $"{random.Next(400)},{random.Next(3)},{random.Next(300)},{random.Next(1, 13)}/{random.Next(1, 29)}/2011,{random.Next(-1, 3)},{random.Next(2)}.5,c{random.Next(4)},{random.Next(5)}\n",
            });
        }

        Taken? first = null;
        foreach (var options in new[]
        {
            new IntakeOptions { Workers = 1, PartitionRows = 500 },
            new IntakeOptions { Workers = 2, PartitionRows = 500, MemoryBudget = 4096, DuplicateRowsAtOnce = 2 },
            new IntakeOptions { Workers = 7, PartitionRows = 500, MemoryBudget = 100_000 },
        })
        {
            var taken = await Taken.InAsync(text.ToString(), options: options);
            first ??= taken;
            Assert.Equal(first.ReportText, taken.ReportText);
            Assert.Equal(first.Output.Parts.Keys, taken.Output.Parts.Keys);
            foreach (var part in first.Output.Parts.Keys)
            {
                Assert.True(first.Output.Parts[part].AsSpan().SequenceEqual(taken.Output.Parts[part]));
                Assert.True(first.Output.Identifiers[part].AsSpan().SequenceEqual(taken.Output.Identifiers[part]));
            }

            Assert.True(first.Output.RowIndex.AsSpan().SequenceEqual(taken.Output.RowIndex));
            Assert.Equal(first.Output.QuarantineText, taken.Output.QuarantineText);
        }

        Assert.True(first!.Report.Rows is { Accepted: > 2000, Refused: > 50, Duplicates: > 0 }, first.Report.Rows.ToString());
        Assert.True(first.Result.Partitions > 1);
    }

    [Fact]
    public async Task Neither_report_nor_canonical_rows_hold_a_raw_id()
    {
        var taken = await Taken.InAsync("customer id,date,amount,quantity\nsecret-7,2011-01-02,5,1\nsecret-7,2011-01-02,5,x\nsecret-8,2011-01-02,,1\n");
        Assert.DoesNotContain("secret", taken.ReportText, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(taken.Output.Parts[0]), StringComparison.Ordinal);
        Assert.Contains("secret-7", taken.Output.QuarantineText, StringComparison.Ordinal);
    }

    /// <summary>Rows of orders, most of them right, and random damage to the text.</summary>
    private static Gen<string> Files()
    {
        var customer = Gen.Elements("1", "2", "3.0", "", "a@b.cd", "NULL");
        var date = Gen.Elements("2011-01-02", "02/03/2011", "30/03/2011", "", "never");
        var number = Gen.Elements("1", "0", "-2", "1.5", "\"1,5\"", "1e3", "", "x", "20%");
        var extra = Gen.Elements("", "", "", ",", ",x", "\"", "\n", "\r\n\r\n", "é", "\ufeff");
        var row = from c in customer from d in date from q in number from p in number from x in extra from n in Gen.Elements("", "C1", "note") select $"{n},{c},{d},{q},{p}{x}\n";
        return row.ArrayOf().Where(rows => rows.Length > 0).Select(rows => "order id,customer id,date,quantity,unit price\n" + string.Concat(rows) + "z,9,2011-01-02,1,1\n");
    }
}
