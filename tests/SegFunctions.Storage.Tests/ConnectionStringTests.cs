namespace SegFunctions.Storage.Tests;

public sealed class ConnectionStringTests
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [Fact]
    public void Portals_form_names_the_public_endpoints()
    {
        var connection = ConnectionString.Parse($"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={Key};EndpointSuffix=core.windows.net");

        Assert.Equal("https://shop.blob.core.windows.net/", connection.Blobs.AbsoluteUri);
        Assert.Equal("https://shop.queue.core.windows.net/", connection.Queues.AbsoluteUri);
        Assert.Equal("https://shop.table.core.windows.net/", connection.Tables.AbsoluteUri);
        Assert.Equal(("shop", Key, null), (connection.AccountName, connection.AccountKey, connection.SharedAccessSignature));
    }

    [Fact]
    public void Other_clouds_and_explicit_endpoints_are_respected()
    {
        var china = ConnectionString.Parse($"accountname=shop; ACCOUNTKEY={Key}; EndpointSuffix=core.chinacloudapi.cn;");
        var mixed = ConnectionString.Parse($"AccountName=shop;AccountKey={Key};BlobEndpoint=http://127.0.0.1:10000/shop");

        Assert.Equal("https://shop.blob.core.chinacloudapi.cn/", china.Blobs.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:10000/shop", mixed.Blobs.AbsoluteUri);
        Assert.Equal("https://shop.queue.core.windows.net/", mixed.Queues.AbsoluteUri);
    }

    [Fact]
    public void Shared_access_signature_needs_no_key()
    {
        var connection = ConnectionString.Parse(
            "BlobEndpoint=https://shop.blob.core.windows.net/;QueueEndpoint=https://shop.queue.core.windows.net/;FileEndpoint=https://shop.file.core.windows.net/;"
            + "TableEndpoint=https://shop.table.core.windows.net/;SharedAccessSignature=?sv=2022-11-02&sig=a%3Db");

        Assert.Equal("sv=2022-11-02&sig=a%3Db", connection.SharedAccessSignature);
        Assert.Null(connection.AccountKey);
    }

    [Fact]
    public void Emulators_short_form_is_understood()
    {
        var connection = ConnectionString.Parse("UseDevelopmentStorage=true");

        Assert.Equal("http://127.0.0.1:10001/devstoreaccount1", connection.Queues.AbsoluteUri);
        Assert.Equal(Key, connection.AccountKey);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" ; ", "is empty")]
    [InlineData("nonsense", "name=value")]
    [InlineData("/var/data", "name=value")]
    [InlineData("AccountName=shop", "neither AccountKey nor SharedAccessSignature")]
    [InlineData("AccountKey=" + Key, "AccountKey needs AccountName")]
    [InlineData("AccountName=shop;AccountKey=topsecret!", "not base64")]
    [InlineData("AccountName=shop;AccountKey=", "AccountKey has no value")]
    [InlineData("AccountName=shop;AccountName=shop;AccountKey=" + Key, "twice")]
    [InlineData("AcountName=shop;AccountKey=" + Key, "'AcountName' is not a setting")]
    [InlineData("SharedAccessSignature=sig", "neither AccountName nor BlobEndpoint")]
    [InlineData("AccountName=shop;BlobEndpoint=shop.blob;AccountKey=" + Key, "BlobEndpoint 'shop.blob' is not")]
    [InlineData("AccountName=sh op;AccountKey=" + Key, "no address of the blob service")]
    [InlineData("DefaultEndpointsProtocol=ftp;AccountName=shop;AccountKey=" + Key, "'ftp'")]
    [InlineData("UseDevelopmentStorage=maybe", "UseDevelopmentStorage")]
    [InlineData("UseDevelopmentStorage=true;AccountName=shop", "alone")]
    public void Wrong_string_is_one_error_that_names_the_fault_and_no_secret(string connectionString, string expected)
    {
        var refused = Assert.Throws<StorageConnectionException>(() => StorageAccount.Connect(connectionString));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var refused = Assert.Throws<StorageConnectionException>(
            () => StorageAccount.Connect("AcountName=shop;BlobEndpoint=nowhere;AccountKey=;EndpointSuffix"));

        Assert.Equal(4, refused.Faults.Count);
    }
}
