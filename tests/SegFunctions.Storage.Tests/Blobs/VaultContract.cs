using System.Text;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.Storage.Tests.Blobs;

/// <summary>What the vault promises, on every blob store.</summary>
public abstract class VaultContract
{
    private const int Header = 46;
    private const int Chunk = (64 << 10) + 16;
    private static readonly string OldKey = VaultKeyRing.GenerateKey();
    private static readonly string NewKey = VaultKeyRing.GenerateKey();
    private BlobContainer? _container;

    private protected abstract StorageAccount Account { get; }

    private BlobContainer Container => _container ??= Account.Blobs.GetContainer($"vault{Guid.NewGuid():N}");

    [Fact]
    public async Task Content_opens_as_it_was_sealed_whatever_its_length_and_the_way()
    {
        var vault = VaultWith(NewKey);
        foreach (var length in new[] { 0, 1, 65_535, 65_536, 65_537, 131_072, 200_000 })
        {
            var content = Bytes(length);
            var etag = await vault.WriteAsync("whole", content, null, default);
            await vault.WriteAsync(
                "stream",
                async (stream, ct) =>
                {
                    for (var start = 0; start < length; start += 7_777)
                        await stream.WriteAsync(content.AsMemory(start, Math.Min(7_777, length - start)), ct);
                },
                null,
                default);

            var found = await vault.FindAsync("whole", default);
            Assert.Equal(content, found!.Value.Content);
            Assert.Equal(etag, found.Value.ETag);
            Assert.Equal(content, (await vault.FindAsync("stream", default))!.Value.Content);
            Assert.Equal(content, await ReadAsync(vault, "whole"));
            Assert.Equal(content, await ReadAsync(vault, "stream"));
        }
    }

    [Fact]
    public async Task Synchronous_reads_and_writes_do_the_same()
    {
        var vault = VaultWith(NewKey);
        var content = Bytes(200_000);
        await vault.WriteAsync(
            "blob",
            (stream, _) =>
            {
                stream.Write(content);
                return Task.CompletedTask;
            },
            null,
            default);

        using var read = await vault.OpenReadAsync("blob", null, default);
        using var copy = new MemoryStream();
        read.CopyTo(copy);
        Assert.Equal(content, copy.ToArray());
    }

    [Fact]
    public async Task Planted_plaintext_does_not_appear_in_what_is_stored()
    {
        var vault = VaultWith(NewKey);
        var secret = "grace.hopper@example.com"u8.ToArray();
        await vault.WriteAsync("blob", Enumerable.Repeat(secret, 5_000).SelectMany(bytes => bytes).ToArray(), null, default);

        var stored = (await Container.FindContentAsync("blob", default))!.Value.Content;

        for (var length = 4; length <= secret.Length; length += 4)
            Assert.Equal(-1, stored.AsSpan().IndexOf(secret.AsSpan(0, length)));
        Assert.True(stored.Length > 5_000 * secret.Length);
    }

    [Fact]
    public async Task Same_content_is_stored_differently_every_time()
    {
        var vault = VaultWith(NewKey);
        await vault.WriteAsync("a", Bytes(100), null, default);
        await vault.WriteAsync("b", Bytes(100), null, default);

        var first = (await Container.FindContentAsync("a", default))!.Value.Content;
        var second = (await Container.FindContentAsync("b", default))!.Value.Content;

        Assert.NotEqual(first[Header..], second[Header..]);
    }

    [Fact]
    public async Task Every_bit_that_is_changed_is_noticed()
    {
        var vault = VaultWith(NewKey);
        await vault.WriteAsync("blob", "a secret"u8.ToArray(), null, default);
        var stored = (await Container.FindContentAsync("blob", default))!.Value.Content;
        for (var position = 0; position < stored.Length; position++)
        {
            var changed = stored.ToArray();
            changed[position] ^= 1;
            await Container.WriteAsync("blob", changed, null, default);

            var refused = await Assert.ThrowsAsync<VaultException>(() => vault.FindAsync("blob", default));

            Assert.Equal("blob", refused.Blob);
            if (position >= Header)
                Assert.Equal(VaultFault.Tampered, refused.Fault);
        }
    }

    [Fact]
    public async Task Chunks_that_are_missing_swapped_doubled_or_from_elsewhere_are_noticed()
    {
        var vault = VaultWith(NewKey);
        var content = Bytes(3 * (64 << 10));
        await vault.WriteAsync("blob", content, null, default);
        var stored = (await Container.FindContentAsync("blob", default))!.Value.Content;
        await vault.WriteAsync("blob", content, null, default);
        var other = (await Container.FindContentAsync("blob", default))!.Value.Content;
        var header = stored[..Header];
        byte[][] chunks = [.. Enumerable.Range(0, 3).Select(index => stored[(Header + (index * Chunk))..(Header + ((index + 1) * Chunk))])];
        byte[][] forgeries =
        [
            header,
            [.. header, .. chunks[0]],
            [.. header, .. chunks[0], .. chunks[1]],
            [.. header, .. chunks[0], .. chunks[1], .. chunks[2][..^1]],
            [.. header, .. chunks[0], .. chunks[1], .. chunks[2], 0],
            [.. header, .. chunks[0], .. chunks[1], .. chunks[2], .. chunks[2]],
            [.. header, .. chunks[0], .. chunks[2]],
            [.. header, .. chunks[1], .. chunks[0], .. chunks[2]],
            [.. header, .. chunks[0], .. chunks[1], .. other[^Chunk..]],
            [.. other[..Header], .. chunks[0], .. chunks[1], .. chunks[2]],
        ];

        foreach (var forgery in forgeries)
        {
            await Container.WriteAsync("blob", forgery, null, default);
            Assert.Equal(VaultFault.Tampered, (await Assert.ThrowsAsync<VaultException>(() => vault.FindAsync("blob", default))).Fault);
            Assert.Equal(VaultFault.Tampered, (await Assert.ThrowsAsync<VaultException>(() => ReadAsync(vault, "blob"))).Fault);
        }

        await Container.WriteAsync("blob", stored, null, default);
        Assert.Equal(content, await ReadAsync(vault, "blob"));
    }

