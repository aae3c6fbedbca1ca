using System.Text;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Storage.Tests.Blobs;

/// <summary>What every blob store promises.</summary>
public abstract class BlobContract
{
    private BlobContainer? _container;

    private protected abstract BlobStore Store { get; }

    /// <summary>Content of several blocks and ranges, whatever the store takes for one.</summary>
    private protected static byte[] Large { get; } = Bytes(1, 700_001);

    private protected BlobContainer Container => _container ??= Store.GetContainer($"c{Guid.NewGuid():N}");

    [Fact]
    public async Task Blob_reads_as_it_was_written()
    {
        foreach (var length in new[] { 0, 1, 65_535, 65_536, 65_537, 131_072, 700_001 })
        {
            var content = Bytes(seed: length, length);
            await Container.WriteAsync("folder/blob", (stream, ct) => WriteInPiecesAsync(stream, content, ct), null, default);

            Assert.Equal(content, await ReadAsync("folder/blob"));
            Assert.Equal(content, (await Container.FindContentAsync("folder/blob", default))!.Value.Content);
            Assert.Equal(length, (await Container.FindAsync("folder/blob", default))!.Length);
        }
    }

    [Fact]
    public async Task Synchronous_reads_and_writes_do_the_same()
    {
        await Container.WriteAsync(
            "blob",
            (stream, _) =>
            {
                for (var start = 0; start < Large.Length; start += 10_000)
                    stream.Write(Large, start, Math.Min(10_000, Large.Length - start));
                stream.Flush();
                return Task.CompletedTask;
            },
            null,
            default);

        using var read = await Container.OpenReadAsync("blob", null, default);
        using var copy = new MemoryStream();
        read.CopyTo(copy);
        Assert.Equal(Large, copy.ToArray());
    }

    [Fact]
    public async Task Content_in_memory_is_written_in_one_go()
    {
        var etag = await Container.WriteAsync("blob", Large.AsMemory(7), null, default);

        var found = await Container.FindContentAsync("blob", default);
        Assert.Equal(Large[7..], found!.Value.Content);
        Assert.Equal(etag, found.Value.ETag);
    }

