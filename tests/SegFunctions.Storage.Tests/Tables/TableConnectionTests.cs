using Azure;
using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TableConnectionTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "http://azurite:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("AccountName=shop;AccountKey=AAAA", "https://shop.table.core.windows.net/", "shop")]
    [InlineData("defaultendpointsprotocol=http; accountname=shop; accountkey=AAA=; endpointsuffix=core.chinacloudapi.cn;", "http://shop.table.core.chinacloudapi.cn/", "shop")]
    [InlineData("AccountName=shop;AccountKey=AAAA;TableEndpoint=https://tables.example/shop/", "https://tables.example/shop", "shop")]
    [InlineData("TableEndpoint=https://shop.table.core.windows.net;SharedAccessSignature=sv=1&sig=a=b;BlobEndpoint=x", "https://shop.table.core.windows.net/", "shop")]
    [InlineData("TableEndpoint=http://10.0.0.1:10002/shop;SharedAccessSignature=sig=x", "http://10.0.0.1:10002/shop", "shop")]
    [InlineData("TableEndpoint=http://localhost:10002/shop;SharedAccessSignature=sig=x", "http://localhost:10002/shop", "shop")]
    public void Connection_string_says_where_and_who(string connectionString, string endpoint, string account)
    {
        var connection = TableConnection.Parse(connectionString);

        Assert.Equal((endpoint, account), (connection.Endpoint.AbsoluteUri, connection.AccountName));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=yes", "UseDevelopmentStorage can only be 'true'")]
    [InlineData("AccountName=shop", "neither AccountKey nor SharedAccessSignature")]
    [InlineData("AccountKey=AAAA", "neither TableEndpoint nor AccountName")]
    [InlineData("AccountKey=AAAA;TableEndpoint=https://x.example", "AccountKey needs AccountName")]
    [InlineData("AccountName=shop;AccountKey=secret%", "AccountKey is no base64")]
    [InlineData("AccountName=shop;AccountKey=AAAA;TableEndpoint=shop", "TableEndpoint is no http or https address")]
    [InlineData("AccountName=shop;AccountName=shop", "AccountName occurs twice")]
    [InlineData("AccountName=", "AccountName is empty")]
    [InlineData("secret", "no '='")]
    public void Malformed_connection_string_is_refused_without_telling_secrets(string connectionString, string fault)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TableServiceClient(connectionString));

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_of_a_table_names_service_and_table()
    {
        var table = new TableClient(new Uri("https://shop.table.core.windows.net/People?sv=1&sig=x"));
        Assert.Equal(("People", "shop", "https://shop.table.core.windows.net/People"), (table.Name, table.AccountName, table.Uri.AbsoluteUri));

        table = new TableClient(new Uri("http://127.0.0.1:10002/shop/People"), new AzureSasCredential("sig=x"));
        Assert.Equal(("People", "shop", "http://127.0.0.1:10002/shop/People"), (table.Name, table.AccountName, table.Uri.AbsoluteUri));

        Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("https://shop.table.core.windows.net")));
    }
}
