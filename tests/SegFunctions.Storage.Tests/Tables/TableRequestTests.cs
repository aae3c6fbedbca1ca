using System.Net;
using Azure;
using Azure.Core;
using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Wire;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TableRequestTests
{
    private static readonly Uri Endpoint = new("https://account.table.core.windows.net");
    private static readonly TableSharedKeyCredential Key = new("account", "AAAA");

    [Fact]
    public async Task Every_attempt_is_dated_and_signed_anew()
    {
        var time = new ManualTimeProvider();
        var transport = new StubTransport(
            () => Later(HttpStatusCode.ServiceUnavailable), () => Later(HttpStatusCode.ServiceUnavailable), () => Later(HttpStatusCode.NoContent));
        var table = new TableServiceClient(Endpoint, Key, transport.Options(time)).GetTableClient("People");

        await table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 1 });

        Assert.Equal(3, transport.Sent.Count);
        Assert.Equal(3, transport.Sent.Select(sent => sent.Headers["x-ms-date"]).Distinct().Count());
        Assert.All(transport.Sent, sent => Assert.Equal(
            SharedKeyLitePolicy.Authorization(Key, sent.Headers["x-ms-date"], sent.Target), sent.Headers["Authorization"]));
        Assert.All(transport.Sent, sent => Assert.Equal("""{"PartitionKey":"p","RowKey":"r","X":1}""", sent.Body));

        HttpResponseMessage Later(HttpStatusCode status)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return StubTransport.Answer(status);
        }
    }

    [Fact]
    public async Task Service_that_stays_busy_is_given_up_after_four_attempts()
    {
        var transport = new StubTransport(() => StubTransport.Fault(HttpStatusCode.ServiceUnavailable, "ServerBusy"));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal((503, "ServerBusy"), (failure.Status, failure.ErrorCode));
        Assert.Contains("said the service", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, transport.Sent.Count);
    }

    [Fact]
    public async Task Transaction_whose_answer_was_lost_is_sent_again_and_its_conflict_is_passed_on()
    {
        const string conflict = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\n"
            + "HTTP/1.1 409 Conflict\r\n\r\n"
            + """{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"1:It exists."}}}"""
            + "\r\n--c--\r\n--b--\r\n";
        var transport = new StubTransport(
            () => throw new HttpRequestException("connection reset"),
            () => StubTransport.Answer(HttpStatusCode.Accepted, conflict, "multipart/mixed"));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("p", "b")),
        ]));

        Assert.Equal((409, "EntityAlreadyExists", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal(transport.Sent[0].Body, transport.Sent[1].Body);
        Assert.Equal(new Uri(Endpoint, "/$batch"), transport.Sent[1].Target);
    }

    [Fact]
    public async Task Token_goes_with_every_request()
    {
        var transport = new StubTransport(() => StubTransport.Answer(HttpStatusCode.NoContent));
        var credential = new FakeCredential();
        var service = new TableServiceClient(Endpoint, credential, transport.Options());

        await service.CreateTableAsync("People");
        await service.GetTableClient("People").DeleteEntityAsync("p", "r");

        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes.Distinct());
        Assert.All(transport.Sent, sent => Assert.Equal("Bearer token-of-storage", sent.Headers["Authorization"]));
        Assert.All(transport.Sent, sent => Assert.Equal("2020-12-06", sent.Headers["x-ms-version"]));
    }

    [Fact]
    public void Token_is_not_sent_in_the_clear()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("http://127.0.0.1:10002/a"), new FakeCredential()));
        Assert.Contains("https only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_access_signature_is_part_of_every_attempt_and_can_be_renewed()
    {
        var credential = new AzureSasCredential("?sv=2019-02-02&sig=a%2Bb");
        var transport = new StubTransport(
            () =>
            {
                credential.Update("sv=2019-02-02&sig=new");
                return StubTransport.Answer(HttpStatusCode.ServiceUnavailable);
            },
            () => StubTransport.Answer(HttpStatusCode.OK, """{"value":[]}"""));
        var table = new TableServiceClient(Endpoint, credential, transport.Options()).GetTableClient("People");

        await foreach (var row in table.QueryAsync<TableEntity>("X eq 'a b'"))
            Assert.Fail(row.RowKey);

        Assert.Equal(
            ["/People()?$filter=X%20eq%20%27a%20b%27&sv=2019-02-02&sig=a%2Bb", "/People()?$filter=X%20eq%20%27a%20b%27&sv=2019-02-02&sig=new"],
            transport.Sent.Select(sent => sent.Target.PathAndQuery));
        Assert.DoesNotContain("Authorization", transport.Sent[0].Headers.Keys);
    }

    [Fact]
    public async Task Writes_carry_the_methods_and_conditions_of_the_service()
    {
        var transport = new StubTransport(() => StubTransport.Answer(HttpStatusCode.NoContent));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());
        var row = new TableEntity("p", "r");
        var etag = new ETag("W/\"datetime'x'\"");

        await table.AddEntityAsync(row);
        await table.UpsertEntityAsync(row);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
        await table.UpdateEntityAsync(row, etag);
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        await table.DeleteEntityAsync("p", "r");
        await table.DeleteEntityAsync("p", "r", etag);

        Assert.Equal(
            [
                ("POST", "/People", null), ("PATCH", "/People(PartitionKey='p',RowKey='r')", null),
                ("PUT", "/People(PartitionKey='p',RowKey='r')", null),
                ("PATCH", "/People(PartitionKey='p',RowKey='r')", etag.ToString()),
                ("PUT", "/People(PartitionKey='p',RowKey='r')", "*"),
                ("DELETE", "/People(PartitionKey='p',RowKey='r')", "*"),
                ("DELETE", "/People(PartitionKey='p',RowKey='r')", etag.ToString()),
            ],
            transport.Sent.Select(sent => (sent.Method, sent.Target.PathAndQuery, sent.Headers.GetValueOrDefault("If-Match"))));
    }

    [Fact]
    public async Task Page_may_be_empty_and_not_the_last()
    {
        var transport = new StubTransport(
            () =>
            {
                var answer = StubTransport.Answer(HttpStatusCode.OK, """{"value":[]}""");
                answer.Headers.Add("x-ms-continuation-NextPartitionKey", "1!4!cA--");
                return answer;
            },
            () => StubTransport.Answer(HttpStatusCode.OK, """{"value":[{"PartitionKey":"p","RowKey":"r"}]}"""));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());

        var keys = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>())
            keys.Add(row.RowKey);

        Assert.Equal(["r"], keys);
        Assert.Equal("/People()?NextPartitionKey=1%214%21cA--", transport.Sent[1].Target.PathAndQuery);
    }

    [Fact]
    public async Task Table_that_is_being_deleted_is_not_taken_for_one_that_exists()
    {
        var transport = new StubTransport(() => StubTransport.Fault(HttpStatusCode.Conflict, TableErrorCode.TableBeingDeleted));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync());

        Assert.Equal((409, TableErrorCode.TableBeingDeleted), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Error_that_is_no_json_keeps_its_status()
    {
        var transport = new StubTransport(() => StubTransport.Answer(HttpStatusCode.Forbidden, "<html>proxy</html>", "text/html"));
        var table = new TableClient(Endpoint, "People", Key, transport.Options());

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((403, null), (failure.Status, failure.ErrorCode));
    }

    private sealed class FakeCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("token-of-storage", TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
