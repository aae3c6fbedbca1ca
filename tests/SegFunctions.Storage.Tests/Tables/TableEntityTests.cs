using Azure;
using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TableEntityTests
{
    [Fact]
    public void Getters_return_the_type_they_name_or_null()
    {
        var row = Some.RowOfEveryType("p", "r");

        Assert.Equal("plain", row.GetString("Text"));
        Assert.Equal(int.MinValue, row.GetInt32("Least"));
        Assert.Equal(5L, row.GetInt64("Wide"));
        Assert.Equal(0.1, row.GetDouble("Real"));
        Assert.True(row.GetBoolean("Yes"));
        Assert.Equal(Guid.Empty, row.GetGuid("NoId"));
        Assert.Equal(DateTimeOffset.MaxValue, row.GetDateTimeOffset("LastDate"));
        Assert.Equal(DateTimeKind.Utc, row.GetDateTime("FirstDate")!.Value.Kind);
        Assert.Equal([0, 1, 127, 128, 255], row.GetBinary("Bytes"));
        Assert.Equal(5, row.GetBinaryData("Bytes")!.ToMemory().Length);
        Assert.Null(row.GetString("Absent"));
        Assert.Null(row.GetInt32("Absent"));
        Assert.Null(row.GetBinaryData("Absent"));
    }

    [Fact]
    public void Getter_of_another_type_fails_and_says_which()
    {
        var row = new TableEntity("p", "r") { ["X"] = 5, ["Time"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) };

        var failure = Assert.Throws<InvalidOperationException>(() => row.GetInt64("X"));
        Assert.Equal("The property 'X' holds a Int32, not a Int64.", failure.Message);
        Assert.Throws<InvalidOperationException>(() => row.GetString("X"));
        Assert.Throws<InvalidOperationException>(() => row.GetDateTimeOffset("X"));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), row.GetDateTimeOffset("Time"));
    }

    [Fact]
    public void Row_is_a_dictionary_with_its_system_properties()
    {
        var row = new TableEntity { ["PartitionKey"] = "p", ["A"] = 1 };
        row.Add("RowKey", "r");
        row.Add("B", null);
        row["odata.etag"] = "W/\"1\"";
        row["Timestamp"] = DateTimeOffset.UnixEpoch;

        Assert.Equal(("p", "r", new ETag("W/\"1\"")), (row.PartitionKey, row.RowKey, row.ETag));
        Assert.Equal(["odata.etag", "PartitionKey", "RowKey", "Timestamp", "A", "B"], row.Keys);
        Assert.Equal(6, row.Count);
        Assert.Equal(6, row.Values.Count);
        Assert.True(row.ContainsKey("B") && row.ContainsKey("RowKey") && !row.ContainsKey("C"));
        Assert.Throws<ArgumentException>(() => row.Add("A", 2));
        Assert.Throws<ArgumentException>(() => row.Add("PartitionKey", "q"));

        var copy = new TableEntity(row);
        Assert.Equal(row.ToArray(), copy.ToArray());
        Assert.True(copy.Remove("A") && copy.Remove("Timestamp") && !copy.Remove("Absent"));
        Assert.Equal(["odata.etag", "PartitionKey", "RowKey", "B"], copy.Keys);
        Assert.Equal(1, row["A"]);
        copy.Clear();
        Assert.Empty(copy);
    }

    [Fact]
    public void Properties_grow_shrink_and_change_in_place()
    {
        var row = new TableEntity("p", "r");
        for (var i = 0; i < 100; i++)
            row[$"P{i}"] = i;
        for (var i = 0; i < 100; i += 2)
            Assert.True(row.Remove($"P{i}"));
        row["P1"] = "one";

        Assert.Equal(52, row.Count);
        Assert.Equal("one", row.GetString("P1"));
        Assert.Equal(99, row.GetInt32("P99"));
        Assert.Null(row["P98"]);
    }

    [Fact]
    public void Change_of_a_row_that_was_read_leaves_its_source_alone()
    {
        string[] names = ["A", "B"];
        object[] values = [1, 2];
        var stored = new Row("p", "r", names, values, 0, 0);

        var changed = stored.ToEntity(select: null);
        changed["A"] = 9;
        var grown = stored.ToEntity(select: null);
        grown["C"] = 3;
        var shrunk = stored.ToEntity(select: null);
        shrunk.Remove("A");

        Assert.Equal(["A", "B"], names);
        Assert.Equal([1, 2], values);
        Assert.Equal((9, 2), (changed.GetInt32("A"), changed.GetInt32("B")));
        Assert.Equal((1, 2, 3), (grown.GetInt32("A"), grown.GetInt32("B"), grown.GetInt32("C")));
        Assert.Equal((null, 2), (shrunk.GetInt32("A"), shrunk.GetInt32("B")));
    }
}
