using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Reading;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Settles which of the accepted rows are new, and writes those.</summary>
internal sealed class RowSettlement(IntakeOptions options, FilePass pass, RowHash hash)
{
    private readonly CanonicalLayout _layout = CanonicalLayout.Of(pass.Plan.Dataset, pass.Attributes.All);
    private readonly CanonicalLayout _identifiers = CanonicalLayout.OfIdentifiers(pass.Plan.Dataset, pass.SealedAttributes.All);
    private readonly RowFlags?[] _duplicates = new RowFlags?[RowIndexFormat.Buckets];
    private readonly long[] _bytes = new long[RowIndexFormat.Buckets];
    private readonly SpillList _index = pass.Store.NewList();
    private readonly long[] _hashes = new long[RowIndexFormat.Buckets + 1];
    private readonly long[] _kinds = new long[3];
    private readonly ContactSurvey _contacts = new(pass.Plan.Dataset, pass.ReceivedAt);
    private byte[] _buffer = [];

    public long Accepted { get; private set; }

    public long Duplicates { get; private set; }

    /// <summary>Distinct keys of accepted rows.</summary>
    public long Customers { get; private set; }

    /// <summary>Accepted rows of orders that are a purchase, a return, free.</summary>
    public IReadOnlyList<long> Kinds => _kinds;

    /// <summary>What rows of one customer tell when they lie side by side.</summary>
    public ContactSurvey Contacts => _contacts;

    /// <summary>A power of two, 1 to 256; 0 without accepted rows.</summary>
    public int Partitions { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Finds the duplicates, bucket by bucket.</summary>
    public async Task SettleAsync(IReadOnlyList<EarlierUpload> lake, CancellationToken cancellationToken)
    {
        var earlier = lake.Select(upload => new EarlierRows(upload, _layout, hash)).ToList();
        try
        {
            var search = new DuplicateSearch(pass.Plan.Identity, earlier, pass.Attributes, options.DuplicateRowsAtOnce);
            for (var bucket = 0; bucket < RowIndexFormat.Buckets; bucket++)
            {
                var rows = pass.Buckets[bucket];
                var duplicates = await search.RunAsync(bucket, rows, cancellationToken);
                _duplicates[bucket] = duplicates;
                Accepted += rows.Count - duplicates.Count;
                Duplicates += duplicates.Count;
                Survey(bucket, rows, duplicates);
                _hashes[bucket + 1] = _hashes[bucket] + rows.Count - duplicates.Count;
            }
        }
        finally
        {
            foreach (var upload in earlier)
                await upload.DisposeAsync();
        }

        Bytes = _bytes.Sum();
        if (Accepted > 0)
            Partitions = PartitionsFor(Accepted, Bytes, options);
    }

    /// <summary>The most partitions, up to 256, of which the average one still is worth having by its rows or its bytes.</summary>
    internal static int PartitionsFor(long rows, long bytes, IntakeOptions options)
    {
        var worth = Math.Max(rows / options.PartitionRows, bytes / options.PartitionBytes);
        return 1 << BitOperations.Log2((ulong)Math.Clamp(worth, 1, RowIndexFormat.Buckets));
    }

    /// <summary>Rows and bytes of each partition that has rows.</summary>
    public IReadOnlyList<PartCounts> Parts()
    {
        var header = _layout.HeaderLine().Length;
        var parts = new List<PartCounts>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (first, last) = BucketsOf(partition);
            var rows = _hashes[last] - _hashes[first];
            if (rows > 0)
                parts.Add(new PartCounts(partition, rows, header + _bytes.AsSpan(first, last - first).ToArray().Sum()));
        }

        return parts;
    }

    public Task WritePartAsync(int partition, Stream stream, CancellationToken cancellationToken) =>
        WriteRowsAsync(partition, stream, _layout, pass.Attributes, static row => new RowParts(row.Columns, row.Attributes), cancellationToken);

    public Task WriteIdentifiersAsync(int partition, Stream stream, CancellationToken cancellationToken) =>
        WriteRowsAsync(partition, stream, _identifiers, pass.SealedAttributes, static row => new RowParts(row.SealedColumns, row.SealedAttributes), cancellationToken);

