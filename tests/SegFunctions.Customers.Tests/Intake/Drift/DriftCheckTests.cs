using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Drift;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake.Drift;

/// <summary>Files beside earlier ones: planted differences are found, chance is not.</summary>
public sealed class DriftCheckTests
{
    [Fact]
    public async Task Files_of_one_shop_raise_no_alarm()
    {
        var history = new List<QualityReport>();
        var alarms = 0;
        for (var upload = 0; upload < 30; upload++)
        {
            var report = DriftCheck.Attach((await ShopAsync(upload)).Report, [.. history.TakeLast(DriftCheck.MostUploads)], isReleased: false);
            Assert.Equal(upload == 0, report.Drift is null);
            Assert.NotEqual(true, report.Drift?.IsHeld);
            alarms += report.Drift?.Findings.Count ?? 0;
            history.Add(report);
        }

        Assert.InRange(alarms, 0, 1);
    }

    public static TheoryData<string, string, bool, string, string> Planted => new()
    {
        { "country", "region", true, "column-missing", "country" },
        { "note", "remark", false, "column-missing", "note" },
        { "France", "", true, "missing-rise", "country" },
        { "France", "Frankreich", true, "category-new", "country" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public async Task Planted_difference_of_texts_is_found(string old, string other, bool isHeld, string rule, string column)
    {
        var report = await BesideHistoryAsync(text => text.Replace(old, other, StringComparison.Ordinal));

        Assert.Contains(report.Drift!.Findings, finding => (finding.Rule, finding.Column) == (rule, column));
        Assert.Equal(isHeld, report.Drift.IsHeld);
        Assert.Equal(isHeld ? "E" : "B", report.Grade!.Reasons.Single(reason => reason.Criterion == "stability").Letter.Replace("C", "B", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_column_is_a_warning()
    {
        var report = await BesideHistoryAsync(text => string.Join('\n', text.TrimEnd('\n').Split('\n').Select((line, number) => line + (number == 0 ? ",tier" : ",gold"))) + "\n");
        Assert.Equal(("column-new", "tier", DriftLevel.Warning), Assert.Single(report.Drift!.Findings.Select(finding => (finding.Rule, finding.Column, finding.Level))));
    }

    [Theory]
    [InlineData(100.0, "range-change", true)]
    [InlineData(0.01, "range-change", true)]
    [InlineData(2.0, "distribution-shift", false)]
    public async Task Prices_in_another_unit_are_found(double factor, string rule, bool isHeld)
    {
        var report = DriftCheck.Attach((await ShopAsync(9, factor: factor)).Report, await HistoryAsync(4), isReleased: false);
        Assert.Contains(report.Drift!.Findings, finding => (finding.Rule, finding.Column) == (rule, "unit_price"));
        Assert.Equal(isHeld, report.Drift.IsHeld);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(150, false)]
    [InlineData(1_800, false)]
    [InlineData(9_000, true)]
    public async Task Volume_is_compared_on_a_logarithmic_scale(int rows, bool isHeld)
    {
        var report = DriftCheck.Attach((await ShopAsync(9, rows)).Report, await HistoryAsync(4), isReleased: false);
        Assert.Equal(isHeld, report.Drift!.IsHeld);
        Assert.Equal(rows is not 600, report.Drift.Findings.Any(finding => finding.Rule == "volume-change"));
    }

    [Fact]
    public async Task Nothing_is_held_while_nobody_knows_what_is_usual()
    {
        for (var uploads = 1; uploads < DriftCheck.HistoryForHold; uploads++)
        {
            var report = DriftCheck.Attach((await ShopAsync(9, factor: 100)).Report, await HistoryAsync(uploads), isReleased: false);
            Assert.NotEmpty(report.Drift!.Findings);
            Assert.False(report.Drift.IsHeld);
        }
    }

    [Fact]
    public async Task Released_file_keeps_its_findings_and_is_not_held()
    {
        var report = DriftCheck.Attach((await ShopAsync(9, factor: 100)).Report, await HistoryAsync(4), isReleased: true);
        Assert.Contains(report.Drift!.Findings, finding => finding.Level == DriftLevel.Severe);
        Assert.False(report.Drift.IsHeld);
    }

    [Fact]
    public async Task Few_values_are_not_called_a_shift_and_the_report_says_so()
    {
        var report = DriftCheck.Attach((await ShopAsync(9, rows: 60, factor: 3)).Report, [(await ShopAsync(1, rows: 60)).Report], isReleased: false);
        Assert.DoesNotContain(report.Drift!.Findings, finding => finding.Rule == "distribution-shift");
        Assert.True(report.Drift.TooFew > 0);
    }

    [Fact]
    public async Task Old_export_is_told()
    {
        var report = await BesideHistoryAsync(text => text.Replace(",2025-", ",2019-", StringComparison.Ordinal));
        Assert.Equal(("range-change", "order_date"), Assert.Single(report.Drift!.Findings.Select(finding => (finding.Rule, finding.Column))));
    }

    [Fact]
    public void Chance_passes_the_limit_once_in_a_thousand()
    {
        var random = new Random(11);
        var alarms = 0;
        const int Trials = 4_000;
        for (var trial = 0; trial < Trials; trial++)
        {
            var before = Draw(3_000);
            var now = Draw(400);
            alarms += StabilityIndex.Of(before, now) > StabilityIndex.ChanceLimit(3_000, 400, 10) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 16);

        double[] Draw(int count)
        {
            var bins = new double[10];
            for (var value = 0; value < count; value++)
                bins[random.Next(10)]++;
            return bins;
        }
    }

    private static async Task<QualityReport> BesideHistoryAsync(Func<string, string> change) =>
        DriftCheck.Attach((await Taken.InAsync(change(Text(9)), dataset: "orders")).Report, await HistoryAsync(4), isReleased: false);

    private static async Task<List<QualityReport>> HistoryAsync(int uploads)
    {
        var history = new List<QualityReport>();
        for (var upload = 0; upload < uploads; upload++)
            history.Add((await ShopAsync(upload)).Report);
        return history;
    }

    private static Task<Taken> ShopAsync(int upload, int rows = 0, double factor = 1) => Taken.InAsync(Text(upload, rows, factor), dataset: "orders");

    /// <summary>Orders of a shop whose months are alike and never the same.</summary>
    private static string Text(int upload, int rows = 0, double factor = 1)
    {
        var random = new Random(1_000 + upload);
        rows = rows == 0 ? 500 + random.Next(200) : rows;
        var text = new StringBuilder("order_id,order_date,customer_id,quantity,unit_price,country,note\n");
        for (var row = 0; row < rows; row++)
        {
            var price = factor * Math.Exp(2.5 + (0.8 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
            var country = random.Next(10) switch { < 6 => "France", < 9 => "Spain", _ => "Italy" };
            text.Append(CultureInfo.InvariantCulture, $"U{upload}-{row},2025-0{1 + (upload % 9)}-{1 + random.Next(28):00},C{random.Next(90)},{1 + random.Next(4)},{price:0.0000},{country},{(random.Next(5) == 0 ? "gift" : "")}\n");
        }

        return text.ToString();
    }
}
