using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What the service would refuse, with words of the message that says so.</summary>
public static class Refusals
{
    public static TheoryData<string, TableEntity> Rows()
    {
        var rows = new TheoryData<string, TableEntity>
        {
            { "PartitionKey '(null)'", new TableEntity { RowKey = "r" } },
            { "RowKey '(null)'", new TableEntity { PartitionKey = "p" } },
            { "513 characters; a key holds at most 512", new TableEntity("p", new string('k', 513)) },
            { "'RowKey': position 1 holds half of a surrogate pair", new TableEntity("p", "a\ud800") },
            { "'RowKey': position 0 holds half of a surrogate pair", new TableEntity("p", "\udc00\ud800") },
            { "property 'With-Dash'", new TableEntity("p", "r") { ["With-Dash"] = 1 } },
            { "property '1st'", new TableEntity("p", "r") { ["1st"] = 1 } },
            { "property ''", new TableEntity("p", "r") { [""] = 1 } },
            { "property 'odata.type'", new TableEntity("p", "r") { ["odata.type"] = "x" } },
            { "a name is 1 to 255", new TableEntity("p", "r") { [new string('n', 256)] = 1 } },
            { "property 'Long': it has 32769 characters", new TableEntity("p", "r") { ["Long"] = new string('x', 32_769) } },
            { "property 'Half': position 2 holds half", new TableEntity("p", "r") { ["Half"] = "ab\udfffc" } },
            { "property 'Bytes': it has 65537 bytes", new TableEntity("p", "r") { ["Bytes"] = new byte[65_537] } },
            { "property 'Bytes': it has 65537 bytes", new TableEntity("p", "r") { ["Bytes"] = new BinaryData(new byte[65_537]) } },
            { "dates from 1601-01-01 on, not 1600-12-31", new TableEntity("p", "r") { ["When"] = new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero) } },
            { "dates from 1601-01-01 on", new TableEntity("p", "r") { ["When"] = DateTime.SpecifyKind(default, DateTimeKind.Utc) } },
            { "neither UTC nor local", new TableEntity("p", "r") { ["When"] = new DateTime(2026, 1, 1) } },
            { "values of type Decimal cannot be kept", new TableEntity("p", "r") { ["Price"] = 1.5m } },
            { "values of type Single cannot be kept", new TableEntity("p", "r") { ["Share"] = 1.5f } },
        };
        foreach (var c in "/\\#?\u0000\u001f\u007f\u009f")
            rows.Add($"U+{(int)c:X4} at position 1 is not allowed", new TableEntity("p", $"a{c}b"));

        var many = new TableEntity("p", "many");
        for (var i = 0; i < 253; i++)
            many[$"P{i}"] = i;
        rows.Add("at most 252 properties beside its keys, not 253", many);

        var large = new TableEntity("p", "large");
        for (var i = 0; i < 17; i++)
            large[$"P{i}"] = new string('x', 31_000);
        rows.Add("a row holds at most 1048576 bytes", large);
        return rows;
    }

    public static TheoryData<string, TableTransactionAction[]> Transactions() => new()
    {
        { "at least one operation", [] },
        { "at most 100 operations, not 101: operation 100 (PartitionKey 'p', RowKey '100')", Adds(101, "x") },
        { "Operation 1: row PartitionKey 'q', RowKey 'r': the transaction began in partition 'p'", [Add("p", "r"), Add("q", "r")] },
        {
            "Operation 2: row PartitionKey 'p', RowKey 'a': operation 0 writes that row already",
            [Add("p", "a"), Add("p", "b"), new(TableTransactionActionType.Delete, new TableEntity("p", "a"))]
        },
        {
            "Operation 1: row PartitionKey 'p', RowKey 'b/c', property 'RowKey'",
            [Add("p", "a"), new(TableTransactionActionType.Delete, new TableEntity("p", "b/c"))]
        },
        { "with it the request's body passes 4194304 bytes", Adds(100, new string('\u0001', 8_000)) },
        { "with it the request's body passes 4194304 bytes", Adds(90, new string('日', 20_000)) },
    };

    private static TableTransactionAction Add(string partitionKey, string rowKey) =>
        new(TableTransactionActionType.Add, new TableEntity(partitionKey, rowKey));

    private static TableTransactionAction[] Adds(int count, string text) =>
        [.. Enumerable.Range(0, count).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}") { ["Text"] = text }))];
}
