using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class SharedKeyLitePolicyTests
{
    // Signatures computed with OpenSSL 3.0.19 from the string to sign that the service documents:
    // printf 'DATE\n/ACCOUNT/PATH' | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY -binary | base64
    [Theory]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/Tables", "7L8/OtaOCVzOAdtNfLbLBYYoJqvjVq0NxA+I563lQH4=")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/Tables?$top=5", "7L8/OtaOCVzOAdtNfLbLBYYoJqvjVq0NxA+I563lQH4=")]
    [InlineData("https://devstoreaccount1.table.core.windows.net/Memberships(PartitionKey='a%20b',RowKey='%C3%A9')", "0B4wODQ/4aByX89p1MLQssQyvnnqM/uZFe5cM0VM4jc=")]
    [InlineData("https://devstoreaccount1.table.core.windows.net/?restype=service&comp=properties", "vJqHi/fyRInc8QhY7U73S0HgM/W1i176E8+8D2oRfjI=")]
    public void Signature_is_the_one_that_the_service_computes(string target, string signature)
    {
        var credential = new TableSharedKeyCredential(
            "devstoreaccount1", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

        var header = SharedKeyLitePolicy.Authorization(credential, "Wed, 04 Mar 2026 05:06:07 GMT", new Uri(target));

        Assert.Equal("SharedKeyLite devstoreaccount1:" + signature, header);
    }

    [Fact]
    public void Key_can_be_changed()
    {
        var credential = new TableSharedKeyCredential("account", "AAAA");
        var before = credential.Sign("text");
        credential.SetAccountKey("AAAB");

        Assert.NotEqual(before, credential.Sign("text"));
        Assert.Throws<ArgumentException>(() => credential.SetAccountKey("%"));
        Assert.Throws<ArgumentException>(() => new TableSharedKeyCredential("account", "%"));
        Assert.Throws<ArgumentException>(() => new TableSharedKeyCredential("", "AAAA"));
    }
}
