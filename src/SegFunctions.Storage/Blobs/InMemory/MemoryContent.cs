namespace SegFunctions.Storage.Blobs.InMemory;

/// <summary>The immutable content of one version of a blob, in chunks so that large ones need no single large array.</summary>
internal sealed class MemoryContent(ReadOnlyMemory<byte>[] chunks)
{
    public ReadOnlyMemory<byte>[] Chunks => chunks;

    public long Length { get; } = chunks.Sum(chunk => (long)chunk.Length);

    public static MemoryContent Of(ReadOnlySpan<byte> content) =>
        new(content.IsEmpty ? [] : [content.ToArray()]);

    public byte[] ToArray()
    {
        var all = new byte[Length];
        var rest = all.AsSpan();
        foreach (var chunk in chunks)
        {
            chunk.Span.CopyTo(rest);
            rest = rest[chunk.Length..];
        }

        return all;
    }
}
