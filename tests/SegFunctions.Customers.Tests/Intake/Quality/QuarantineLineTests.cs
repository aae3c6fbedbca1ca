using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake.Quality;

public sealed class QuarantineLineTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-5.20", "-5.20")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_value_never_becomes_a_formula(string value, string written) =>
        Assert.Equal($"12,c,{written},rule,refuse,m,cure,raw\n", Line(value, "raw"));

    [Fact]
    public void The_record_is_quoted_as_it_stands() =>
        Assert.Equal("12,c,v,rule,refuse,m,cure,\"a,\"\"b\"\"\nc\"\n", Line("v", "a,\"b\"\nc"));

    [Fact]
    public void A_long_value_is_cut_at_a_character_and_says_so()
    {
        var line = Line(new string('é', 800), "raw");
        Assert.Contains(new string('é', 500) + "… (1600 bytes),", line, StringComparison.Ordinal);
    }

    private static string Line(string value, string raw)
    {
        var output = new ByteWriter(16);
        QuarantineLine.Write(output, 12, "c", Encoding.UTF8.GetBytes(value), "rule", "m", "cure", Encoding.UTF8.GetBytes(raw));
        return Encoding.UTF8.GetString(output.Written);
    }
}