    [Fact]
    public async Task Blob_that_was_moved_to_another_name_does_not_open()
    {
        var vault = VaultWith(NewKey);
        await vault.WriteAsync("people/1", "a secret"u8.ToArray(), null, default);
        await Container.WriteAsync("people/2", (await Container.FindContentAsync("people/1", default))!.Value.Content, null, default);

        Assert.Equal(VaultFault.Tampered, (await Assert.ThrowsAsync<VaultException>(() => vault.FindAsync("people/2", default))).Fault);
    }

    [Fact]
    public async Task What_is_no_sealed_blob_is_said_to_be_none()
    {
        var vault = VaultWith(NewKey);
        foreach (var content in new[] { "", "SFVT", "name,email\n", new string('x', 100) })
        {
            await Container.WriteAsync("blob", Encoding.UTF8.GetBytes(content), null, default);
            Assert.Equal(VaultFault.NotSealed, (await Assert.ThrowsAsync<VaultException>(() => vault.FindAsync("blob", default))).Fault);
            Assert.Equal(VaultFault.NotSealed, (await Assert.ThrowsAsync<VaultException>(() => vault.OpenReadAsync("blob", null, default))).Fault);
        }

        await vault.WriteAsync("blob", Bytes(10), null, default);
        var newer = (await Container.FindContentAsync("blob", default))!.Value.Content;
        newer[4] = 2;
        await Container.WriteAsync("blob", newer, null, default);
        Assert.Equal(VaultFault.NewerFormat, (await Assert.ThrowsAsync<VaultException>(() => vault.FindAsync("blob", default))).Fault);
    }

    [Fact]
    public async Task Older_keys_open_the_newest_seals_and_a_blob_can_be_sealed_anew()
    {
        var content = Bytes(100_000);
        await VaultWith(OldKey).WriteAsync("blob", content, new BlobWriteOptions { ContentType = "text/csv" }, default);
        var both = VaultWith($"{NewKey}, {OldKey}");

        Assert.Equal(content, (await both.FindAsync("blob", default))!.Value.Content);
        Assert.Equal(VaultFault.UnknownKey, (await Assert.ThrowsAsync<VaultException>(() => VaultWith(NewKey).FindAsync("blob", default))).Fault);

        Assert.True(await both.ResealAsync("blob", default));
        Assert.False(await both.ResealAsync("blob", default));
        Assert.False(await both.ResealAsync("none", default));

        Assert.Equal(content, (await VaultWith(NewKey).FindAsync("blob", default))!.Value.Content);
        Assert.Equal("text/csv", (await Container.FindAsync("blob", default))!.ContentType);
    }

    [Fact]
    public async Task What_is_missing_is_missing_and_versions_are_held_to()
    {
        var vault = VaultWith(NewKey);
        Assert.Null(await vault.FindAsync("none", default));
        await Assert.ThrowsAsync<BlobMissingException>(() => vault.OpenReadAsync("none", null, default));

        var first = await vault.WriteAsync("blob", Bytes(1), null, default);
        await vault.WriteAsync("blob", Bytes(2), new BlobWriteOptions { IfMatch = first }, default);

        await Assert.ThrowsAsync<BlobChangedException>(() => vault.WriteAsync("blob", Bytes(3), new BlobWriteOptions { IfMatch = first }, default));
        await Assert.ThrowsAsync<BlobChangedException>(() => vault.OpenReadAsync("blob", first, default));
        await Assert.ThrowsAsync<BlobChangedException>(() => vault.DeleteAsync("blob", first, default));
        Assert.True(await vault.DeleteAsync("blob", null, default));
    }

    [Fact]
    public async Task Writer_that_fails_leaves_the_old_content()
    {
        var vault = VaultWith(NewKey);
        await vault.WriteAsync("blob", Bytes(10), null, default);

        await Assert.ThrowsAsync<IOException>(() => vault.WriteAsync(
            "blob",
            async (stream, ct) =>
            {
                await stream.WriteAsync(Bytes(100_000), ct);
                throw new IOException("the source broke");
            },
            null,
            default));

        Assert.Equal(Bytes(10), (await vault.FindAsync("blob", default))!.Value.Content);
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadAsync(Vault vault, string name)
    {
        await using var read = await vault.OpenReadAsync(name, null, default);
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy);
        return copy.ToArray();
    }

    private Vault VaultWith(string keys) => new(Container, VaultKeyRing.Parse(keys));
}
