using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TransactionBodyTests
{
    private static readonly Uri Table = new("https://account.table.core.windows.net/People");

    [Fact]
    public async Task Body_is_a_change_set_that_can_be_sent_again()
    {
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["X"] = "é\u2028" }),
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "b'"), new("W/\"1\"")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "c")),
        ];

        var (content, contentType) = TransactionBody.Write(actions, TableRules.CheckTransaction(actions), Table);

        var id = contentType["multipart/mixed; boundary=batch_".Length..];
        var part = $"--changeset_{id}\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n";
        const string headers = "Accept: application/json;odata=minimalmetadata\nDataServiceVersion: 3.0\nPrefer: return-no-content\n";
        var expected = $"--batch_{id}\nContent-Type: multipart/mixed; boundary=changeset_{id}\n\n"
            + part + $"POST {Table} HTTP/1.1\n{headers}Content-Type: application/json\n\n"
            + "{\"PartitionKey\":\"p\",\"RowKey\":\"a\",\"X\":\"é\\u2028\"}\n"
            + part + $"PATCH {Table}(PartitionKey='p',RowKey='b%27%27') HTTP/1.1\n{headers}If-Match: W/\"1\"\nContent-Type: application/json\n\n"
            + "{\"PartitionKey\":\"p\",\"RowKey\":\"b'\"}\n"
            + part + $"DELETE {Table}(PartitionKey='p',RowKey='c') HTTP/1.1\n{headers}If-Match: *\n\n"
            + $"--changeset_{id}--\n--batch_{id}--\n";
        Assert.Equal(expected.Replace("\n", "\r\n", StringComparison.Ordinal), await TextAsync(content));
        Assert.Equal(await TextAsync(content), await TextAsync(content));
    }

    [Fact]
    public void Estimate_is_never_below_the_size()
    {
        object[] values =
        [
            "", "\0", new string('\u0001', 500), new string('日', 500), int.MinValue, long.MinValue, true, false, -double.Epsilon,
            double.MinValue, double.NegativeInfinity, DateTimeOffset.MaxValue, Guid.Empty, Array.Empty<byte>(), new byte[1], new byte[500],
        ];
        foreach (var key in new[] { "", "k", new string('日', 512), new string('\'', 512) })
        {
            foreach (var value in values)
            {
                var row = new TableEntity(key, key);
                for (var name = 'A'; name <= 'Z'; name++)
                    row[name.ToString()] = value;
                TableTransactionAction[] actions = [new(TableTransactionActionType.UpdateMerge, row)];
                var sizes = TableRules.CheckTransaction(actions);

                Assert.InRange(TransactionBody.Write(actions, sizes, Table).Content.Length, 1, TransactionBody.LargestSize(sizes));
            }
        }
    }

    [Fact]
    public async Task Large_body_is_sent_whole()
    {
        TableTransactionAction[] actions = [.. Enumerable.Range(0, 100).Select(i => new TableTransactionAction(
            TableTransactionActionType.Add, new TableEntity("p", $"{i}") { ["X"] = new string((char)('a' + (i % 26)), 20_000) }))];

        var (content, _) = TransactionBody.Write(actions, TableRules.CheckTransaction(actions), Table);
        var text = await TextAsync(content);

        Assert.True(content.TryComputeLength(out var length));
        Assert.Equal(length, text.Length);
        for (var i = 0; i < 100; i++)
            Assert.Contains($"\"RowKey\":\"{i}\",\"X\":\"{new string((char)('a' + (i % 26)), 20_000)}\"}}\r\n", text, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(SegmentedContent content)
    {
        using var stream = new MemoryStream();
        await content.WriteToAsync(stream, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
