using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Tests.Intake.Quality;

/// <summary>Grade, figures, samples and page of the report.</summary>
public sealed class QualityReportTests
{
    [Fact]
    public async Task Clean_file_is_graded_A_and_says_why()
    {
        var taken = await Taken.InAsync(Orders(200), receivedAt: new DateTime(2025, 5, 20, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("A", taken.Report.Grade!.Letter);
        Assert.Equal(["acceptance", "completeness", "timeliness", "uniqueness", "validity"], taken.Report.Grade.Reasons.Select(reason => reason.Criterion).Order(StringComparer.Ordinal));
        Assert.All(taken.Report.Grade.Reasons, reason => Assert.True(reason.Why.Fr.Length > 10));
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(1, "B")]
    [InlineData(5, "C")]
    [InlineData(20, "D")]
    [InlineData(100, "E")]
    public async Task Refused_rows_lower_the_grade(int refused, string letter)
    {
        var text = Orders(200) + string.Concat(Enumerable.Range(0, refused).Select(row => $"B{row},2025-05-05,,1,9.50,France\n"));
        var grade = (await Taken.InAsync(text, receivedAt: new DateTime(2025, 5, 20, 0, 0, 0, DateTimeKind.Utc))).Report.Grade!;
        Assert.Equal(letter, grade.Reasons.Single(reason => reason.Criterion == "acceptance").Letter);
        Assert.Equal(grade.Reasons.Max(reason => reason.Letter), grade.Letter);
    }

    [Fact]
    public async Task Figures_of_a_column_say_how_complete_valid_unique_and_fresh_it_is()
    {
        var taken = await Taken.InAsync("customer_id,email,age,updated_at\nC1,a@x.org,40,2025-05-01\nC2,not-one,,2025-05-10\nC3,,200,2025-05-05\nC4,,,\n", dataset: "customers", receivedAt: new DateTime(2025, 5, 20, 0, 0, 0, DateTimeKind.Utc));

        var columns = taken.Report.Columns;
        Assert.Equal([1, 0.5, 0.5, 0.75], columns.Select(column => column.Completeness));
        Assert.Equal([1, 0.5, 0.5, 1], columns.Select(column => column.Validity));
        Assert.Equal([1, 1, 1, 1], columns.Select(column => column.Uniqueness));
        Assert.Equal([null, null, null, 10.0], columns.Select(column => column.AgeDays));
    }

    [Fact]
    public async Task Samples_are_the_same_for_any_number_of_workers_and_hold_no_identifier()
    {
        var text = new StringBuilder("customer_id,first_name,email,country,comment,created_at\n");
        for (var row = 0; row < 500; row++)
            text.Append(CultureInfo.InvariantCulture, $"zqid{row},Zqname{row},zq{row}@example.org,{(row % 2 == 0 ? "France" : "Spain")},zqcomment {row},{(row % 10 == 0 ? "zqdate" : "2024-01-01")}\n");
        for (var row = 0; row < 30; row++)
            text.Append(CultureInfo.InvariantCulture, $",Zqname{row},zq@example.org,zqcountry,zqcomment,2024-01-01\n");

        var one = await Taken.InAsync(text.ToString(), dataset: "customers", options: new IntakeOptions { Workers = 1 });
        var four = await Taken.InAsync(text.ToString(), dataset: "customers", options: new IntakeOptions { Workers = 4 });

        Assert.Equal(one.ReportText, four.ReportText);
        Assert.Equal((8, 8), (one.Report.Review.Accepted.Count, one.Report.Review.Refused.Count));
        Assert.DoesNotContain("zq", one.ReportText.Replace("zqcountry", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.All(one.Report.Review.Refused, row => Assert.Equal("required", row.Rule));
        Assert.Contains(one.Report.Review.Accepted.SelectMany(row => row.Values), value => value is { Column: "first_name", Sent: "Xxxxxx999" });
        Assert.Contains(one.Report.Review.Accepted.SelectMany(row => row.Values), value => value is { Column: "country", Sent: "France" });
    }

    [Fact]
    public async Task Sample_is_drawn_evenly()
    {
        var text = Orders(2_000);
        var early = 0;
        for (var draw = 0; draw < 40; draw++)
        {
            var report = (await Taken.InAsync(text.Replace("\nA", $"\n{draw}-A", StringComparison.Ordinal))).Report;
            early += report.Review.Accepted.Count(row => row.Line <= 1_001);
        }

        // 320 draws, half of them from the first half of the file.
        Assert.InRange(early, 115, 205);
    }

    [Fact]
    public async Task Page_says_the_same_in_both_languages()
    {
        var taken = await Taken.InAsync(Orders(300) + "B1,2025-05-05,,1,9.50,France\nB2,2025-05-05,C1,1,99999.00,France\n", receivedAt: new DateTime(2025, 5, 20, 0, 0, 0, DateTimeKind.Utc));

        var english = QualityReportPage.Write(taken.Report, Language.English);
        var french = QualityReportPage.Write(taken.Report, Language.French);

        Assert.StartsWith("# Quality of shop.csv\n", english, StringComparison.Ordinal);
        Assert.StartsWith("# Qualité de shop.csv\n", french, StringComparison.Ordinal);
        Assert.Equal(english.Split('\n').Length, french.Split('\n').Length);
        foreach (var expected in new[] { "required", "outlier", "unitPrice", "## Columns", "## Refused rows" })
            Assert.Contains(expected, english, StringComparison.Ordinal);
        Assert.Contains("Il manque une valeur", french, StringComparison.Ordinal);
        Assert.DoesNotContain("The ", french, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_cannot_be_broken_by_what_a_file_holds()
    {
        var taken = await Taken.InAsync("order_id,order_date,customer_id,amount,\"a|b<script>\n*c*\"\nA1,2025-05-05,C1,5,x\n", name: "we|ird*.csv");

        var page = QualityReportPage.Write(taken.Report, Language.English);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("we\\|ird\\*.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_survives_json()
    {
        var taken = await Taken.InAsync(Orders(300) + "B2,2025-05-05,C1,1,99999.00,France\n");
        Assert.Equal(taken.ReportText, Encoding.UTF8.GetString(QualityReportJson.Write(QualityReportJson.Read(QualityReportJson.Write(taken.Report)))));
    }

    private static string Orders(int rows)
    {
        var text = new StringBuilder("order_id,order_date,customer_id,quantity,unit_price,country\n");
        for (var row = 0; row < rows; row++)
            text.Append(CultureInfo.InvariantCulture, $"A{row},2025-05-{1 + (row % 9):00},C{row % 40},{1 + (row % 4)},{5 + (row % 17)}.50,{(row % 3 == 0 ? "France" : "Spain")}\n");
        return text.ToString();
    }
}
