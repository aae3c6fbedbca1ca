using System.Text;
using System.Text.Json;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class EntityReaderTests
{
    [Theory]
    [InlineData("""{"X@odata.type":"Edm.Int64","X":"5"}""", 5L)]
    [InlineData("""{"X":"5","X@odata.type":"Edm.Int64"}""", 5L)]
    [InlineData("""{"X@odata.type":"Edm.Int64","X":5}""", 5L)]
    [InlineData("""{"X":5,"X@odata.type":"Edm.Int64"}""", 5L)]
    [InlineData("""{"X":5}""", 5)]
    [InlineData("""{"X@odata.type":"Edm.Int32","X":5}""", 5)]
    [InlineData("""{"X":5.0}""", 5.0)]
    [InlineData("""{"X":5E0}""", 5.0)]
    [InlineData("""{"X":5e+21}""", 5e21)]
    [InlineData("""{"X":5000000000}""", 5e9)]
    [InlineData("""{"X@odata.type":"Edm.Double","X":5}""", 5.0)]
    [InlineData("""{"X@odata.type":"Edm.Double","X":"5.0"}""", 5.0)]
    [InlineData("""{"X":5,"X@odata.type":"Edm.Double"}""", 5.0)]
    [InlineData("""{"X@odata.type":"Edm.Double","X":"NaN"}""", double.NaN)]
    [InlineData("""{"X@odata.type":"Edm.Double","X":"-INF"}""", double.NegativeInfinity)]
    [InlineData("""{"X@odata.type":"Edm.String","X":"5"}""", "5")]
    [InlineData("""{"X@odata.type":"Edm.Boolean","X":true}""", true)]
    [InlineData("""{"X":"\u0041\ud83d\ude00"}""", "A😀")]
    [InlineData("""{"\u0058":1,"odata.metadata":"m","odata.id":{"a":[1]},"X@odata.note":"n"}""", 1)]
    [InlineData("""{"X@odata.type":"Edm.Int64","Y@odata.type":"Edm.Guid","X":"5","Y":"0f8fad5b-d9cb-469f-a165-70867728950e"}""", 5L)]
    public void Value_has_the_type_that_the_answer_says(string json, object expected)
    {
        var value = EntityReader.ReadRow(Encoding.UTF8.GetBytes(json))["X"];

        Assert.Equal(expected, value);
        Assert.IsType(expected.GetType(), value);
    }

    [Theory]
    [InlineData("2026-03-04T05:06:07.1234567Z")]
    [InlineData("2026-03-04T05:06:07.1234567")]
    [InlineData("2026-03-04T07:06:07.1234567+02:00")]
    public void Dates_are_read_as_UTC(string date)
    {
        var row = EntityReader.ReadRow(Encoding.UTF8.GetBytes($$"""{"X@odata.type":"Edm.DateTime","X":"{{date}}","Timestamp":"{{date}}"}"""));

        var expected = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_567);
        Assert.Equal((expected, TimeSpan.Zero), (row.GetDateTimeOffset("X")!.Value, row.GetDateTimeOffset("X")!.Value.Offset));
        Assert.Equal(expected, row.Timestamp);
    }

    [Fact]
    public void Rows_of_different_shapes_keep_their_own_properties()
    {
        var rows = EntityReader.ReadRows(
            """
            {"odata.metadata":"m","value":[
              {"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"1","A":1,"B":"b"},
              {"B":"c","RowKey":"2","PartitionKey":"p","odata.etag":"W/\"2\"","C@odata.type":"Edm.Int64","C":"3"},
              {"C@odata.type":"Edm.Double","A@odata.type":"Edm.Int64","A":"9","C":4},
              {}
            ],"after":{"value":[{}]}}
            """u8);

        Assert.Equal(["1", "2", null, null], rows.Select(row => row.RowKey));
        Assert.Equal(["W/\"1\"", "W/\"2\"", "", ""], rows.Select(row => row.ETag.ToString()));
        Assert.Equal([1, null, 9L, null], rows.Select(row => row["A"]));
        Assert.Equal(["b", "c", null, null], rows.Select(row => row["B"]));
        Assert.Equal([null, 3L, 4.0, null], rows.Select(row => row["C"]));
    }

    [Theory]
    [InlineData("""{"X@odata.type":"Edm.Int64","X":"many"}""")]
    [InlineData("""{"X@odata.type":"Edm.Guid","X":"none"}""")]
    [InlineData("""{"X@odata.type":"Edm.Binary","X":"%"}""")]
    [InlineData("""{"X@odata.type":"Edm.DateTime","X":"soon"}""")]
    [InlineData("""{"X@odata.type":"Edm.Decimal","X":"1"}""")]
    [InlineData("""{"X":[1]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"X":""")]
    public void Answer_that_makes_no_sense_is_an_error(string json) =>
        Assert.ThrowsAny<JsonException>(() => EntityReader.ReadRow(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"values":[]}""")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[1]}""")]
    [InlineData("""[]""")]
    public void Page_that_makes_no_sense_is_an_error(string json) =>
        Assert.ThrowsAny<JsonException>(() => EntityReader.ReadRows(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Names_of_one_answer_are_one_string()
    {
        var rows = EntityReader.ReadRows("""{"value":[{"N@odata.type":"Edm.Int64","N":"1"},{"N@odata.type":"Edm.Int64","N":"2"}]}"""u8);

        Assert.Same(rows[0].PropertyNames[0], rows[1].PropertyNames[0]);
    }
}
