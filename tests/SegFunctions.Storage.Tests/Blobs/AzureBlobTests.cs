using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Remote;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobTests(AzuriteServer azurite) : BlobContract
{
    // Blocks and ranges of 64 KiB let small content take the paths of large content.
    private protected override BlobStore Store { get; } =
        new AzureBlobStore(ConnectionString.Parse(azurite.ConnectionString), blockLength: 64 << 10);

    [Fact]
    public async Task Blob_of_several_blocks_of_the_usual_length_round_trips()
    {
        var content = Bytes(3, (9 << 20) + 17);
        var container = new AzureBlobStore(ConnectionString.Parse(azurite.ConnectionString)).GetContainer(Container.Name);
        await container.WriteAsync("blob", (stream, ct) => stream.WriteAsync(content, ct).AsTask(), null, default);

        await using var read = await container.OpenReadAsync("blob", null, default);
        var copy = new byte[content.Length];
        await read.ReadExactlyAsync(copy);

        Assert.Equal(content, copy);
        Assert.Equal(-1, read.ReadByte());
    }

    [Fact]
    public async Task Content_in_memory_and_content_of_one_block_go_out_in_one_request()
    {
        var transport = new FaultyTransport();
        var container = ContainerOver(transport);
        await container.CreateIfNotExistsAsync(default);

        foreach (var length in new[] { 0, 1, 64 << 10, 1 << 20 })
        {
            var before = transport.Requests;
            await container.WriteAsync("blob", new byte[length], null, default);
            Assert.Equal(1, transport.Requests - before);
        }

        foreach (var (length, requests) in new[] { (0, 1), (64 << 10, 1), ((64 << 10) + 1, 3) })
        {
            var before = transport.Requests;
            await container.WriteAsync("blob", (stream, ct) => stream.WriteAsync(new byte[length], ct).AsTask(), null, default);
            Assert.Equal(requests, transport.Requests - before);
        }
    }

    [Fact]
    public async Task Writer_whose_blocks_were_discarded_by_another_writer_is_told()
    {
        await Assert.ThrowsAsync<BlobChangedException>(() => Container.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await stream.WriteAsync(Large, ct);
                await Container.WriteAsync("blob", (other, token) => other.WriteAsync(Bytes(5, Large.Length), token).AsTask(), null, ct);
            },
            null,
            default));

        Assert.Equal(Bytes(5, Large.Length), await ReadAsync("blob"));
    }

    [Fact]
    public async Task Conditional_write_whose_answer_was_lost_counts_as_written()
    {
        var transport = new FaultyTransport();
        var container = ContainerOver(transport);
        await container.CreateIfNotExistsAsync(default);
        var once = new BlobWriteOptions { OnlyIfMissing = true };

        transport.LoseNextAnswer("PUT");
        var small = await container.WriteAsync("small", "x"u8.ToArray(), once, default);
        transport.LoseNextAnswer("PUT", "comp=blocklist");
        var large = await container.WriteAsync("large", (stream, ct) => stream.WriteAsync(Large, ct).AsTask(), once, default);
        transport.LoseNextAnswer("PUT");
        var next = await container.WriteAsync("small", "y"u8.ToArray(), new BlobWriteOptions { IfMatch = small }, default);

        Assert.Equal(3, transport.LostAnswers);
        Assert.Equal(next, (await Container.FindAsync("small", default))!.ETag);
        Assert.Equal(large, (await Container.FindAsync("large", default))!.ETag);
        Assert.Equal(Large, await ReadAsync("large"));
    }

    [Fact]
    public async Task Reading_goes_on_after_a_connection_broke()
    {
        var transport = new FaultyTransport();
        var container = ContainerOver(transport);
        await container.WriteAsync("blob", Large, null, default);

        await using var read = await container.OpenReadAsync("blob", null, default);
        var copy = new byte[Large.Length];
        for (var start = 0; start < copy.Length; start += 100_000)
        {
            transport.LoseNextAnswer("GET");
            await read.ReadExactlyAsync(copy.AsMemory(start, Math.Min(100_000, copy.Length - start)));
        }

        Assert.Equal(Large, copy);
        Assert.InRange(transport.LostAnswers, 5, 7);
    }

    private BlobContainer ContainerOver(FaultyTransport transport) => new AzureBlobStore(
        ConnectionString.Parse(azurite.ConnectionString) with { Transport = transport, RetryDelay = TimeSpan.FromMilliseconds(1) },
        blockLength: 64 << 10).GetContainer(Container.Name);
}
