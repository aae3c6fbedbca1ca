using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions.CrossSell;

public sealed class CrossSellTrainingTests
{
    private static readonly OrderLine[] Faithful = TasteShop.Lines(400, seed: 6, faithful: 0.8, again: 0);
    private static readonly CrossSellResult Learned = Fit(TasteShop.History(Faithful));

    [Fact]
    public void Where_customers_have_a_taste_related_products_are_published()
    {
        Assert.True(Learned.Report is { Model: "related", Published: true, Repeats: false, Proposed: 5, Customers: > 300 }, Learned.Report.Reason.En);
        Assert.True(Learned.Report.Gain!.Lower > 0.1);
        Assert.Equal(Learned.Report.HitRate!.Value - Learned.Report.PopularHitRate!.Value, Learned.Report.Gain.Mean, 1e-12);
        Assert.StartsWith("products that go with", Learned.Report.Reason.En, StringComparison.Ordinal);
        Assert.StartsWith("on propose les produits", Learned.Report.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Proposals_are_of_the_customers_taste_new_and_with_reasons()
    {
        var history = TasteShop.History(Faithful);
        var proposals = Learned.Model!.For(history);
        var ofTaste = 0;
        for (var row = 0; row < history.Customers; row++)
        {
            var bought = history.Of(row).Items.ToArray().Select(item => history.Items[item].Id).ToHashSet(StringComparer.Ordinal);
            var taste = bought.GroupBy(id => id[0]).MaxBy(group => group.Count())!.Key;
            var found = proposals.Of(row);
            Assert.All(found, suggestion =>
            {
                Assert.DoesNotContain(suggestion.Id, bought);
                Assert.StartsWith(suggestion.Reasons[0].En.StartsWith('p') ? "popular with" : "bought with: ", suggestion.Reasons[0].En, StringComparison.Ordinal);
            });
            ofTaste += found.Count > 0 && found[0].Id[0] == taste ? 1 : 0;
        }

        Assert.True(ofTaste > 0.9 * history.Customers, $"{ofTaste} of {history.Customers}");
    }

    [Fact]
    public void Where_nothing_goes_together_popular_products_are_served()
    {
        var history = TasteShop.History(TasteShop.Lines(400, seed: 7, faithful: 0, again: 0));

        var (model, report) = Fit(history);

        Assert.True(report is { Model: "popular", Published: false }, report.Reason.En);
        Assert.True(report.Gain!.Lower <= 0);
        Assert.All(model!.For(history).Of(0), suggestion => Assert.Equal("popular with all customers", suggestion.Reasons[0].En));
    }

    [Fact]
    public void Where_repeats_are_the_norm_they_are_proposed()
    {
        var history = TasteShop.History(TasteShop.Lines(300, seed: 8, faithful: 0, again: 0.8));

        var (model, report) = Fit(history);

        Assert.True(report is { Repeats: true, Published: true, RepeatShare: > 0.5 }, report.Reason.En);
        Assert.Contains(model!.For(history).Of(0), suggestion => suggestion.Reasons[0].En.StartsWith("bought on ", StringComparison.Ordinal));
        Assert.False(Fit(history, new CrossSellOptions { RepeatsAreTheNorm = 1 }).Report.Repeats);
    }

    [Fact]
    public void Categories_are_told_as_products_are_but_never_most_of_them()
    {
        var history = TasteShop.History(Faithful, ItemLevel.Category);

        var (model, report) = Fit(history);

        Assert.Equal((6, 2), (report.Items, report.Proposed));
        Assert.All(model!.For(history).Of(0), suggestion => Assert.Single(suggestion.Id));
    }

    [Fact]
    public void Too_little_to_measure_serves_popular_products_and_says_why()
    {
        var known = Enumerable.Range(0, 30).Select(Some.Key).ToHashSet();
        var few = TasteShop.History([.. Faithful.Where(line => known.Contains(line.Customer))]);
        Assert.Contains("too few", Fit(few).Report.Reason.En, StringComparison.Ordinal);

        var unmeasured = CrossSellTraining.Fit(TasteShop.History(Faithful), TasteShop.AsOf, null, new CrossSellOptions());
        Assert.Contains("too short", unmeasured.Report.Reason.En, StringComparison.Ordinal);
        Assert.NotEmpty(unmeasured.Model!.For(TasteShop.History(Faithful)).Of(0));
    }

    [Fact]
    public void Nothing_to_propose_is_a_result_with_its_reason()
    {
        var unnamed = ItemHistory.Take(OrderLedger.Of([Some.Line("2023-02-01", product: 0)]), ItemLevel.Product, new ItemNames(), TasteShop.AsOf);
        var (model, report) = Fit(unnamed);
        Assert.Null(model);
        Assert.Equal(("none", "nothing to propose: the orders name no products"), (report.Model, report.Reason.En));

        var rare = Fit(TasteShop.History([TasteShop.Line(1, TasteShop.Opened, "A1")]));
        Assert.Equal("rien à proposer : aucun produit n'a été acheté par 5 clients", rare.Report.Reason.Fr);
    }

    [Fact]
    public void A_model_proposes_the_same_when_it_comes_back_and_whoever_else_is_there()
    {
        var (report, numbers) = (new MemoryStream(), new MemoryStream());
        Learned.Model!.Save(report, numbers);
        report.Position = numbers.Position = 0;
        var loaded = CrossSellModel.Load(report, numbers);
        var history = TasteShop.History(Faithful);
        var part = TasteShop.History([.. Faithful.Where(line => line.Customer >= Some.Key(100))]);
        var keys = OrderLedger.Of(Faithful).Customers.Where(key => key >= Some.Key(100)).ToArray();
        var (all, alone) = (Learned.Model.For(history), loaded.For(part));
        for (var row = 0; row < part.Customers; row++)
        {
            var first = all.Of(history.Customers - keys.Length + row);
            var second = alone.Of(row);
            Assert.Equal(first.Select(one => (one.Id, one.Name, one.Reasons[0].Fr)), second.Select(one => (one.Id, one.Name, one.Reasons[0].Fr)));
        }
    }

    [Fact]
    public void Damaged_models_are_refused()
    {
        var (report, numbers) = (new MemoryStream(), new MemoryStream());
        Learned.Model!.Save(report, numbers);
        Assert.Throws<InvalidDataException>(() => CrossSellModel.Load(new MemoryStream("{"u8.ToArray()), new MemoryStream(numbers.ToArray())));
        for (var length = 0; length < numbers.Length; length += 1013)
            Assert.Throws<InvalidDataException>(() => CrossSellModel.Load(new MemoryStream(report.ToArray()), new MemoryStream(numbers.ToArray(), 0, length)));
    }

    [Fact]
    public void Same_seed_same_bytes_on_any_number_of_threads()
    {
        Assert.Equal(Bytes(1), Bytes(3));

        static byte[] Bytes(int threads)
        {
            var (report, numbers) = (new MemoryStream(), new MemoryStream());
            Fit(TasteShop.History(Faithful), new CrossSellOptions { Threads = threads, Seed = 5 }).Model!.Save(report, numbers);
            return [.. report.ToArray(), .. numbers.ToArray()];
        }
    }

    [Fact]
    public void All_faults_of_options_are_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => Fit(TasteShop.History([]), new CrossSellOptions { MinimumSupport = 1, Level = 1, Proposed = 0 }));
        Assert.Contains("MinimumSupport is 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Level is 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Proposed is 0", fault.Message, StringComparison.Ordinal);
    }

    private static CrossSellResult Fit(ItemHistory history, CrossSellOptions? options = null) =>
        CrossSellTraining.Fit(history, TasteShop.AsOf, TasteShop.HorizonDays, options ?? new CrossSellOptions());
}
