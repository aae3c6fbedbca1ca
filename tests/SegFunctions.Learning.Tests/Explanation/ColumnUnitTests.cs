using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class ColumnUnitTests
{
    [Fact]
    public void Numbers_are_written_with_their_unit_in_both_languages()
    {
        Assert.Equal(new Bilingual("0.25", "0,25"), ColumnUnit.None.Write(0.25, 2));
        Assert.Equal(new Bilingual("1 day", "1 jour"), ColumnUnit.Days.Write(1, 0));
        Assert.Equal(new Bilingual("1.5 days", "1,5 jour"), ColumnUnit.Days.Write(1.5, 1));
        Assert.Equal(new Bilingual("30 days", "30 jours"), ColumnUnit.Days.Write(30, 0));
        Assert.Equal(new Bilingual("12.5%", "12,5\u202F%"), ColumnUnit.Share.Write(0.125, 3));
        Assert.Equal(new Bilingual("50%", "50\u202F%"), ColumnUnit.Share.Write(0.5, 1));
        Assert.Equal(new Bilingual("€1,000", "1\u202F000\u202F€"), ColumnUnit.Money("EUR").Write(1000, 0));
        Assert.Equal(new Bilingual("$49.50", "49,50\u202F$"), ColumnUnit.Money("USD").Write(49.5, 1));
        Assert.Equal("1,000,000,000,000,000,000", ColumnUnit.Money("EUR").Write(1e18, 0).En);
        Assert.Equal(new Bilingual("5 Dec 2024", "5 déc. 2024"), ColumnUnit.Date.Write(20_062, 0));
        Assert.Equal("9,999,999", ColumnUnit.Date.Write(9_999_999, 0).En);
        Assert.Equal(new Bilingual("2 visits", "2 visites"), ColumnUnit.Counted(new("visit", "visite"), new("visits", "visites")).Write(2, 0));
    }
}
