using SegFunctions.Customers.Predictions.CrossSell;

namespace SegFunctions.Customers.Tests.Predictions.CrossSell;

public sealed class CoPurchasesTests
{
    private static readonly CrossSellOptions Options = new();
    private static readonly ItemHistory History = TasteShop.History(TasteShop.Lines(300, seed: 4, faithful: 0.7, again: 0));
    private static readonly int Always = ItemHistory.DayOf(TasteShop.AsOf) + 1;

    [Fact]
    public void Relations_are_those_of_counting_every_pair()
    {
        var relations = CoPurchases.Learn(History, Always, Options, default);
        var boughtBy = new HashSet<int>[History.Items.Count];
        for (var item = 0; item < boughtBy.Length; item++)
            boughtBy[item] = [];
        for (var row = 0; row < History.Customers; row++)
        {
            foreach (var item in History.Of(row).Items)
                boughtBy[item].Add(row);
        }

        Assert.Equal(boughtBy.Count(customers => customers.Count >= Options.MinimumSupport), relations.Count);
        var threshold = LogLikelihoodRatio.Threshold(Options.Significance, relations.Count * (relations.Count - 1) / 2.0);
        for (var rank = 0; rank < relations.Count; rank++)
        {
            var own = boughtBy[relations.Items[rank]];
            Assert.Equal(own.Count, relations.Customers[rank]);
            var expected = new List<(int, double)>();
            for (var other = 0; other < relations.Count; other++)
            {
                var theirs = boughtBy[relations.Items[other]];
                var both = own.Intersect(theirs).Count();
                if (other != rank && both >= Options.MinimumSupport && both * History.Customers > own.Count * theirs.Count
                    && LogLikelihoodRatio.Of(both, own.Count, theirs.Count, History.Customers) > threshold)
                {
                    expected.Add((other, (double)both / own.Union(theirs).Count()));
                }
            }

            var found = Enumerable.Range(relations.Starts[rank], relations.Starts[rank + 1] - relations.Starts[rank])
                .Select(i => (relations.Related[i], relations.Similarity[i]));
            Assert.Equal(expected.OrderByDescending(one => one.Item2).ThenBy(one => one.Item1), found);
        }

        Assert.True(relations.Related.Length > 100);
    }

    [Fact]
    public void Related_items_are_of_one_taste()
    {
        var relations = CoPurchases.Learn(History, Always, Options, default);
        for (var rank = 0; rank < relations.Count; rank++)
        {
            var taste = History.Items[relations.Items[rank]].Name[0];
            for (var i = relations.Starts[rank]; i < relations.Starts[rank + 1]; i++)
                Assert.Equal(taste, History.Items[relations.Items[relations.Related[i]]].Name[0]);
        }
    }

    [Fact]
    public void Purchases_from_the_day_on_are_not_read()
    {
        var day = TasteShop.Opened.AddDays(150);
        var cut = CoPurchases.Learn(TasteShop.History(TasteShop.Lines(300, seed: 4, faithful: 0.7, again: 0), asOf: day), ItemHistory.DayOf(day), Options, default);
        var read = CoPurchases.Learn(History, ItemHistory.DayOf(day), Options, default);

        Assert.Equal(cut.Customers, read.Customers);
        Assert.Equal(cut.Related, read.Related);
        Assert.Equal(cut.Similarity, read.Similarity);
        Assert.NotEqual(read.Customers.Sum(), CoPurchases.Learn(History, Always, Options, default).Customers.Sum());
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var one = CoPurchases.Learn(History, Always, Options with { Threads = 1 }, default);
        var four = CoPurchases.Learn(History, Always, Options with { Threads = 4 }, default);
        Assert.Equal(one.Related, four.Related);
        Assert.Equal(one.Similarity, four.Similarity);
    }

    [Fact]
    public void Of_a_customer_with_too_many_items_the_latest_count()
    {
        var lines = Enumerable.Range(0, 6).SelectMany(customer => Enumerable.Range(0, 10)
            .Select(product => TasteShop.Line(customer, TasteShop.Opened.AddDays(product), TasteShop.Name(0, product)))).ToArray();

        var relations = CoPurchases.Learn(TasteShop.History(lines), Always, Options with { MostItemsPerCustomer = 3 }, default);

        Assert.Equal(["A7", "A8", "A9"], relations.Items.Select(item => TasteShop.History(lines).Items[item].Name).Order());
    }
}
