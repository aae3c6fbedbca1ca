using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake;

/// <summary>Keeps everything an intake writes, and offers it to later intakes as an earlier upload.</summary>
internal sealed class MemoryOutput : IntakeOutput
{
    public SortedDictionary<int, byte[]> Parts { get; } = [];

    public SortedDictionary<int, byte[]> Identifiers { get; } = [];

    public byte[] RowIndex { get; private set; } = [];

    public byte[] Quarantine { get; private set; } = [];

    public int Partitions { get; private set; }

    /// <summary>All canonical rows, without headers.</summary>
    public IReadOnlyList<string> Rows => [.. Parts.Values.SelectMany(part => Lines(part).Skip(1))];

    public string Header => Lines(Parts.First().Value)[0];

    public string QuarantineText => Encoding.UTF8.GetString(Quarantine);

    public IReadOnlyList<string> QuarantineRows => [.. Lines(Quarantine).Skip(1)];

    public IReadOnlyList<string> IdentifierRows => [.. Identifiers.Values.SelectMany(part => Lines(part).Skip(1))];

    /// <summary>One column of all canonical rows; only for rows without quotes.</summary>
    public IReadOnlyList<string> Column(string name)
    {
        var column = Array.IndexOf(Header.Split(','), name);
        Assert.True(column >= 0, $"{name} is no column of {Header}");
        return [.. Rows.Select(row => row.Split(',')[column])];
    }

    public EarlierUpload AsEarlier(bool withIndex = true) => new MemoryUpload(this, withIndex);

    public override async Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var content = await TwiceAsync(write);
        lock (Parts)
        {
            Partitions = partitions;
            Parts.Add(part.Partition, content);
        }
    }

    public override async Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var content = await TwiceAsync(write);
        lock (Identifiers)
            Identifiers.Add(partition, content);
    }

    public override async Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => RowIndex = await TwiceAsync(write);

    public override async Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => Quarantine = await TwiceAsync(write);

    private static string[] Lines(byte[] text) => Encoding.UTF8.GetString(text).TrimEnd('\n').Split('\n');

    // Storage repeats a write that failed; the second attempt must give the same bytes.
    private static async Task<byte[]> TwiceAsync(Func<Stream, CancellationToken, Task> write)
    {
        using var first = new MemoryStream();
        await write(first, CancellationToken.None);
        using var second = new MemoryStream();
        await write(second, CancellationToken.None);
        Assert.True(first.ToArray().AsSpan().SequenceEqual(second.ToArray()));
        return first.ToArray();
    }

    private sealed class MemoryUpload(MemoryOutput output, bool withIndex) : EarlierUpload
    {
        public override string Name => "an earlier upload";

        public override int Partitions => output.Partitions;

        public override ValueTask<Stream?> OpenRowIndexAsync(CancellationToken cancellationToken) =>
            new(withIndex ? new MemoryStream(output.RowIndex) : null);

        public override ValueTask<Stream?> OpenPartAsync(int partition, CancellationToken cancellationToken) =>
            new(output.Parts.TryGetValue(partition, out var part) ? new MemoryStream(part) : null);
    }
}
