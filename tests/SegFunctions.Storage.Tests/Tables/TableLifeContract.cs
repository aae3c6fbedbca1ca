using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a service promises about its tables.</summary>
public abstract class TableLifeContract(TableServiceClient service) : TableContract(service)
{
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
    public async Task Client_knows_its_table()
    {
        var table = await CreateTableAsync();

        Assert.EndsWith("/" + table.Name, table.Uri.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Service.AccountName, table.AccountName);
        Assert.StartsWith(Service.Uri.AbsoluteUri, table.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    private async Task<List<string>> TablesAsync(FormattableString filter)
    {
        var names = new List<string>();
        await foreach (var item in Service.QueryAsync(TableServiceClient.CreateQueryFilter(filter)))
            names.Add(item.Name);
        return names;
    }
}