    [Fact]
    public async Task Stream_that_a_wrapper_disposes_keeps_what_was_written()
    {
        await Container.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await using var text = new StreamWriter(stream);
                await text.WriteAsync("first line".AsMemory(), ct);
            },
            null,
            default);

        Assert.Equal("first line"u8.ToArray(), await ReadAsync("blob"));
    }

    [Fact]
    public async Task Writer_that_fails_leaves_the_old_version()
    {
        await Container.WriteAsync("blob", "old"u8.ToArray(), null, default);

        await Assert.ThrowsAsync<IOException>(() => Container.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await stream.WriteAsync(Large, ct);
                throw new IOException("the source broke");
            },
            null,
            default));

        Assert.Equal("old"u8.ToArray(), await ReadAsync("blob"));
    }

    [Fact]
    public async Task Writer_that_fails_leaves_no_blob_where_none_was()
    {
        await Assert.ThrowsAsync<IOException>(() => Container.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await stream.WriteAsync(Large, ct);
                throw new IOException("the source broke");
            },
            null,
            default));

        Assert.Null(await Container.FindAsync("blob", default));
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task Blob_is_not_there_before_its_writer_has_returned()
    {
        await Container.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await stream.WriteAsync(Large, ct);
                Assert.Null(await Container.FindAsync("blob", ct));
            },
            null,
            default);

        Assert.NotNull(await Container.FindAsync("blob", default));
    }

    [Fact]
    public async Task Only_if_missing_writes_once()
    {
        var once = new BlobWriteOptions { OnlyIfMissing = true };
        await Container.WriteAsync("small", "first"u8.ToArray(), once, default);
        await Container.WriteAsync("large", (stream, ct) => stream.WriteAsync(Large, ct).AsTask(), once, default);

        var refused = await Assert.ThrowsAsync<BlobChangedException>(
            () => Container.WriteAsync("small", "second"u8.ToArray(), once, default));
        await Assert.ThrowsAsync<BlobChangedException>(
            () => Container.WriteAsync("large", (stream, ct) => stream.WriteAsync(Bytes(9, Large.Length), ct).AsTask(), once, default));

        Assert.Equal((Container.Name, "small"), (refused.Container, refused.Blob));
        Assert.Equal("first"u8.ToArray(), await ReadAsync("small"));
        Assert.Equal(Large, await ReadAsync("large"));
    }

    [Fact]
    public async Task If_match_writes_over_that_version_only()
    {
        var first = await Container.WriteAsync("blob", "1"u8.ToArray(), null, default);
        var second = await Container.WriteAsync("blob", "2"u8.ToArray(), new BlobWriteOptions { IfMatch = first }, default);

        await Assert.ThrowsAsync<BlobChangedException>(
            () => Container.WriteAsync("blob", "3"u8.ToArray(), new BlobWriteOptions { IfMatch = first }, default));
        await Assert.ThrowsAsync<BlobChangedException>(
            () => Container.WriteAsync("none", "3"u8.ToArray(), new BlobWriteOptions { IfMatch = first }, default));

        Assert.NotEqual(first, second);
        Assert.Equal("2"u8.ToArray(), await ReadAsync("blob"));
        Assert.Null(await Container.FindAsync("none", default));
    }

    [Fact]
    public async Task Of_many_writers_that_hold_the_same_version_one_wins()
    {
        var first = await Container.WriteAsync("blob", "0"u8.ToArray(), null, default);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(async writer =>
        {
            try
            {
                await Container.WriteAsync("blob", Encoding.ASCII.GetBytes($"{writer}"), new BlobWriteOptions { IfMatch = first }, default);
                return writer;
            }
            catch (BlobChangedException)
            {
                return 0;
            }
        }));

        var winner = Assert.Single(outcomes, outcome => outcome != 0);
        Assert.Equal(Encoding.ASCII.GetBytes($"{winner}"), await ReadAsync("blob"));
    }

    [Fact]
    public async Task Blob_replaced_while_it_is_read_is_noticed()
    {
        await Container.WriteAsync("blob", Large, null, default);
        await using var read = await Container.OpenReadAsync("blob", null, default);
        var start = new byte[1000];
        await read.ReadExactlyAsync(start);

        await Container.WriteAsync("blob", Bytes(2, Large.Length), null, default);

        Assert.Equal(Large[..1000], start);
        await Assert.ThrowsAsync<BlobChangedException>(() => read.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Blob_deleted_while_it_is_read_is_noticed()
    {
        await Container.WriteAsync("blob", Large, null, default);
        await using var read = await Container.OpenReadAsync("blob", null, default);
        await read.ReadExactlyAsync(new byte[1000]);

        await Container.DeleteAsync("blob", null, default);

        await Assert.ThrowsAsync<BlobChangedException>(() => read.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Reading_starts_with_the_version_that_was_asked_for_or_not_at_all()
    {
        var first = await Container.WriteAsync("blob", "1"u8.ToArray(), null, default);
        await using (var read = await Container.OpenReadAsync("blob", first, default))
            Assert.Equal('1', read.ReadByte());

        await Container.WriteAsync("blob", "2"u8.ToArray(), null, default);

        await Assert.ThrowsAsync<BlobChangedException>(() => Container.OpenReadAsync("blob", first, default));
    }

    [Fact]
    public async Task What_is_missing_is_said_to_be_missing()
    {
        foreach (var container in new[] { Container, await EmptyContainerAsync() })
        {
            Assert.Null(await container.FindAsync("none", default));
            Assert.Null(await container.FindContentAsync("none", default));
            Assert.False(await container.DeleteAsync("none", null, default));
            Assert.Empty(await NamesAsync(container, ""));
            var missing = await Assert.ThrowsAsync<BlobMissingException>(() => container.OpenReadAsync("none", null, default));
            Assert.Equal((container.Name, "none"), (missing.Container, missing.Blob));
        }
    }

    [Fact]
    public async Task Delete_holds_to_the_version()
    {
        var first = await Container.WriteAsync("blob", "1"u8.ToArray(), null, default);
        var second = await Container.WriteAsync("blob", "2"u8.ToArray(), null, default);

        await Assert.ThrowsAsync<BlobChangedException>(() => Container.DeleteAsync("blob", first, default));
        Assert.True(await Container.DeleteAsync("blob", second, default));
        Assert.False(await Container.DeleteAsync("blob", second, default));
    }

    [Fact]
    public async Task List_is_in_ordinal_order_and_tells_what_find_tells()
    {
        string[] names = ["b/2", "a", "b/10", "B", "b-", "b/1", "ab"];
        foreach (var name in names)
            await Container.WriteAsync(name, Encoding.UTF8.GetBytes(name), new BlobWriteOptions { ContentType = "text/x-" + name.Length }, default);

        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(""));
        Assert.Equal(["b/1", "b/10", "b/2"], await NamesAsync("b/"));
        await foreach (var entry in Container.ListAsync("", default))
            Assert.Equal(await Container.FindAsync(entry.Name, default), entry);
    }

    [Fact]
    public async Task Names_that_a_url_would_spell_otherwise_round_trip()
    {
        string[] names = ["a b", "100%", "%41", "a#b", "a?b", "a+b", "a&b=c", "größe/日本/😀", "a//b", "a;b,c", "'\"<>", "x.csv.mapping.json"];
        foreach (var name in names)
            await Container.WriteAsync(name, Encoding.UTF8.GetBytes(name), null, default);

        foreach (var name in names)
            Assert.Equal(name, Encoding.UTF8.GetString(await ReadAsync(name)));
        Assert.Equal(names.Order(StringComparer.Ordinal), (await NamesAsync("")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a.")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task Names_that_would_not_arrive_as_they_are_get_refused(string? name)
    {
        // Half a surrogate pair does not survive in an attribute.
        name ??= "a\ud800";
        await Assert.ThrowsAsync<ArgumentException>(() => Container.WriteAsync(name, "x"u8.ToArray(), null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Container.OpenReadAsync(name, null, default));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-ab")]
    [InlineData("a--b")]
    [InlineData("a_b")]
    public void Container_names_follow_the_services_rules(string name) =>
        Assert.Throws<ArgumentException>(() => Store.GetContainer(name));

    [Fact]
    public async Task Deleted_container_holds_nothing_and_can_be_used_again()
    {
        await Container.WriteAsync("blob", "1"u8.ToArray(), null, default);

        await Container.DeleteIfExistsAsync(default);
        await Container.DeleteIfExistsAsync(default);

        Assert.Empty(await NamesAsync(""));
        await Container.CreateIfNotExistsAsync(default);
        await Container.CreateIfNotExistsAsync(default);
        await Container.WriteAsync("blob", "2"u8.ToArray(), null, default);
        Assert.Equal("2"u8.ToArray(), await ReadAsync("blob"));
    }

    [Fact]
    public async Task Container_knows_its_address()
    {
        await Container.WriteAsync("blob", "1"u8.ToArray(), null, default);

        Assert.EndsWith("/" + Container.Name, Container.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    private protected static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected async Task<byte[]> ReadAsync(string name)
    {
        await using var read = await Container.OpenReadAsync(name, null, default);
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async Task WriteInPiecesAsync(Stream stream, byte[] content, CancellationToken cancellationToken)
    {
        var sizes = new Random(content.Length);
        for (var start = 0; start < content.Length;)
        {
            var length = Math.Min(sizes.Next(1, 50_000), content.Length - start);
            await stream.WriteAsync(content.AsMemory(start, length), cancellationToken);
            start += length;
        }
    }

    private Task<string[]> NamesAsync(string prefix) => NamesAsync(Container, prefix);

    private static async Task<string[]> NamesAsync(BlobContainer container, string prefix)
    {
        var names = new List<string>();
        await foreach (var entry in container.ListAsync(prefix, default))
            names.Add(entry.Name);
        return [.. names];
    }

    private async Task<BlobContainer> EmptyContainerAsync()
    {
        var container = Store.GetContainer($"c{Guid.NewGuid():N}");
        await container.CreateIfNotExistsAsync(default);
        return container;
    }
}
