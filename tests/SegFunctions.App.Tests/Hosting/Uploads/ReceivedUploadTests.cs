using System.Text;
using Azure;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Uploads;

[Collection(AzuriteCollection.Name)]
public sealed class ReceivedUploadTests(AzuriteServer azurite)
{
    private const string Created = """
        { "id": "1", "topic": "/subscriptions/x", "subject": "/blobServices/default/containers/uploads/blobs/crm/blobs/a b.csv",
          "eventType": "Microsoft.Storage.BlobCreated", "eventTime": "2026-03-04T05:06:07.1Z",
          "data": { "api": "PutBlob", "eTag": "0x8DC1", "contentType": "text/csv", "contentLength": 12, "blobType": "BlockBlob",
            "url": "https://acct.blob.core.windows.net/uploads/crm/blobs/a%20b.csv", "sequencer": "0001" },
          "dataVersion": "", "metadataVersion": "1" }
        """;

    private static readonly ReceivedUpload Expected = new("uploads", "crm/blobs/a b.csv", new ETag("0x8DC1"), 12, "0001");

    [Fact]
    public void Event_is_read_alone_or_in_an_array()
    {
        Assert.Equal([Expected], Read(Created));
        Assert.Equal([Expected, Expected], Read($"[{Created},{Created}]"));
        Assert.Empty(Read("[]"));
    }

    [Theory]
    [InlineData("Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobDeleted")]
    [InlineData("\"PutBlob\"", "\"CreateFile\"")]
    public void Other_events_are_left_out(string part, string other) =>
        Assert.Empty(Read(Created.Replace(part, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("nonsense", "The message is no JSON: line 1")]
    [InlineData("{}", "The event has no text 'eventType'.")]
    [InlineData("7", "The event has no text 'eventType'.")]
    [InlineData("""{ "eventType": "Microsoft.Storage.BlobCreated", "data": {} }""", "The event has no text 'api'.")]
    [InlineData("""{ "eventType": "Microsoft.Storage.BlobCreated", "data": { "api": "PutBlob" }, "subject": "/elsewhere" }""", "The event's 'subject' names no blob.")]
    public void What_is_no_event_says_what_is_missing(string message, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Read(message)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Event_of_our_watcher_opens_the_very_version_that_it_names()
    {
        var container = StorageAccount.Connect(azurite.ConnectionString).Blobs.GetContainer($"uploads-{Guid.NewGuid():N}"[..20]);
        await container.CreateIfNotExistsAsync(CancellationToken.None);
        await container.WriteAsync("crm/Käufe #1.csv", "id\n1\n"u8.ToArray(), options: null, CancellationToken.None);
        await foreach (var blob in container.ListAsync("", CancellationToken.None))
        {
            var upload = Assert.Single(ReceivedUpload.Read(BlobCreatedEvent.Write(container, blob)));

            Assert.Equal((container.Name, "crm/Käufe #1.csv", 5L), (upload.Container, upload.Name, upload.Length));
            using var stream = new StreamReader(await container.OpenReadAsync(upload.Name, upload.ETag, CancellationToken.None));
            Assert.Equal("id\n1\n", await stream.ReadToEndAsync());
        }
    }

    private static IReadOnlyList<ReceivedUpload> Read(string message) => ReceivedUpload.Read(Encoding.UTF8.GetBytes(message));
}
