using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions;

public sealed class ChurnSampleTests
{
    private static readonly ChurnPlan Plan = ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-400), Some.AsOf, 1), Some.AsOf, new ChurnOptions());

    [Fact]
    public void At_risk_and_churned_are_what_their_definitions_say()
    {
        var lines = Some.Lines(seed: 11, count: 500, customers: 150);
        var horizon = Assert.NotNull(Plan.HorizonDays);

        var samples = ChurnSample.Take(OrderLedger.Of(lines), Plan);

        for (var i = 0; i < 3; i++)
        {
            var origin = Plan.Origins[i];
            var bought = lines.Where(line => line.Kind == OrderLineKind.Purchase).ToList();
            var atRisk = bought.Where(line => line.Timestamp < origin && line.Timestamp >= origin.AddDays(-2 * horizon)).Select(line => line.Customer).Distinct().Order().ToList();
            var churned = atRisk.Select(customer => !bought.Any(line => line.Customer == customer && line.Timestamp >= origin && line.Timestamp < origin.AddDays(horizon)));
            Assert.Equal(churned, samples[i].Churned);
            Assert.InRange(samples[i].Churners, 1, samples[i].Customers - 1);
        }
    }

    [Fact]
    public void Lines_after_a_horizon_change_no_sample_and_lines_within_it_change_outcomes_alone() =>
        Prop.ForAll<int>(seed =>
        {
            var horizon = Assert.NotNull(Plan.HorizonDays);
            var origin = Plan.Origins[0];
            var past = Some.Lines(seed, 200, 60).Where(line => line.Timestamp < origin).ToArray();
            var within = Some.Lines(seed + 1, 80, 60).Select((line, i) => line with { Timestamp = origin.AddHours(i * 24 * horizon / 80.0) }).ToArray();
            var after = Some.Lines(seed + 2, 80, 60).Select(line => line with { Timestamp = origin.AddDays(horizon + line.Quantity - 1) }).ToArray();

            var alone = First([.. past]);
            var followed = First([.. past, .. within]);
            var all = First([.. past, .. within, .. after]);

            AssertSame(alone.Features, followed.Features);
            AssertSame(followed.Features, all.Features);
            Assert.Equal(followed.Churned, all.Churned);
            Assert.All(alone.Churned, Assert.True);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public void Samples_of_partitions_join_into_the_whole()
    {
        var lines = Some.Lines(seed: 12, count: 400, customers: 80);
        var whole = First(lines);
        var parts = Enumerable.Range(0, 8).Select(p => First([.. lines.Where(line => line.Customer.Partition(8) == p)])).ToList();

        var joined = ChurnSample.Join(parts);

        AssertSame(whole.Features, joined.Features);
        Assert.Equal(whole.Churned, joined.Churned);
    }

    [Fact]
    public async Task A_sample_comes_back_from_its_file_bit_by_bit()
    {
        var sample = First(Some.Lines(seed: 13, count: 300, customers: 80));
        using var stream = new MemoryStream();
        await sample.WriteAsync(stream, CancellationToken.None);
        stream.Position = 0;

        var read = await ChurnSample.ReadAsync("sample", sample.Origin, sample.HorizonDays, stream, CancellationToken.None);

        AssertSame(sample.Features, read.Features);
        Assert.Equal(sample.Churned, read.Churned);
        Assert.Equal((sample.Origin, sample.HorizonDays), (read.Origin, read.HorizonDays));
    }

    [Fact]
    public async Task A_matrix_that_is_no_sample_is_refused()
    {
        using var stream = new MemoryStream();
        await NpyFile.WriteAsync(stream, new double[6], 2, 3, CancellationToken.None);
        stream.Position = 0;
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ChurnSample.ReadAsync("p=001.npy", Some.AsOf, 60, stream, CancellationToken.None));
        Assert.Contains("p=001.npy has 3 columns", refused.Message, StringComparison.Ordinal);
    }

    private static ChurnSample First(OrderLine[] lines) => ChurnSample.Take(OrderLedger.Of(lines), Plan)[0];

    private static void AssertSame(double[] expected, double[] actual) =>
        Assert.True(MemoryMarshal.AsBytes<double>(expected).SequenceEqual(MemoryMarshal.AsBytes<double>(actual)), "The features differ.");
}
