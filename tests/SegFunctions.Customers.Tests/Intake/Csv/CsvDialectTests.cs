using System.Text;
using SegFunctions.Customers.Intake.Csv;

namespace SegFunctions.Customers.Tests.Intake.Csv;

public sealed class CsvDialectTests
{
    [Theory]
    [InlineData("id,name\n1,a\n2,b\n", CsvDelimiter.Comma, true, 2)]
    [InlineData("id;price\n1;2,50\n2;3,75\n", CsvDelimiter.Semicolon, true, 2)]
    [InlineData("1,5;2,5\n3,5;4,5\n1,0;2,7\n", CsvDelimiter.Semicolon, false, 2)]
    [InlineData("id\tname\ttext\n1\ta\tx, y\n2\tb\tz; w, v\n", CsvDelimiter.Tab, true, 3)]
    [InlineData("a|b|c\n1|x,y|2\n3|z|4\n", CsvDelimiter.Pipe, true, 3)]
    [InlineData("\"last, first\",\"city\"\n\"Doe, Jane\",\"Paris; France\"\n\"Roe, R\",\"Oslo\"\n", CsvDelimiter.Comma, true, 2)]
    [InlineData("name,note\nAnn,\"one; two; three\"\nBob,\"four; five\"\nCid,six; seven\n", CsvDelimiter.Comma, true, 2)]
    [InlineData(" 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n", CsvDelimiter.Whitespace, false, 4)]
    [InlineData("1,5 2,5 3,5\n1,6 2,6 3,6\n", CsvDelimiter.Whitespace, false, 3)]
    [InlineData("id      amount\n1       2.5\n20      13.5\n", CsvDelimiter.Whitespace, true, 2)]
    [InlineData("1, 2, 3\n4, 5, 6\n", CsvDelimiter.Comma, false, 3)]
    [InlineData("17850,2010-12-01,2.55\n13047,2010-12-01,3.39\n", CsvDelimiter.Comma, false, 3)]
    [InlineData("rec_id, given_name, surname\nrec-1-org, anna, smith\nrec-2-org, ben, jones\n", CsvDelimiter.Comma, true, 3)]
    [InlineData(",tenure,churn\n0,12,Yes\n1,3,No\n", CsvDelimiter.Comma, true, 3)]
    [InlineData("country,2019,2020\nFrance,1.5,2.5\nSpain,3.5,4.5\n", CsvDelimiter.Comma, false, 3)]
    [InlineData("red,green\nblue,red\ngreen,green\n", CsvDelimiter.Comma, false, 2)]
    [InlineData("colour,shape\nblue,round\ngreen,square\n", CsvDelimiter.Comma, true, 2)]
    [InlineData("a,b,c", CsvDelimiter.Comma, true, 3)]
    [InlineData("id,name\n", CsvDelimiter.Comma, true, 2)]
    public void Form_is_seen(string text, CsvDelimiter delimiter, bool hasHeader, int columns)
    {
        var dialect = Detect(text);
        Assert.Equal((delimiter, hasHeader, columns), (dialect.Delimiter, dialect.HasHeader, dialect.Columns));
    }

    [Theory]
    [InlineData("email\na@x.org\nb@y.org\n", true)]
    [InlineData("name\nJohn Smith\nAnn Lee\nBob Ray\n", true)]
    [InlineData("2020-01-01 12:00\n2020-01-02 13:00\n", false)]
    [InlineData("12\n13\n14\n", false)]
    public void One_column_is_called_one_column(string text, bool hasHeader)
    {
        var dialect = Detect(text);
        Assert.Equal((1, hasHeader), (dialect.Columns, dialect.HasHeader));
        Assert.Contains("one column", dialect.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_says_what_was_counted()
    {
        var dialect = Detect("id;price\n1;2,50\n2;3,75\n");
        Assert.Equal("';' separates 2 fields in 3 of the first 3 records; the first record is a header: 'id' stands over numbers", dialect.Evidence);
    }

    [Fact]
    public void A_messy_head_does_not_mislead()
    {
        var text = new StringBuilder("id,text,amount\n");
        for (var row = 0; row < 100; row++)
            text.Append(row % 10 == 3 ? $"{row},short\n" : $"{row},\"it; says | \"\"hello\"\",\nand more\",{row}.5\n");
        var dialect = Detect(text.ToString());
        Assert.Equal((CsvDelimiter.Comma, true, 3), (dialect.Delimiter, dialect.HasHeader, dialect.Columns));
    }

    [Fact]
    public void A_cut_head_leaves_its_last_record_out()
    {
        var text = Encoding.UTF8.GetBytes("id,name\n1,a\n2,b\n3");
        Assert.Contains("in 3 of the first 3 records", CsvDialect.Detect(text, isWhole: false).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_mapping_says_is_not_judged()
    {
        var dialect = CsvDialect.Detect("a,b\n1,2\n"u8, isWhole: true, CsvDelimiter.Semicolon, hasHeader: false);
        Assert.Equal((CsvDelimiter.Semicolon, false, 1), (dialect.Delimiter, dialect.HasHeader, dialect.Columns));
        Assert.Equal("the mapping says that ';' separates the fields; the mapping says that there is no header", dialect.Evidence);
    }

    [Theory]
    [InlineData(",", CsvDelimiter.Comma)]
    [InlineData("\t", CsvDelimiter.Tab)]
    [InlineData("whitespace", CsvDelimiter.Whitespace)]
    public void Delimiters_are_spelled_as_in_a_mapping(string text, CsvDelimiter expected)
    {
        Assert.True(CsvDelimiters.TryParse(text, out var delimiter));
        Assert.Equal(expected, delimiter);
        Assert.True(CsvDelimiters.TryParse(delimiter.Spelling(), out var again) && again == delimiter);
        Assert.False(CsvDelimiters.TryParse("#", out _));
    }

    private static CsvDialect Detect(string text) => CsvDialect.Detect(Encoding.UTF8.GetBytes(text), isWhole: true);
}
