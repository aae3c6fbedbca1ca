using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

/// <summary>What the lake promises, on every blob store.</summary>
public abstract class LakeContract
{
    private static readonly string Source = Convert.ToHexStringLower(SHA256.HashData("source"u8));
    private BlobContainer? _container;
    private Lake? _lake;

    private protected abstract StorageAccount Account { get; }

    /// <summary>A clock that begins where the store's stands.</summary>
    private protected abstract ManualTimeProvider Time { get; }

    private BlobContainer Container => _container ??= Account.Blobs.GetContainer($"lake{Guid.NewGuid():N}");

    private Lake Lake => _lake ??= new Lake(Container, Time);

    [Fact]
    public async Task Committed_upload_reads_as_it_was_written()
    {
        foreach (var codec in new[] { LakeCodec.Zstandard, LakeCodec.Gzip, LakeCodec.None })
        {
            var upload = Lake.Begin(Some("orders", codec.Name) with { Partitions = 4, Codec = codec });
            await Task.WhenAll(Enumerable.Range(0, 3).Select(partition => upload.WritePartAsync(partition, Rows($"row {partition}\n", 1000 + partition), default)));
            await upload.WriteAuxiliaryAsync("hashes-001.bin", (stream, ct) => stream.WriteAsync(new byte[] { 1, 2, 3 }, ct).AsTask(), default);
            using var properties = JsonDocument.Parse("""{"refused":3,"file":"orders.csv"}""");
            var committed = await upload.CommitAsync(Source, properties.RootElement, default);

            var manifest = await Lake.FindAsync("orders", codec.Name, default);

            Assert.Equivalent(committed with { Properties = default }, manifest! with { Properties = default }, strict: true);
            Assert.Equal(("orders", codec.Name, 7, 4, codec.Name, "csv"), (manifest.Dataset, manifest.UploadId, (int)manifest.Sequence, manifest.Partitions, manifest.Codec, manifest.Format));
            Assert.Equal((3003, Source, Time.GetUtcNow()), ((int)manifest.Rows, manifest.SourceSha256, manifest.CreatedAt));
            Assert.Equal(3, manifest.Properties.GetProperty("refused").GetInt32());
            Assert.Equal([0, 1, 2], manifest.Parts.Select(part => part.Partition));
            foreach (var part in manifest.Parts)
            {
                var content = await ReadAsync(await Lake.OpenPartAsync(manifest, part, default));
                Assert.Equal(string.Concat(Enumerable.Repeat($"row {part.Partition}\n", 1000 + part.Partition)), Encoding.UTF8.GetString(content));
                var stored = (await Container.FindContentAsync(part.Blob, default))!.Value.Content;
                Assert.Equal((content.Length, stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored))), ((int)part.UncompressedBytes, (int)part.Bytes, part.Sha256));
            }