    public async Task WriteIndexAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(RowIndexFormat.Header(bucket => _hashes[bucket + 1] - _hashes[bucket]), cancellationToken);
        await WriteListAsync(_index, stream, cancellationToken);
    }

    public static async Task WriteListAsync(SpillList list, Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = [];
        for (var chunk = 0; chunk < list.Chunks; chunk++)
            await stream.WriteAsync(list.Chunk(chunk, ref buffer), cancellationToken);
    }

    private delegate RowParts PartsOf(SpilledRow row);

    private async Task WriteRowsAsync(int partition, Stream stream, CanonicalLayout layout, AttributeNames names, PartsOf partsOf, CancellationToken cancellationToken)
    {
        var ranks = RanksOf(layout, names);
        await stream.WriteAsync(layout.HeaderLine(), cancellationToken);
        var lines = new ByteWriter(1 << 19);
        byte[] buffer = [];
        var (first, last) = BucketsOf(partition);
        for (var bucket = first; bucket < last; bucket++)
        {
            var rows = pass.Buckets[bucket];
            long ordinal = 0;
            for (var chunk = 0; chunk < rows.Chunks; chunk++)
            {
                lines.Clear();
                ordinal = AppendLines(rows.Chunk(chunk, ref buffer).Span, ordinal, _duplicates[bucket]!, ranks, partsOf, lines);
                await stream.WriteAsync(lines.WrittenMemory, cancellationToken);
            }
        }
    }

    private static long AppendLines(ReadOnlySpan<byte> rows, long ordinal, RowFlags duplicates, int[] ranks, PartsOf partsOf, ByteWriter lines)
    {
        while (rows.Length > 0)
        {
            var row = SpilledRow.At(rows);
            if (!duplicates[ordinal++])
            {
                var parts = partsOf(row);
                lines.Add(parts.Columns);
                WriteAttributes(parts.Attributes, ranks, lines);
                lines.Add((byte)'\n');
            }

            rows = rows[row.Length..];
        }

        return ordinal;
    }

    /// <summary>Spilled attributes stand in the order of their names, as the layout's do; only those without value are missing.</summary>
    private static void WriteAttributes(ReadOnlySpan<byte> attributes, int[] ranks, ByteWriter lines)
    {
        var rank = 0;
        while (attributes.Length > 0)
        {
            var text = AttributeNames.Next(ref attributes, out var number);
            for (; rank <= ranks[number]; rank++)
                lines.Add((byte)',');
            lines.Add(text);
        }

        for (; rank < ranks.Length; rank++)
            lines.Add((byte)',');
    }

    private static int[] RanksOf(CanonicalLayout layout, AttributeNames names)
    {
        var ranks = new int[names.Count];
        for (var number = 0; number < ranks.Length; number++)
        {
            for (var rank = 0; rank < ranks.Length; rank++)
            {
                if (layout.Attributes[rank] == names[number])
                    ranks[number] = rank;
            }
        }

        return ranks;
    }

    /// <summary>Counts what the report and the partitions need, and keeps the hashes of the rows that stay.</summary>
    private void Survey(int bucket, SpillList rows, RowFlags duplicates)
    {
        var kept = new ulong[rows.Count - duplicates.Count];
        if (kept.Length == 0)
            return;
        var attributes = pass.Attributes.Count;
        var isOrders = pass.Plan.Dataset == Datasets.DatasetCatalog.Orders;
        var customers = new HashSet<CustomerKey>();
        var last = default(CustomerKey);
        long ordinal = 0;
        var count = 0;
        for (var chunk = 0; chunk < rows.Chunks; chunk++)
        {
            var bytes = rows.Chunk(chunk, ref _buffer).Span;
            while (bytes.Length > 0)
            {
                var row = SpilledRow.At(bytes);
                bytes = bytes[row.Length..];
                if (duplicates[ordinal++])
                    continue;
                kept[count++] = row.Hash;
                _bytes[bucket] += row.Columns.Length + attributes + TextsLength(row.Attributes) + 1;
                if (isOrders)
                    CountKind(row.Columns);
                else if (_contacts.IsNeeded)
                    _contacts.See(row.Columns);
                if (row.Columns[0] != ',' && CustomerKey.TryParse(row.Columns[..CustomerKey.TextLength], out var customer) && (customers.Count == 0 || customer != last))
                {
                    customers.Add(customer);
                    last = customer;
                }
            }
        }

        _contacts.EndBucket();
        Customers += customers.Count;
        kept.AsSpan().Sort();
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(kept, kept);
        const int HashesAtOnce = 1 << 15;
        for (var start = 0; start < kept.Length; start += HashesAtOnce)
            _index.Add(MemoryMarshal.AsBytes(kept.AsSpan(start, Math.Min(HashesAtOnce, kept.Length - start))));
    }

    private static int TextsLength(ReadOnlySpan<byte> attributes)
    {
        var length = 0;
        while (attributes.Length > 0)
            length += AttributeNames.Next(ref attributes, out _).Length;
        return length;
    }

    // The kind is the last column of orders and never quoted.
    private void CountKind(ReadOnlySpan<byte> columns) => _kinds[columns[^1] switch
    {
        (byte)'n' => (int)Features.OrderLineKind.Return,
        _ when columns.EndsWith("free"u8) => (int)Features.OrderLineKind.Free,
        _ => (int)Features.OrderLineKind.Purchase,
    }]++;

    private (int First, int Last) BucketsOf(int partition) =>
        (partition * RowIndexFormat.Buckets / Partitions, (partition + 1) * RowIndexFormat.Buckets / Partitions);

    private readonly ref struct RowParts(ReadOnlySpan<byte> columns, ReadOnlySpan<byte> attributes)
    {
        public ReadOnlySpan<byte> Columns { get; } = columns;

        public ReadOnlySpan<byte> Attributes { get; } = attributes;
    }
}
