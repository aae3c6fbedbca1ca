using System.Security.Cryptography;
using System.Text;
using Azure;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Tables;

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteAuthorizationTests(AzuriteServer azurite)
{
    private const string Account = "devstoreaccount1";

    [Fact]
    public async Task Wrong_key_is_refused()
    {
        var service = new TableServiceClient(azurite.TableEndpoint, new TableSharedKeyCredential(Account, "AAAA"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync(Some.TableName()));

        Assert.Equal((403, TableErrorCode.AuthorizationFailure), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Account_signature_serves_in_every_form()
    {
        var signature = AccountSignature("rwdlacu");
        var name = Some.TableName();
        TableServiceClient[] services =
        [
            new(azurite.TableEndpoint, new AzureSasCredential(signature)),
            new(new Uri($"{azurite.TableEndpoint}?{signature}")),
            new($"TableEndpoint={azurite.TableEndpoint};SharedAccessSignature={signature}"),
        ];
        foreach (var service in services)
        {
            var table = service.GetTableClient(name);
            await table.CreateIfNotExistsAsync();
            await table.UpsertEntityAsync(new TableEntity("p'1", "ü") { ["X"] = 1 });
            await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r"))]);
            var found = 0;
            await foreach (var row in table.QueryAsync<TableEntity>("PartitionKey ge 'p'", maxPerPage: 1))
                found++;
            Assert.Equal(2, found);
        }

        var own = new TableClient(new Uri($"{azurite.TableEndpoint}/{name}"), new AzureSasCredential(signature));
        Assert.Equal(1, (await own.GetEntityAsync<TableEntity>("p'1", "ü")).Value.GetInt32("X"));
    }

    [Fact]
    public async Task Signature_that_allows_reading_does_not_allow_writing()
    {
        var name = Some.TableName();
        await new TableServiceClient(azurite.ConnectionString).CreateTableAsync(name);
        var table = new TableServiceClient(azurite.TableEndpoint, new AzureSasCredential(AccountSignature("rl"))).GetTableClient(name);

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal((403, TableErrorCode.AuthorizationPermissionMismatch), (failure.Status, failure.ErrorCode));
    }

    // "Create an account SAS" of the service's documentation, version 2019-02-02.
    private string AccountSignature(string permissions)
    {
        const string version = "2019-02-02";
        var expiry = TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ");
        var text = $"{Account}\n{permissions}\nt\nsco\n\n{expiry}\n\n\n{version}\n";
        var key = azurite.ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
        return $"sv={version}&ss=t&srt=sco&sp={permissions}&se={Uri.EscapeDataString(expiry)}&sig={Uri.EscapeDataString(signature)}";
    }
}
