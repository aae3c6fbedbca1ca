using System.IO.Compression;
using System.Text;
using SegFunctions.Customers.Tests.Intake.Archives;
using SegFunctions.Customers.Tests.Intake.Encodings;

namespace SegFunctions.Customers.Tests.Intake.Fuzzing;

/// <summary>Makes sound files unsound: on the outside, and inside of what packs them.</summary>
internal sealed class FileMutator(Random random)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\"", "\"\"", "\n", "\r\n", "\r", ",", ";", "\t", "|", "{", "}", "[", "]", "[{", "\\", "\\u0000", "\\ud800", ":", "null", "NaN", "-", "1e400", "99999999999999999999", "0000-00-00", "31/02/2024",
            "\0", "\uFEFF", "\u00A0", "é", "Ã©", "😀", "PK\u0003\u0004", "PK\u0005\u0006", "=cmd|' /C calc'!A0", "<", ">", "</row>", "<row r=\"1048576\">", "<c r=\"XFD1\">", "<c r=\"ZZZZ99999999\">", "s=\"999999\"", "<![CDATA[", "&#x0;", "&amp;",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<mergeCell ref=\"A1:XFD1048576\"/>", "t=\"s\"", "<v>999999999</v>", "..", "%", "€", "EUR",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x1F, 0x8B, 8], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0xFF, 0xFE],
    ];

    /// <summary>A file near one of <see cref="FileSeeds"/>.</summary>
    public (string Name, byte[] Content) Next()
    {
        var (name, content) = FileSeeds.All[random.Next(FileSeeds.All.Count)];
        if (random.Next(16) == 0)
            name = FileSeeds.All[random.Next(FileSeeds.All.Count)].Name;
        return (name, random.Next(3) > 0 && Inside(content) is { } inside ? inside : Mutate(content));
    }

    /// <summary>Packs again what was changed inside; null when nothing is packed.</summary>
    private byte[]? Inside(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            using var plain = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
                gzip.CopyTo(plain);
            return GzipContentStreamTests.Zip(Inside(plain.ToArray()) ?? Mutate(plain.ToArray()));
        }

        if (!content.AsSpan().StartsWith("PK"u8))
            return null;
        using var archive = new ZipArchive(new MemoryStream(content));
        var chosen = random.Next(archive.Entries.Count);
        return Zips.Of([.. archive.Entries.Select((entry, index) =>
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(bytes);
            return (entry.FullName, index == chosen ? Inside(bytes.ToArray()) ?? Mutate(bytes.ToArray()) : bytes.ToArray());
        })]);
    }

    private byte[] Mutate(byte[] content)
    {
        var bytes = new List<byte>(content);
        for (var changes = 1 + random.Next(1 << random.Next(5)); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(1 + random.Next(1 << random.Next(8)), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 4 or 5:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 6 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 7 when random.Next(8) == 0 && bytes.Count < 1 << 16:
                    var token = Tokens[random.Next(Tokens.Length)];
                    bytes.InsertRange(at, Enumerable.Repeat(token, 1 << random.Next(14)).SelectMany(octet => octet));
                    break;
                default:
                    var other = FileSeeds.All[random.Next(FileSeeds.All.Count)].Content;
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 + random.Next(64), other.Length - from)).ToArray());
                    break;
            }
        }

        return [.. bytes];
    }
}
