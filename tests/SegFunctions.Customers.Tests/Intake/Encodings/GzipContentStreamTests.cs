using System.IO.Compression;
using System.Text;
using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Encodings;

public sealed class GzipContentStreamTests
{
    private static readonly byte[] Content = MakeContent();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Content_comes_back_whatever_the_reads(int size)
    {
        foreach (var level in (CompressionLevel[])[CompressionLevel.Fastest, CompressionLevel.SmallestSize, CompressionLevel.NoCompression])
            Assert.Equal(Content, await Read(Zip(Content, level), size));
    }

    [Fact]
    public async Task A_cut_is_noticed_wherever_it_falls()
    {
        var zipped = Zip(Content);
        for (var length = 0; length < zipped.Length; length += length < 40 || length > zipped.Length - 40 ? 1 : 997)
        {
            var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Read(zipped[..length]));
            Assert.Contains($"cut off: it ends after {length} bytes", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cut_is_noticed_in_a_later_member()
    {
        byte[] two = [.. Zip("a,b\n"u8.ToArray()), .. Zip(Content)];
        foreach (var cut in (int[])[1, 4, 8, 9, 1000])
            await Assert.ThrowsAsync<UnreadableFileException>(() => Read(two[..^cut]));
    }

    [Fact]
    public async Task Members_follow_each_other_and_zeros_may_follow_them()
    {
        byte[] three = [.. Zip("one "u8.ToArray()), .. Zip([]), .. Zip(Content), 0, 0, 0];
        byte[] expected = [.. "one "u8, .. Content];
        Assert.Equal(expected, await Read(three));
        Assert.Equal(expected, await Read(three, 1));
    }

    [Fact]
    public async Task Damage_is_noticed()
    {
        var zipped = Zip(Content);
        foreach (var at in (int[])[20, zipped.Length / 2, zipped.Length - 7, zipped.Length - 2])
        {
            var damaged = zipped.ToArray();
            damaged[at] ^= 0x55;
            await Assert.ThrowsAsync<UnreadableFileException>(() => Read(damaged));
        }
    }

    [Fact]
    public async Task What_follows_the_last_member_is_not_ignored()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Read([.. Zip("a"u8.ToArray()), .. "something else"u8]));
        Assert.Contains("no gzip data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_comments_and_extra_fields_of_the_header_are_skipped()
    {
        var body = Zip(Content)[10..];
        byte[] header = [0x1F, 0x8B, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, .. "orders.csv\0"u8, .. "a comment\0"u8, 9, 9];
        Assert.Equal(Content, await Read([.. header, .. body]));
        Assert.Equal(Content, await Read([.. header, .. body], 1));
    }

    [Fact]
    public void The_check_sum_is_that_of_gzip()
    {
        // The check value of CRC-32/ISO-HDLC (RevEng catalogue) and of any split.
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "12"u8), "3456789"u8));
    }

    internal static byte[] Zip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, level, leaveOpen: true))
        {
            gzip.Write(content);
            if (content.Length == 0)
                gzip.Flush();
        }

        // .NET writes nothing at all for empty content; this is what gzip writes.
        return zipped.Length > 0 ? zipped.ToArray() : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static async Task<byte[]> Read(byte[] zipped, int size = int.MaxValue)
    {
        await using var stream = new GzipContentStream(new DribblingStream(zipped, _ => size), new ContentLimits());
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    private static byte[] MakeContent()
    {
        var random = new Random(3);
        var text = new StringBuilder();
        for (var row = 0; row < 8000; row++)
            text.Append(row).Append(',').Append(random.Next()).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
