using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions.CrossSell;

public sealed class ItemHistoryTests
{
    private static readonly OrderLine[] Lines = Some.Lines(seed: 3, count: 900, customers: 40);

    [Fact]
    public void A_history_holds_each_customer_item_and_day_once_and_nothing_past_its_instant()
    {
        var history = ItemHistory.Take(OrderLedger.Of(Lines), ItemLevel.Product, new ItemNames(), Some.AsOf);

        var customers = Lines.Where(line => line.Timestamp < Some.AsOf).Select(line => line.Customer).Distinct().Order().ToArray();
        Assert.Equal(customers.Length, history.Customers);
        for (var row = 0; row < customers.Length; row++)
        {
            var expected = Lines
                .Where(line => line.Customer == customers[row] && line.Timestamp < Some.AsOf && line.Kind == OrderLineKind.Purchase && line.Product != 0)
                .Select(line => (ItemHistory.DayOf(line.Timestamp), line.Product))
                .Distinct()
                .Order();
            Assert.Equal(expected, Entries(history, row));
        }
    }

    [Fact]
    public void Rows_are_those_of_the_features_of_the_same_instant()
    {
        var ledger = OrderLedger.Of(Lines);
        var features = FeatureExtraction.Extract(ledger, Some.AsOf);
        Assert.Equal(features.Rows, ItemHistory.Take(ledger, ItemLevel.Product, new ItemNames(), Some.AsOf).Customers);
    }

    [Fact]
    public void Partitions_join_to_the_history_of_all()
    {
        var whole = TasteShop.History(TasteShop.Lines(60, seed: 1, faithful: 0.8, again: 0.2));
        var lines = TasteShop.Lines(60, seed: 1, faithful: 0.8, again: 0.2);
        var middle = Some.Key(30);
        var joined = ItemHistory.Join(
        [
            TasteShop.History([.. lines.Where(line => line.Customer < middle)]),
            TasteShop.History([.. lines.Where(line => line.Customer >= middle)]),
        ]);

        Assert.Equal(Bytes(whole), Bytes(joined));
    }

    [Fact]
    public void An_item_is_called_what_most_lines_of_all_partitions_call_it()
    {
        var item = new Item(1, "85123A", [new("WHITE HEART", 3), new("CREAM HEART", 2)]);
        var joined = item.Join(new Item(1, "85123A", [new("CREAM HEART", 4), new("?", 1)]));

        Assert.Equal("WHITE HEART", item.Name);
        Assert.Equal("CREAM HEART", joined.Name);
        Assert.Equal("a", new Item(1, "x", [new("b", 1), new("a", 1)]).Name);
        Assert.Equal("x", new Item(1, "x", []).Name);
    }

    [Fact]
    public void A_history_comes_back_from_its_file()
    {
        var history = TasteShop.History(TasteShop.Lines(20, seed: 2, faithful: 0.8, again: 0.2), ItemLevel.Category);
        var bytes = Bytes(history);

        var read = ItemHistoryFile.Read("p=000", new MemoryStream(bytes));

        Assert.Equal(bytes, Bytes(read));
        Assert.Equal((ItemLevel.Category, 20), (read.Level, read.Customers));
        Assert.Equal("A", read.Items.Single(item => item.Key == TasteShop.Hash("A")).Name);
    }

    [Fact]
    public void Damaged_files_are_refused_by_name()
    {
        var bytes = Bytes(TasteShop.History(TasteShop.Lines(5, seed: 2, faithful: 0.8, again: 0.2)));
        for (var length = 0; length < bytes.Length; length += 97)
            Assert.Contains("p=007", Assert.Throws<InvalidDataException>(() => ItemHistoryFile.Read("p=007", new MemoryStream(bytes, 0, length))).Message, StringComparison.Ordinal);
        bytes[0]++;
        Assert.Throws<InvalidDataException>(() => ItemHistoryFile.Read("p=007", new MemoryStream(bytes)));
    }

    private static List<(int Day, ulong Item)> Entries(ItemHistory history, int row)
    {
        var entries = new List<(int, ulong)>();
        var purchases = history.Of(row);
        for (var i = 0; i < purchases.Count; i++)
            entries.Add((purchases.Days[i], history.Items[purchases.Items[i]].Key));
        return entries;
    }

    private static byte[] Bytes(ItemHistory history)
    {
        var stream = new MemoryStream();
        ItemHistoryFile.Write(history, stream);
        return stream.ToArray();
    }
}
