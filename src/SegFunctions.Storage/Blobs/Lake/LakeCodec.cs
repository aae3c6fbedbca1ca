using System.IO.Compression;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>How the parts of an upload are compressed. A closed set; the manifest carries the name.</summary>
public abstract class LakeCodec
{
    private LakeCodec(string name, string suffix)
    {
        Name = name;
        Suffix = suffix;
    }

    /// <summary>Zstandard (RFC 8878) at level 1, with checksums: what new uploads are packed with, by the measurement in docs/decisions.</summary>
    public static LakeCodec Zstandard { get; } = new ZstandardCodec();

    /// <summary>Gzip at its fastest level: what uploads were packed with before.</summary>
    public static LakeCodec Gzip { get; } = new GzipCodec();

    /// <summary>As it is written.</summary>
    public static LakeCodec None { get; } = new NoCodec();

    // None is last: every name ends as it does.
    private static LakeCodec[] All => [Zstandard, Gzip, None];

    /// <summary>As the manifest spells it.</summary>
    public string Name { get; }

    /// <summary>What the codec adds to a blob's name, its dot included.</summary>
    internal string Suffix { get; }

    public override string ToString() => Name;

    /// <summary>The codec of that name, or null where this program has none.</summary>
    internal static LakeCodec? Find(string name) =>
        All.FirstOrDefault(codec => codec.Name == name);

    /// <summary>What was packed into a blob, told by the blob's name; as it stands there where no codec has that ending.</summary>
    /// <param name="content">Of the blob; it belongs to the stream that is given back.</param>
    public static Stream Unpacked(string blob, Stream content)
    {
        ArgumentNullException.ThrowIfNull(blob);
        return All.First(codec => blob.EndsWith(codec.Suffix, StringComparison.Ordinal)).Decompress(content);
    }

    /// <summary>A stream to write rows to; disposing it finishes the codec and leaves <paramref name="target"/> open.</summary>
    internal abstract Stream Compress(Stream target);

    /// <summary>A stream to read rows from; disposing it disposes <paramref name="source"/>.</summary>
    internal abstract Stream Decompress(Stream source);

    private sealed class ZstandardCodec() : LakeCodec("zstd", ".zst")
    {
        private const int Level = 1;

        internal override Stream Compress(Stream target) => new ZstandardWriteStream(target, Level);

        internal override Stream Decompress(Stream source) => new ZstandardReadStream(source);
    }

    private sealed class GzipCodec() : LakeCodec("gzip", ".gz")
    {
        internal override Stream Compress(Stream target) => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);

        internal override Stream Decompress(Stream source) => new GZipStream(source, CompressionMode.Decompress);
    }

    private sealed class NoCodec() : LakeCodec("none", "")
    {
        internal override Stream Compress(Stream target) => new Streams.MeasuredWriteStream(target);

        internal override Stream Decompress(Stream source) => source;
    }
}
