using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class SortedRowsTests
{
    [Theory]
    [InlineData("rising", 3_000)]
    [InlineData("falling", 3_000)]
    [InlineData("shuffled", 3_000)]
    [InlineData("shuffled", 256)]
    [InlineData("rising", 257)]
    public void Rows_are_found_in_order_however_they_arrive(string order, int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => ($"p{i % 7}", $"{i:00000}")).ToArray();
        if (order == "falling")
            Array.Reverse(keys);
        else if (order == "shuffled")
            new Random(1).Shuffle(keys);
        var rows = new SortedRows();
        foreach (var (partition, row) in keys)
            Put(rows, partition, row);

        Assert.Equal(count, rows.Count);
        Assert.Equal(keys.Order(), All(rows));

        foreach (var (partition, row) in keys.Where((_, i) => i % 3 != 0))
            rows.Remove(rows.Seek(partition, row, out _));
        Assert.Equal(keys.Where((_, i) => i % 3 == 0).Order(), All(rows));

        foreach (var (partition, row) in keys.Where((_, i) => i % 3 == 0))
            rows.Remove(rows.Seek(partition, row, out _));
        Assert.Empty(All(rows));
        Put(rows, "p", "again");
        Assert.Equal([("p", "again")], All(rows));
    }

    [Fact]
    public void Any_sequence_of_writes_leaves_what_a_sorted_dictionary_holds()
    {
        Prop.ForAll<(byte Key, bool Removes)[]>(writes =>
        {
            var rows = new SortedRows();
            var expected = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (key, removes) in writes)
            {
                var text = $"{key:000}";
                var place = rows.Seek("p", text, out var found);
                if ((found is not null) != expected.Contains(text))
                    return false;
                if (!removes)
                {
                    Put(rows, "p", text);
                    expected.Add(text);
                }
                else if (found is not null)
                {
                    rows.Remove(place);
                    expected.Remove(text);
                }
            }

            return rows.Count == expected.Count && All(rows).Select(key => key.Row).SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static void Put(SortedRows rows, string partition, string row)
    {
        var place = rows.Seek(partition, row, out var found);
        var added = new Row(partition, row, [], [], 0, 0);
        if (found is null)
            rows.Insert(place, added);
        else
            rows.Replace(place, added);
    }

    private static List<(string Partition, string Row)> All(SortedRows rows)
    {
        var all = new List<(string, string)>();
        var place = rows.Seek("", "", out _);
        while (rows.Next(ref place) is { } row)
            all.Add((row.PartitionKey, row.RowKey));
        return all;
    }
}
