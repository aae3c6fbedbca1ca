using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Csv;

public sealed class CsvInvarianceTests
{
    private static readonly CsvReaderOptions NoHeader = new() { HasHeader = false };

    [Fact]
    public void Rows_that_are_written_are_the_rows_that_are_read() =>
        Prop.ForAll(Arb.From(Documents()), document =>
        {
            var read = Reading.Csv(document.Write(), document.Options).GetAwaiter().GetResult();
            Assert.Equal(document.Rows, read.Cells);
            Assert.Equal(document.Lines(), read.Records.Select(record => record.Line));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Neither_reads_nor_blocks_nor_limits_on_their_borders_change_what_is_read()
    {
        // Any bytes at all, rich in what matters: the readers below must agree on garbage, too.
        var garbage = Gen.Elements("a", "é", "1", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", ",\"", "\",", "\"\n\"").ListOf()
            .Select(parts => Encoding.UTF8.GetBytes("x" + string.Concat(parts)));
        Prop.ForAll(Arb.From(garbage), Arb.From(Gen.Choose(1, 40)), Arb.From(Gen.Choose(1, 1000)), (bytes, maximum, seed) =>
        {
            var options = NoHeader with { MaximumRecordLength = maximum, BlockSize = 4096 };
            var whole = Reading.Csv(bytes, options).GetAwaiter().GetResult();
            var random = new Random(seed);
            foreach (var blockSize in (int[])[1, 2, 7, 64, 65])
            {
                var split = Reading.Csv(bytes, options with { BlockSize = blockSize }, _ => random.Next(1, 9)).GetAwaiter().GetResult();
                Assert.Equal(whole.Records.Select(record => record.ToString()), split.Records.Select(record => record.ToString()));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void CsvHelper_reads_the_same_cells() =>
        Prop.ForAll(Arb.From(Documents(CsvDelimiter.Comma, CsvDelimiter.Semicolon, CsvDelimiter.Tab, CsvDelimiter.Pipe)), document =>
        {
            var text = document.Write();
            using var oracle = CsvHelper.CsvReader.FromText(text, new CsvHelper.CsvReaderOptions
            {
                Separator = (char)document.Options.Delimiter,
                HasHeader = false,
                SkipEmptyLines = true,
            });
            var expected = new List<string[]>();
            while (oracle.Read())
                expected.Add([.. Enumerable.Range(0, oracle.FieldCount).Select(oracle.GetString)]);
            var read = Reading.Csv(text, document.Options).GetAwaiter().GetResult();
            Assert.Equal(expected, read.Cells);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static Gen<Document> Documents(params CsvDelimiter[] delimiters)
    {
        var fragments = Gen.Elements("a", "bc", "", "é", "東京", "1,5", "-2.50", "x;y", "t\tu", "p|q", "\"", "\"\"", "say \"hi\"", "line\nbreak", "c\r\nd", "e\rf", " ", " pad ", "\"\n");
        var cell = Gen.OneOf(fragments, from first in fragments from second in fragments select first + second);
        return from delimiter in Gen.Elements(delimiters.Length > 0 ? delimiters : Enum.GetValues<CsvDelimiter>())
               from columns in Gen.Choose(1, 5)
               from rows in cell.ArrayOf(columns).NonEmptyListOf()
               from lineEnd in Gen.Elements("\n", "\r\n", "\r")
               from always in Gen.Elements(true, false)
               from ends in Gen.Elements(true, false)
               from blockSize in Gen.Elements(1, 16, 61, 512)
               select new Document([.. rows], NoHeader with { Delimiter = delimiter, BlockSize = blockSize }, lineEnd, always, ends);
    }

    /// <summary>Rows and the way in which they are written.</summary>
    private sealed record Document(string[][] Rows, CsvReaderOptions Options, string LineEnd, bool AlwaysQuotes, bool EndsWithLineEnd)
    {
        public string Write() =>
            string.Join(LineEnd, Rows.Select(row => string.Join(Separator, row.Select(Cell)))) + (EndsWithLineEnd ? LineEnd : "");

        public IEnumerable<long> Lines()
        {
            var line = 1L;
            foreach (var row in Rows)
            {
                yield return line;
                line += 1 + row.Sum(cell => cell.Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\n' or '\r'));
            }
        }

        private string Separator => Options.Delimiter == CsvDelimiter.Whitespace ? " \t " : ((char)Options.Delimiter).ToString();

        private string Cell(string cell)
        {
            // A lone empty cell would be an empty line, and blank-separated cells cannot be empty without quotes.
            var needsQuotes = AlwaysQuotes || cell.Length == 0 || cell.AsSpan().IndexOfAny("\"\r\n,;|\t ") >= 0;
            return needsQuotes ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
        }
    }
}
