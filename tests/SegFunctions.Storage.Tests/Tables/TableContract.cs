using System.Text;
using Azure;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises, whichever service is behind it.</summary>
public abstract class TableContract
{
    protected abstract TableServiceClient Service { get; }

    [Fact]
    public async Task Table_is_created_listed_and_deleted()
    {
        var name = Some.TableName();

        var created = await Service.CreateTableAsync(name);
        Assert.Equal(name, created.Value.Name);
        Assert.Equal([name], await TablesAsync($"TableName eq {name}"));

        Assert.Equal(204, (await Service.DeleteTableAsync(name)).Status);
        Assert.Empty(await TablesAsync($"TableName eq {name}"));
    }

    [Fact]
    public async Task Table_that_exists_is_not_created_again()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());
        Assert.Equal((409, TableErrorCode.TableAlreadyExists), (failure.Status, failure.ErrorCode));
        failure = await Assert.ThrowsAsync<RequestFailedException>(() => Service.CreateTableAsync(table.Name.ToUpperInvariant()));
        Assert.Equal((409, TableErrorCode.TableAlreadyExists), (failure.Status, failure.ErrorCode));

        Assert.Equal(table.Name, (await table.CreateIfNotExistsAsync()).Value.Name);
        var other = Service.GetTableClient(Some.TableName());
        Assert.Equal(other.Name, (await other.CreateIfNotExistsAsync()).Value.Name);
        await other.AddEntityAsync(new TableEntity("p", "r"));
    }

    [Fact]
    public async Task Deleting_a_missing_table_or_row_answers_404_and_does_not_throw()
    {
        var missing = Service.GetTableClient(Some.TableName());
        Assert.Equal(404, (await missing.DeleteAsync()).Status);

        var table = await CreateTableAsync();
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "none")).Status);
    }

    [Fact]
    public async Task Tables_are_listed_in_pages_by_name()
    {
        var prefix = Some.TableName();
        var names = Enumerable.Range(0, 5).Select(i => $"{prefix}{i}").ToArray();
        foreach (var name in names.Reverse())
            await Service.CreateTableAsync(name);
        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {prefix} and TableName lt {prefix + "z"}");

        var pages = new List<Page<TableItem>>();
        await foreach (var page in Service.QueryAsync(filter, maxPerPage: 2).AsPages())
            pages.Add(page);

        Assert.Equal(names, pages.SelectMany(page => page.Values).Select(item => item.Name));
        Assert.All(pages, page => Assert.InRange(page.Values.Count, 0, 2));
        var rest = Service.QueryAsync(filter).AsPages(pages[0].ContinuationToken);
        await foreach (var page in rest)
            Assert.Equal(names[2..], page.Values.Select(item => item.Name));
    }

    [Fact]
    public async Task Every_operation_on_a_missing_table_fails_with_TableNotFound()
    {
        var table = Service.GetTableClient(Some.TableName());
        var row = new TableEntity("p", "r") { ["X"] = 1 };
        Func<Task>[] operations =
        [
            () => table.AddEntityAsync(row),
            () => table.UpsertEntityAsync(row),
            () => table.UpdateEntityAsync(row, ETag.All),
            () => table.GetEntityAsync<TableEntity>("p", "r"),
            () => RowsAsync(table, null),
        ];
        foreach (var operation in operations)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(operation);
            Assert.Equal((404, TableErrorCode.TableNotFound), (failure.Status, failure.ErrorCode));
        }

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, row)]));
        Assert.Equal((404, TableErrorCode.TableNotFound), (refused.Status, refused.ErrorCode));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Every_type_comes_back_exactly_as_it_was_sent()
    {
        var table = await CreateTableAsync();
        var row = Some.RowOfEveryType("p", "every type");

        await table.AddEntityAsync(row);
        await table.UpsertEntityAsync(new TableEntity(row) { RowKey = "upserted" });
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity(row) { RowKey = "in a transaction" })]);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "every type")).Value));
        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "upserted")).Value));
        var rows = await RowsAsync(table, null);
        Assert.Equal(["every type", "in a transaction", "upserted"], rows.Select(read => read.RowKey));
        Assert.All(rows, read => Assert.Equal(Some.Values(row), Some.Values(read)));
    }

    [Fact]
    public async Task Types_survive_merges()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(Some.RowOfEveryType("p", "r"));

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Added"] = 5_000_000_000L, ["Text"] = 7.0 }, ETag.All);

        var expected = Some.RowOfEveryType("p", "r");
        expected["Text"] = 7.0;
        expected["Added"] = 5_000_000_000L;
        Assert.Equal(Some.Values(expected), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }

    [Fact]
    public async Task Any_text_number_and_bytes_round_trip()
    {
        var table = await CreateTableAsync();
        var count = 0;
        Prop.ForAll<string, double, byte[]>((text, number, bytes) =>
        {
            text = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            var key = $"r{count++}";
            var row = new TableEntity("p", key) { ["Text"] = text, ["Number"] = number, ["Bytes"] = bytes ?? [], ["Wide"] = BitConverter.DoubleToInt64Bits(number) };
            table.AddEntityAsync(row).GetAwaiter().GetResult();
            var read = table.GetEntityAsync<TableEntity>("p", key).GetAwaiter().GetResult().Value;
            return read.GetString("Text") == text
                && read.GetDouble("Number")!.Value.Equals(number)
                && read.GetBinary("Bytes")!.AsSpan().SequenceEqual(bytes ?? [])
                && read.GetInt64("Wide") == BitConverter.DoubleToInt64Bits(number);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async Task Absent_and_null_are_one()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Kept"] = 1, ["Null"] = null });
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Kept"] = null }, ETag.All);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(1, read.GetInt32("Kept"));
        Assert.False(read.ContainsKey("Null"));
        Assert.Null(read.GetString("Null"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "row")]
    [InlineData("it's", "'quoted' ''twice''")]
    [InlineData("100%", "a+b&c=d;e,f:g@h!i$j(k)l*m~n[o]p{q}r|s^t`u<v>w\"x")]
    [InlineData("%2F", "%25")]
    [InlineData("Ünïcödé", "日本語 😀")]
    [InlineData(" leading and trailing ", ".")]
    [InlineData("..", "...")]
    public async Task Any_allowed_key_addresses_its_row(string partitionKey, string rowKey)
    {
        var table = await CreateTableAsync();

        await table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["X"] = 1 });
        var read = (await table.GetEntityAsync<TableEntity>(partitionKey, rowKey)).Value;
        Assert.Equal((partitionKey, rowKey, 1), (read.PartitionKey, read.RowKey, read.GetInt32("X")));

        await table.UpsertEntityAsync(new TableEntity(partitionKey, rowKey) { ["Y"] = 2 });
        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateMerge, new TableEntity(partitionKey, rowKey) { ["Z"] = 3 }, ETag.All)]);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}");
        read = Assert.Single(await RowsAsync(table, filter));
        Assert.Equal((1, 2, 3), (read.GetInt32("X"), read.GetInt32("Y"), read.GetInt32("Z")));

        Assert.Equal(204, (await table.DeleteEntityAsync(partitionKey, rowKey)).Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey)).HasValue);
    }

    [Fact]
    public async Task Keys_of_512_characters_are_allowed()
    {
        var table = await CreateTableAsync();
        var key = string.Concat(Enumerable.Repeat("😀", 256));

        await table.AddEntityAsync(new TableEntity(key, "r"));
        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key))]);

        Assert.Equal(key, (await table.GetEntityAsync<TableEntity>(key, "r")).Value.PartitionKey);
    }

    [Fact]
    public async Task Any_string_is_a_key_through_the_codec()
    {
        var table = await CreateTableAsync();
        string[] texts = ["a/b\\c#d?e", "\u0000\u001f\u007f\u009f", "\ud800", "x\udc00\ud83d", "", "😀/", "!~.>[\""];
        foreach (var text in texts)
            await table.AddEntityAsync(new TableEntity(TableKeyCodec.Encode(text), TableKeyCodec.Encode(text)));

        foreach (var text in texts)
        {
            var read = (await table.GetEntityAsync<TableEntity>(TableKeyCodec.Encode(text), TableKeyCodec.Encode(text))).Value;
            Assert.Equal(text, TableKeyCodec.Decode(read.RowKey));
        }
    }

    [Fact]
    public async Task Row_that_exists_is_not_added_again()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 1 });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 2 }));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists), (failure.Status, failure.ErrorCode));
        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("X"));
    }

    [Fact]
    public async Task Missing_row_is_404_or_no_value()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "none"));
        Assert.Equal((404, TableErrorCode.ResourceNotFound), (failure.Status, failure.ErrorCode));
        failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All));
        Assert.Equal((404, TableErrorCode.ResourceNotFound), (failure.Status, failure.ErrorCode));

        var none = await table.GetEntityIfExistsAsync<TableEntity>("p", "none");
        Assert.False(none.HasValue);
        Assert.Equal(404, none.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => none.Value);
        await table.AddEntityAsync(new TableEntity("p", "one"));
        Assert.Equal("one", (await table.GetEntityIfExistsAsync<TableEntity>("p", "one")).Value!.RowKey);
    }

    [Fact]
    public async Task Every_write_returns_the_version_that_a_read_finds()
    {
        var table = await CreateTableAsync();
        var versions = new HashSet<ETag>();

        async Task CheckAsync(Response response)
        {
            var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
            Assert.Equal(response.Headers.ETag, read.ETag);
            Assert.True(versions.Add(read.ETag), "two writes share a version");
            Assert.NotNull(read.Timestamp);
        }

        await CheckAsync(await table.AddEntityAsync(new TableEntity("p", "r")));
        await CheckAsync(await table.UpsertEntityAsync(new TableEntity("p", "r")));
        await CheckAsync(await table.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace));
        await CheckAsync(await table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
        var answers = await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "r"))]);
        await CheckAsync(answers.Value[0]);
    }

    [Fact]
    public async Task Stale_version_loses()
    {
        var table = await CreateTableAsync();
        var stale = (await table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 1 })).Headers.ETag!.Value;
        var current = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 2 }, stale)).Headers.ETag!.Value;

        Func<Task>[] losers =
        [
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 3 }, stale),
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 3 }, stale, TableUpdateMode.Replace),
            () => table.DeleteEntityAsync("p", "r", stale),
        ];
        foreach (var loser in losers)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(loser);
            Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied), (failure.Status, failure.ErrorCode));
        }

        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("X"));
        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r", current)).Status);
    }

    [Fact]
    public async Task Merge_keeps_and_replace_drops_what_is_not_named()
    {
        var table = await CreateTableAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2, ["C"] = 2 });
        Assert.Equal([("A", 1), ("B", 2), ("C", 2)], await IntegersAsync());
        var etag = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["C"] = 3 }, ETag.All)).Headers.ETag!.Value;
        Assert.Equal([("A", 1), ("B", 2), ("C", 3)], await IntegersAsync());
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["D"] = 4 }, etag, TableUpdateMode.Replace);
        Assert.Equal([("D", 4)], await IntegersAsync());
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["E"] = 5 }, TableUpdateMode.Replace);
        Assert.Equal([("E", 5)], await IntegersAsync());

        async Task<(string, int)[]> IntegersAsync()
        {
            var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
            return [.. read.Where(entry => entry.Value is int).Select(entry => (entry.Key, (int)entry.Value!)).Order()];
        }
    }

    [Fact]
    public async Task Select_reads_only_what_it_names()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = "two", ["C"] = new byte[] { 3 } });

        var one = (await table.GetEntityAsync<TableEntity>("p", "r", ["B", "RowKey", "Absent"])).Value;
        var rows = await RowsAsync(table, null, select: ["A", "PartitionKey", "Timestamp"]);

        Assert.Equal("two", one.GetString("B"));
        Assert.Equal("r", one.RowKey);
        Assert.False(one.ContainsKey("A") || one.ContainsKey("C") || one.ContainsKey("PartitionKey") || one.ContainsKey("Absent"));
        Assert.Equal(1, rows[0].GetInt32("A"));
        Assert.NotNull(rows[0].Timestamp);
        Assert.False(rows[0].ContainsKey("B") || rows[0].ContainsKey("RowKey"));
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_partition_and_row_key()
    {
        var table = await CreateTableAsync();
        string[] keys = ["", "-", "0", "10", "9", "A", "a", "aa", "b", "é", "日"];
        foreach (var partition in keys.Reverse())
        {
            await table.SubmitTransactionAsync(
                keys.Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, row))));
        }

        var rows = await RowsAsync(table, null);

        Assert.Equal(
            keys.SelectMany(partition => keys.Select(row => (partition, row))), rows.Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task Pages_hold_a_thousand_rows_and_lose_none()
    {
        var table = await CreateTableAsync();
        foreach (var batch in Enumerable.Range(0, 2_050).Chunk(100))
        {
            await table.SubmitTransactionAsync(batch.Select(
                i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:00000}") { ["I"] = i })));
        }

        var pages = new List<Page<TableEntity>>();
        await foreach (var page in table.QueryAsync<TableEntity>().AsPages())
            pages.Add(page);

        Assert.Equal([1_000, 1_000, 50], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 2_050), pages.SelectMany(page => page.Values).Select(row => row.GetInt32("I")!.Value));
        Assert.Null(pages[^1].ContinuationToken);
        Assert.Equal(2_050, (await RowsAsync(table, null)).Count);
    }

    [Fact]
    public async Task Page_token_goes_on_where_its_page_ended()
    {
        var table = await CreateTableAsync();
        foreach (var partition in new[] { "a", "b'%", "ç 日" })
        {
            await table.SubmitTransactionAsync(Enumerable.Range(0, 5).Select(
                i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, $"{i}'% é"))));
        }

        var keys = new List<string>();
        string? token = null;
        do
        {
            await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(token, pageSizeHint: 2))
            {
                Assert.InRange(page.Values.Count, 1, 2);
                keys.AddRange(page.Values.Select(row => row.PartitionKey + row.RowKey));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(15, keys.Count);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Theory]
    [InlineData("Text eq 'b'", "b")]
    [InlineData("Text ne 'b'", "ac")]
    [InlineData("Text gt 'a'", "bc")]
    [InlineData("Text ge 'b'", "bc")]
    [InlineData("Text lt 'b'", "a")]
    [InlineData("Text le 'b'", "ab")]
    [InlineData("'b' le Text", "bc")]
    [InlineData("Small eq -1", "a")]
    [InlineData("Small gt 0", "c")]
    [InlineData("Wide eq 9007199254740993L", "b")]
    [InlineData("Wide gt 9007199254740992L", "bc")]
    [InlineData("Wide lt 0L", "a")]
    [InlineData("Real ge 0.5", "bc")]
    [InlineData("Real eq 2.0", "c")]
    [InlineData("Real lt -1.25", "a")]
    [InlineData("Flag eq true", "ac")]
    [InlineData("Flag eq false", "b")]
    [InlineData("not (Flag eq true)", "b")]
    [InlineData("not (Text eq 'a') and Small ge 0", "bc")]
    [InlineData("Text eq 'a' or Text eq 'b' and Small eq 1", "a")]
    [InlineData("(Text eq 'a' or Text eq 'b') and Small ge 0", "b")]
    [InlineData("When gt datetime'2026-01-02T00:00:00Z'", "bc")]
    [InlineData("When eq datetime'2026-01-02T03:04:05.678Z'", "b")]
    [InlineData("Id eq guid'00000000-0000-0000-0000-00000000000b'", "b")]
    [InlineData("Id ne guid'00000000-0000-0000-0000-00000000000b'", "ac")]
    [InlineData("Bytes eq X'0b'", "b")]
    [InlineData("Bytes ne binary'0b'", "ac")]
    [InlineData("PartitionKey eq 'p' and RowKey gt 'a'", "bc")]
    [InlineData("PartitionKey eq 'p' and RowKey ge 'a' and RowKey lt 'c'", "ab")]
    [InlineData("PartitionKey ge 'p' and PartitionKey lt 'q' and RowKey ge 'b'", "bc")]
    [InlineData("'p' eq PartitionKey and 'b' gt RowKey", "a")]
    [InlineData("PartitionKey eq 'q'", "")]
    [InlineData("RowKey eq 'b' or RowKey eq 'c'", "bc")]
    [InlineData("Timestamp gt datetime'2020-01-01T00:00:00Z'", "abc")]
    [InlineData("Absent eq 1", "")]
    [InlineData("Absent ne 1", "")]
    [InlineData("Only eq 'here' and Text eq 'c'", "c")]
    [InlineData("", "abc")]
    public async Task Filter_selects(string filter, string expected)
    {
        var table = await CreateTableAsync();
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("a", -1, -5_000_000_000, -1.5, true, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))),
            new(TableTransactionActionType.Add, Row("b", 0, 9_007_199_254_740_993, 0.5, false, new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero))),
            new(TableTransactionActionType.Add, Row("c", 7, 9_007_199_254_740_994, 2.0, true, new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), "here")),
        ]);

        var rows = await RowsAsync(table, filter);

        Assert.Equal(expected, string.Concat(rows.Select(row => row.RowKey)));

        static TableEntity Row(string key, int small, long wide, double real, bool flag, DateTimeOffset when, string? only = null) =>
            new("p", key)
            {
                ["Text"] = key,
                ["Small"] = small,
                ["Wide"] = wide,
                ["Real"] = real,
                ["Flag"] = flag,
                ["When"] = when,
                ["Id"] = Guid.Parse($"00000000-0000-0000-0000-00000000000{key}"),
                ["Bytes"] = Convert.FromHexString("0" + key),
                ["Only"] = only,
            };
    }

    [Fact]
    public async Task Every_value_finds_itself_by_its_literal()
    {
        var table = await CreateTableAsync();
        object[] values =
        [
            "it's 'here'", "", "100% + & ü 日 😀", " and ) or (", "\"", 0, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue,
            5L, 1.0, 0.1, -2.5, 1e21, 1.5e-7, true, false, new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.FromHours(2)),
            new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), new byte[] { 0, 255, 16 },
        ];
        await table.SubmitTransactionAsync(values.Select(
            (value, i) => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:00}") { [NameFor(value)] = value })));

        for (var i = 0; i < values.Length; i++)
        {
            var filter = $"{NameFor(values[i])} eq {TableClient.CreateQueryFilter($"{values[i]}")}";
            Assert.Equal([$"{i:00}"], (await RowsAsync(table, filter)).Select(row => row.RowKey));
        }

        static string NameFor(object value) => value switch { byte[] => "Bytes", _ => value.GetType().Name };
    }

    [Theory]
    [InlineData("Text eq")]
    [InlineData("Text eq 'a' and")]
    [InlineData("(Text eq 'a'")]
    [InlineData("Text eq 'a')")]
    public async Task Malformed_filter_is_refused(string filter)
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RowsAsync(table, filter));

        Assert.Equal((400, TableErrorCode.InvalidInput), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Transaction_does_every_kind_of_operation()
    {
        var table = await CreateTableAsync();
        await table.SubmitTransactionAsync(new[] { "merge", "replace", "delete", "upsert merge", "upsert replace" }.Select(
            key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", key) { ["Old"] = 1 })));
        var etag = (await table.GetEntityAsync<TableEntity>("p", "merge")).Value.ETag;

        var answers = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, New("add")),
            new(TableTransactionActionType.UpdateMerge, New("merge"), etag),
            new(TableTransactionActionType.UpdateReplace, New("replace")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, New("upsert merge")),
            new(TableTransactionActionType.UpsertReplace, New("upsert replace")),
            new(TableTransactionActionType.UpsertMerge, New("upsert new")),
        ]);

        Assert.Equal(202, answers.GetRawResponse().Status);
        Assert.All(answers.Value, answer => Assert.Equal(204, answer.Status));
        var rows = (await RowsAsync(table, null)).ToDictionary(row => row.RowKey, row => (row.GetInt32("Old"), row.GetInt32("New")));
        Assert.Equal(6, rows.Count);
        Assert.Equal((null, 2), rows["add"]);
        Assert.Equal((1, 2), rows["merge"]);
        Assert.Equal((null, 2), rows["replace"]);
        Assert.Equal((1, 2), rows["upsert merge"]);
        Assert.Equal((null, 2), rows["upsert replace"]);
        Assert.Equal((null, 2), rows["upsert new"]);

        static TableEntity New(string key) => new("p", key) { ["New"] = 2 };
    }

    [Theory]
    [InlineData(TableTransactionActionType.Add, 409, TableErrorCode.EntityAlreadyExists)]
    [InlineData(TableTransactionActionType.UpdateMerge, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.UpdateReplace, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.Delete, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    public async Task Failed_transaction_names_the_operation_and_changes_nothing(
        TableTransactionActionType type, int status, string code)
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "delete") { ["X"] = 1 });
        await table.AddEntityAsync(new TableEntity("p", "merge") { ["X"] = 1 });
        var stale = (await table.AddEntityAsync(new TableEntity("p", "guilty") { ["X"] = 0 })).Headers.ETag!.Value;
        await table.UpdateEntityAsync(new TableEntity("p", "guilty") { ["X"] = 1 }, stale);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "added") { ["X"] = 2 }),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete")),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "merge") { ["X"] = 2 }),
            new(type, new TableEntity("p", "guilty") { ["X"] = 2 }, stale),
            new(TableTransactionActionType.Add, new TableEntity("p", "later") { ["X"] = 2 }),
        ]));

        Assert.Equal((status, code, 3), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.StartsWith("3:", failure.Message, StringComparison.Ordinal);
        var rows = await RowsAsync(table, null);
        Assert.Equal(["delete", "guilty", "merge"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal(1, row.GetInt32("X")));
    }

    [Fact]
    public async Task Transaction_holds_100_operations_with_any_text()
    {
        var table = await CreateTableAsync();
        var text = new string([.. Enumerable.Range(0, 0x3000).Select(code => (char)code)]) + "😀--batch\r\n--changeset\r\nHTTP/1.1 500 {\"}";

        var answers = await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(
            i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", $"{i:00}") { ["Text"] = text[(i * 7)..] })));

        Assert.Equal(100, answers.Value.Count);
        var rows = await RowsAsync(table, null);
        for (var i = 0; i < 100; i++)
            Assert.Equal(text[(i * 7)..], rows[i].GetString("Text"));
    }

    [Fact]
    public async Task Row_of_almost_a_mebibyte_and_252_properties_is_kept()
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r");
        for (var i = 0; i < 252; i++)
            row[$"P{i}"] = new string('x', 2_000);

        await table.AddEntityAsync(row);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }

    [Fact]
    public async Task Values_of_the_largest_size_are_kept()
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r") { ["Text"] = new string('日', 32 * 1024), ["Bytes"] = Encoding.ASCII.GetBytes(new string('b', 64 * 1024)) };

        await table.UpsertEntityAsync(row);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }

    [Theory]
    [MemberData(nameof(Refusals.Rows), MemberType = typeof(Refusals))]
    public async Task Row_that_the_service_would_refuse_is_not_sent(string fault, TableEntity row)
    {
        var table = await CreateTableAsync();
        Func<Task>[] operations =
        [
            () => table.AddEntityAsync(row),
            () => table.UpsertEntityAsync(row),
            () => table.UpdateEntityAsync(row, ETag.All),
        ];
        foreach (var operation in operations)
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(operation);
            Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        }

        var inTransaction = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity(row.PartitionKey ?? "p", "before")),
            new(TableTransactionActionType.Add, row),
        ]));
        Assert.Contains(fault, inTransaction.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, null));
    }

    [Theory]
    [MemberData(nameof(Refusals.Transactions), MemberType = typeof(Refusals))]
    public async Task Transaction_that_the_service_would_refuse_is_not_sent(string fault, TableTransactionAction[] actions)
    {
        var table = await CreateTableAsync();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(actions));

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, null));
    }

    [Fact]
    public async Task Requests_with_malformed_arguments_are_not_sent()
    {
        var table = await CreateTableAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityAsync<TableEntity>("a/b", "r"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", "a?b"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", null!));
        await Assert.ThrowsAsync<ArgumentException>(() => table.DeleteEntityAsync("p", "a#b"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityAsync<TableEntity>("p", "r", ["a,b"]));
        Assert.Throws<ArgumentException>(() => table.QueryAsync<TableEntity>(select: ["$x"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.QueryAsync<TableEntity>(maxPerPage: 1_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => Service.QueryAsync(maxPerPage: 0));
        await Assert.ThrowsAsync<ArgumentException>(() => RowsAsync(table, null, token: "three words here"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.AddEntityAsync<TableEntity>(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(new OtherEntity()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("with-dash")]
    [InlineData("with_line")]
    [InlineData("tables")]
    [InlineData("Tables")]
    [InlineData("größe")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Malformed_table_name_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Service.GetTableClient(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Service.CreateTableAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Service.CreateTableIfNotExistsAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Service.DeleteTableAsync(name));
    }

    [Fact]
    public async Task Cancelled_request_is_not_done()
    {
        var table = await CreateTableAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => table.AddEntityAsync(new TableEntity("p", "r"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancelled))
                Assert.Fail($"read {row.RowKey}");
        });
        Assert.Empty(await RowsAsync(table, null));
    }

    [Fact]
    public async Task Of_many_concurrent_updates_of_one_version_one_wins()
    {
        var table = await CreateTableAsync();
        var etag = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;

        var wins = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Winner"] = i }, etag);
                return 1;
            }
            catch (RequestFailedException lost) when (lost.Status == 412)
            {
                return 0;
            }
        })));

        Assert.Equal(1, wins.Sum());
    }

    [Fact]
    public async Task What_was_read_can_be_changed_without_changing_what_is_stored()
    {
        var table = await CreateTableAsync();
        var bytes = new byte[] { 1, 2, 3 };
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Bytes"] = bytes, ["X"] = 1 });
        bytes[0] = 9;
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        read.GetBinary("Bytes")![1] = 9;
        read["X"] = 2;
        read["New"] = 3;

        var again = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal([1, 2, 3], again.GetBinary("Bytes"));
        Assert.Equal(1, again.GetInt32("X"));
        Assert.False(again.ContainsKey("New"));
    }

    [Fact]
    public async Task Client_knows_its_table()
    {
        var table = await CreateTableAsync();

        Assert.EndsWith("/" + table.Name, table.Uri.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Service.AccountName, table.AccountName);
        Assert.StartsWith(Service.Uri.AbsoluteUri, table.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    protected async Task<TableClient> CreateTableAsync()
    {
        var table = Service.GetTableClient(Some.TableName());
        await table.CreateAsync();
        return table;
    }

    protected static async Task<List<TableEntity>> RowsAsync(
        TableClient table, string? filter, IEnumerable<string>? select = null, string? token = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var page in table.QueryAsync<TableEntity>(filter, select: select).AsPages(token))
            rows.AddRange(page.Values);
        return rows;
    }

    private async Task<List<string>> TablesAsync(FormattableString filter)
    {
        var names = new List<string>();
        await foreach (var item in Service.QueryAsync(TableServiceClient.CreateQueryFilter(filter)))
            names.Add(item.Name);
        return names;
    }

    private sealed class OtherEntity : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }
}