            Assert.Equal([1, 2, 3], await ReadAsync((await Lake.OpenAuxiliaryAsync(manifest, "hashes-001.bin", default))!));
            Assert.Null(await Lake.OpenAuxiliaryAsync(manifest, "hashes-002.bin", default));
        }
    }

    [Fact]
    public async Task Names_in_the_container_tell_dataset_upload_and_partition()
    {
        var upload = Lake.Begin(Some("orders", "u1") with { Partitions = 16, Format = "ndjson" });
        await upload.WritePartAsync(3, Rows("{}\n", 1), default);
        await upload.CommitAsync(Source, null, default);

        var names = await NamesAsync();

        Assert.Equal("orders/u1/manifest.json", names[0]);
        Assert.Matches("^orders/u1/part-003-of-016\\.[0-9a-f]{8}\\.ndjson\\.zst$", names[1]);
    }

    [Fact]
    public async Task New_uploads_are_packed_with_zstandard_and_begin_with_its_magic_number()
    {
        var upload = Lake.Begin(Some());
        var part = await upload.WritePartAsync(0, Rows("a,b\n", 10), default);

        Assert.EndsWith(".zst", part.Blob, StringComparison.Ordinal);
        Assert.Equal([0x28, 0xB5, 0x2F, 0xFD], (await Container.FindContentAsync(part.Blob, default))!.Value.Content[..4]);
    }

    [Fact]
    public async Task Parts_of_any_length_read_as_they_were_written()
    {
        var random = new Random(9);
        foreach (var length in new[] { 0, 1, 100, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20 })
        {
            var content = new byte[length];
            random.NextBytes(content);
            Array.Clear(content, 0, length / 2);
            var upload = Lake.Begin(Some(uploadId: $"u{length}"));
            await upload.WritePartAsync(
                0,
                async (stream, ct) =>
                {
                    for (var start = 0; start < length; start += 70_001)
                        await stream.WriteAsync(content.AsMemory(start, Math.Min(70_001, length - start)), ct);
                    return 1;
                },
                default);
            var manifest = await upload.CommitAsync(Source, null, default);
            Assert.Equal(content, await ReadAsync(await Lake.OpenPartAsync(manifest, manifest.Parts[0], default)));
        }
    }

    [Fact]
    public async Task A_damaged_or_cut_part_is_noticed()
    {
        foreach (var codec in new[] { LakeCodec.Zstandard, LakeCodec.Gzip })
        {
            var manifest = await CommitAsync(Some(uploadId: codec.Name) with { Codec = codec }, string.Concat(Enumerable.Range(0, 5000).Select(row => $"row {row * 7919 % 10007}\n")));
            var part = manifest.Parts[0];
            var stored = (await Container.FindContentAsync(part.Blob, default))!.Value.Content;
            var damaged = stored.ToArray();
            damaged[stored.Length / 2] ^= 0x55;
            foreach (var content in new[] { damaged, stored[..(stored.Length / 2)] })
            {
                await Container.WriteAsync(part.Blob, content, null, default);
                await using var read = await Lake.OpenPartAsync(manifest, part, default);
                var fault = await Assert.ThrowsAnyAsync<Exception>(() => read.CopyToAsync(Stream.Null));
                Assert.True(fault is InvalidDataException or LakeContentException, fault.ToString());
            }
        }
    }

    [Fact]
    public async Task Gzip_parts_open_with_any_tool()
    {
        var upload = Lake.Begin(Some() with { Codec = LakeCodec.Gzip });
        var part = await upload.WritePartAsync(0, Rows("a,b\n", 10), default);

        var stored = await Container.FindContentAsync(part.Blob, default);
        await using var plain = new GZipStream(new MemoryStream(stored!.Value.Content), CompressionMode.Decompress);

        Assert.Equal(40, (await ReadAsync(plain)).Length);
    }

    [Fact]
    public async Task Revised_part_keeps_the_codec_of_its_upload()
    {
        var upload = Lake.Begin(Some() with { Codec = LakeCodec.Gzip });
        await upload.WritePartAsync(0, Rows("row\n", 5), default);
        await upload.CommitAsync(Source, null, default);

        var (standing, revision) = (await Lake.ReviseAsync("orders", "u1", default))!.Value;
        await revision.WritePartAsync(0, Rows("row\n", 4), default);
        var revised = await revision.CommitAsync(standing.Properties, default);

        Assert.Equal(LakeCodec.Gzip.Name, revised.Codec);
        var stored = (await Container.FindContentAsync(Assert.Single(revised.Parts).Blob, default))!.Value.Content;
        await using var plain = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        Assert.Equal(16, (await ReadAsync(plain)).Length);
        Assert.Equal(16, (await ReadAsync(await Lake.OpenPartAsync(revised, revised.Parts[0], default))).Length);
    }

    [Fact]
    public async Task Upload_is_not_there_before_its_commit()
    {
        var upload = Lake.Begin(Some());
        await upload.WritePartAsync(0, Rows("row\n", 5), default);

        Assert.Null(await Lake.FindAsync("orders", "u1", default));
        Assert.Empty(await Lake.ListAsync("orders", default));

        await upload.CommitAsync(Source, null, default);
        Assert.Single(await Lake.ListAsync("orders", default));
    }

    [Fact]
    public async Task Part_whose_writer_fails_can_be_written_again()
    {
        var upload = Lake.Begin(Some());
        await Assert.ThrowsAsync<IOException>(() => upload.WritePartAsync(0, (_, _) => throw new IOException("the source broke"), default));
        await upload.WritePartAsync(0, Rows("row\n", 5), default);

        Assert.Equal(5, (await upload.CommitAsync(Source, null, default)).Rows);
        await Assert.ThrowsAsync<InvalidOperationException>(() => upload.WritePartAsync(0, Rows("row\n", 5), default));
    }

    [Fact]
    public async Task Same_upload_committed_twice_counts_once_and_leaves_nothing_behind()
    {
        var first = await CommitAsync(Some(), "row\n");
        var before = await NamesAsync();

        var second = await CommitAsync(Some() with { Sequence = 99 }, "row\n");

        Assert.Equivalent(first with { Properties = default }, second with { Properties = default }, strict: true);
        Assert.Equal(before, await NamesAsync());
        Assert.Equal("row\n"u8.ToArray(), await ReadAsync(await Lake.OpenPartAsync(second, second.Parts[0], default)));
    }

    [Fact]
    public async Task Commit_repeated_by_the_same_attempt_keeps_its_parts()
    {
        var upload = Lake.Begin(Some());
        await upload.WritePartAsync(0, Rows("row\n", 1), default);
        await upload.CommitAsync(Source, null, default);

        var manifest = await upload.CommitAsync(Source, null, default);

        Assert.Equal("row\n"u8.ToArray(), await ReadAsync(await Lake.OpenPartAsync(manifest, manifest.Parts[0], default)));
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_refused_and_changes_nothing()
    {
        var first = await CommitAsync(Some(), "row\n");
        var before = await NamesAsync();

        foreach (var (options, row) in new[] { (Some(), "wor\n"), (Some(), "row!\n"), (Some() with { Format = "ndjson" }, "row\n"), (Some() with { Partitions = 2 }, "row\n") })
            await Assert.ThrowsAsync<LakeConflictException>(() => CommitAsync(options, row));
        var other = Lake.Begin(Some());
        await other.WritePartAsync(0, Rows("row\n", 1), default);
        var refused = await Assert.ThrowsAsync<LakeConflictException>(() => other.CommitAsync(new string('a', 64), null, default));

        Assert.Contains("hash", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await NamesAsync());
        Assert.Equal("row\n"u8.ToArray(), await ReadAsync(await Lake.OpenPartAsync(first, first.Parts[0], default)));
    }

    [Fact]
    public async Task Of_many_attempts_at_once_one_stands_and_all_succeed()
    {
        var manifests = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CommitAsync(Some(), "row\n")));

        Assert.Single(manifests.Select(manifest => manifest.Parts[0].Blob).Distinct(StringComparer.Ordinal));
        Assert.Equal(2, (await NamesAsync()).Length);
    }

    [Fact]
    public async Task Uploads_are_listed_in_upload_order_and_by_dataset()
    {
        await CommitAsync(Some("orders", "b") with { Sequence = 2 }, "row\n");
        await CommitAsync(Some("orders", "z") with { Sequence = 1 }, "row\n");
        await CommitAsync(Some("orders", "a") with { Sequence = 2 }, "row\n");
        await CommitAsync(Some("orders2", "x") with { Sequence = 1 }, "row\n");

        Assert.Equal(["z", "a", "b"], (await Lake.ListAsync("orders", default)).Select(manifest => manifest.UploadId));
        Assert.Empty(await Lake.ListAsync("events", default));
    }

    [Fact]
    public async Task Deleted_upload_is_gone_with_all_its_blobs_and_its_id_is_free_again()
    {
        await CommitAsync(Some("orders", "other"), "row\n");
        var deleted = await CommitAsync(Some(), "row\n");

        Assert.True(await Lake.DeleteAsync("orders", "u1", default));
        Assert.False(await Lake.DeleteAsync("orders", "u1", default));

        Assert.Null(await Lake.FindAsync("orders", "u1", default));
        await Assert.ThrowsAsync<BlobMissingException>(() => Lake.OpenPartAsync(deleted, deleted.Parts[0], default));
        Assert.All(await NamesAsync(), name => Assert.StartsWith("orders/other/", name, StringComparison.Ordinal));
        await CommitAsync(Some(), "other row\n");
    }

    [Fact]
    public async Task Sweep_takes_old_blobs_that_no_manifest_names_and_nothing_else()
    {
        var standing = await CommitAsync(Some("orders", "standing"), "row\n");
        await Container.WriteAsync("orders/standing/part-000-of-001.deadbeef.csv.gz", "x"u8.ToArray(), null, default);
        await Lake.Begin(Some("orders", "abandoned")).WritePartAsync(0, Rows("row\n", 1), default);
        await Container.WriteAsync("readme.txt", "not in an upload"u8.ToArray(), null, default);

        Assert.Equal(0, await Lake.SweepAsync(TimeSpan.FromDays(1), default));
        Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, await Lake.SweepAsync(TimeSpan.FromDays(1), default));

        Assert.Equal(["orders/standing/manifest.json", standing.Parts[0].Blob, "readme.txt"], await NamesAsync());
    }

    [Fact]
    public async Task Attempt_whose_blobs_were_swept_away_cannot_be_committed()
    {
        var upload = Lake.Begin(Some());
        await upload.WritePartAsync(0, Rows("row\n", 1), default);
        Time.Advance(TimeSpan.FromDays(2));
        await Lake.SweepAsync(TimeSpan.FromDays(1), default);

        await Assert.ThrowsAsync<LakeContentException>(() => upload.CommitAsync(Source, null, default));
        Assert.Null(await Lake.FindAsync("orders", "u1", default));
    }

    [Fact]
    public async Task Part_that_is_not_as_long_as_its_manifest_says_is_noticed()
    {
        var manifest = await CommitAsync(Some() with { Codec = LakeCodec.None }, "row\n");
        foreach (var content in new[] { "ro", "row\nrow\n" })
        {
            await Container.WriteAsync(manifest.Parts[0].Blob, Encoding.UTF8.GetBytes(content), null, default);
            await using var read = await Lake.OpenPartAsync(manifest, manifest.Parts[0], default);
            await Assert.ThrowsAsync<LakeContentException>(() => read.CopyToAsync(Stream.Null));
        }
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "update the program")]
    [InlineData("\"version\": 1,", "", "no version")]
    [InlineData("\"version\": 1", "\"version\": 1, \"surprise\": 1", "surprise")]
    [InlineData("\"codec\": \"zstd\"", "\"codec\": \"lzma\"", "'lzma'")]
    [InlineData("\"codec\": \"zstd\",", "", "codec")]
    [InlineData("\"codec\": \"zstd\"", "\"codec\": null", "codec")]
    [InlineData("\"partitions\": 1", "\"partitions\": 3", "3 partitions")]
    [InlineData("\"rows\": 1", "\"rows\": 2", "rows")]
    [InlineData("\"partition\": 0", "\"partition\": 5", "out of range")]
    [InlineData("\"uploadId\": \"u1\"", "\"uploadId\": \"u2\"", "does not lie")]
    [InlineData("\"blob\": \"orders/u1/", "\"blob\": \"orders/u2/", "outside")]
    [InlineData("\"properties\": {}", "\"properties\": []", "properties")]
    [InlineData("{", "", "JSON")]
    public async Task Manifest_with_a_fault_is_refused_with_its_name_and_the_fault(string original, string replacement, string expected)
    {
        await CommitAsync(Some(), "row\n");
        var text = Encoding.UTF8.GetString((await Container.FindContentAsync("orders/u1/manifest.json", default))!.Value.Content);
        var at = text.IndexOf(original, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        await Container.WriteAsync(
            "orders/u1/manifest.json", Encoding.UTF8.GetBytes(text[..at] + replacement + text[(at + original.Length)..]), null, default);

        var refused = await Assert.ThrowsAsync<LakeManifestException>(() => Lake.FindAsync("orders", "u1", default));

        Assert.Contains("orders/u1/manifest.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_numbers_that_would_not_fit_are_refused_at_once()
    {
        foreach (var name in new[] { "", "a/b", "..", ".a", "a b", "größe", new string('a', 101) })
        {
            Assert.Throws<ArgumentException>(() => Lake.Begin(Some(uploadId: name)));
            Assert.Throws<ArgumentException>(() => Lake.Begin(Some(dataset: name)));
            Assert.Throws<ArgumentException>(() => Lake.Begin(Some() with { Format = name }));
        }

        foreach (var partitions in new[] { 0, 3, 257, 512, -1 })
            Assert.Throws<ArgumentOutOfRangeException>(() => Lake.Begin(Some() with { Partitions = partitions }));
        var upload = Lake.Begin(Some() with { Partitions = 2 });
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => upload.WritePartAsync(2, Rows("row\n", 1), default));
        await Assert.ThrowsAsync<ArgumentException>(() => upload.CommitAsync("ABC", null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => upload.CommitAsync(Source, JsonSerializer.SerializeToElement(3), default));
    }

    private static LakeUploadOptions Some(string dataset = "orders", string uploadId = "u1") =>
        new() { Dataset = dataset, UploadId = uploadId, Sequence = 7, Format = "csv" };

    private static Func<Stream, CancellationToken, Task<long>> Rows(string row, int count) => async (stream, ct) =>
    {
        var bytes = Encoding.UTF8.GetBytes(row);
        for (var index = 0; index < count; index++)
            await stream.WriteAsync(bytes, ct);
        return count;
    };

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    private async Task<LakeManifest> CommitAsync(LakeUploadOptions options, string row)
    {
        var upload = Lake.Begin(options);
        await upload.WritePartAsync(0, Rows(row, 1), default);
        return await upload.CommitAsync(Source, null, default);
    }

    private async Task<string[]> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var entry in Container.ListAsync("", default))
            names.Add(entry.Name);
        return [.. names];
    }
}
