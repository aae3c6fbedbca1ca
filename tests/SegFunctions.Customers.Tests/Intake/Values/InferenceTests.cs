using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Intake.Values;

public sealed class InferenceTests
{
    [Theory]
    [InlineData(Certainty.Decided, DateOrder.DayMonthYear, "01/02/2024", "31/12/2024")]
    [InlineData(Certainty.Decided, DateOrder.MonthDayYear, "01/02/2024", "12/31/2024 10:00")]
    [InlineData(Certainty.Decided, DateOrder.DayMonthYear, "01.02.2024")]
    [InlineData(Certainty.Ambiguous, DateOrder.Undecided, "01/02/2024", "03/04/2024", "05/05/2024")]
    [InlineData(Certainty.NoEvidence, DateOrder.Undecided, "2024-01-02", "5 Jan 2024", "", "n/a")]
    [InlineData(Certainty.NoEvidence, DateOrder.Undecided, "")]
    [InlineData(Certainty.Impossible, DateOrder.DayMonthYear, "31/12/2024", "30/12/2024", "12/31/2024")]
    [InlineData(Certainty.Impossible, DateOrder.Undecided, "soon", "later")]
    [InlineData(Certainty.Decided, DateOrder.YearMonthDay, "99/12/31")]
    public void The_order_of_dates_is_judged(Certainty certainty, DateOrder order, params string[] values)
    {
        var sample = new DateOrderSample();
        foreach (var value in values)
            sample.Add(Encoding.UTF8.GetBytes(value));
        var judged = sample.Decide();
        Assert.Equal((certainty, order), (judged.Certainty, judged.Value));
    }

    [Theory]
    [InlineData(Certainty.Decided, DecimalStyle.Point, "12.5", "1,234", "7")]
    [InlineData(Certainty.Decided, DecimalStyle.Comma, "12,5", "1.234", "7")]
    [InlineData(Certainty.Decided, DecimalStyle.Comma, "1.234,50 €")]
    [InlineData(Certainty.Ambiguous, DecimalStyle.Undecided, "1,234", "2.345", "7")]
    [InlineData(Certainty.NoEvidence, DecimalStyle.Point, "1", "1 000", "", "NULL")]
    [InlineData(Certainty.Impossible, DecimalStyle.Point, "12.5", "13.5", "12,5")]
    [InlineData(Certainty.Impossible, DecimalStyle.Undecided, "many")]
    public void The_decimal_separator_is_judged(Certainty certainty, DecimalStyle style, params string[] values)
    {
        var sample = new DecimalStyleSample();
        foreach (var value in values)
            sample.Add(Encoding.UTF8.GetBytes(value));
        var judged = sample.Decide();
        Assert.Equal((certainty, style), (judged.Certainty, judged.Value));
    }

    [Fact]
    public void Evidence_counts_and_quotes()
    {
        var dates = new DateOrderSample();
        dates.Add("31/12/2024"u8);
        dates.Add("30/12/2024"u8);
        dates.Add("soon"u8);
        Assert.Equal("the day comes first: 2 values, such as '31/12/2024'; 1 value, 'soon' that no order reads", dates.Decide().Evidence);
        var numbers = new DecimalStyleSample();
        numbers.Add("1,5"u8);
        Assert.Equal("a comma separates decimals: 1 value, '1,5'", numbers.Decide().Evidence);
    }
}
