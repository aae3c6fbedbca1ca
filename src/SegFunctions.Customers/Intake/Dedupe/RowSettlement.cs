using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Reading;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Settles which of the accepted rows are new, and writes those.</summary>
internal sealed class RowSettlement
{
    private readonly IntakeOptions _options;
    private readonly FilePass _pass;
    private readonly RowHash _hash;
    private readonly CanonicalLayout _layout;
    private readonly CanonicalLayout _identifiers;
    private readonly RowFlags[] _duplicates = new RowFlags[RowIndexFormat.Buckets];
    private readonly long[] _bytes = new long[RowIndexFormat.Buckets];
    private readonly long[] _rowsBefore = new long[RowIndexFormat.Buckets + 1];
    private readonly long[] _kinds = new long[3];
    private readonly SpillList _index;

    public RowSettlement(IntakeOptions options, FilePass pass, RowHash hash)
    {
        (_options, _pass, _hash) = (options, pass, hash);
        _layout = CanonicalLayout.Of(pass.Plan.Dataset, pass.Attributes.All);
        _identifiers = CanonicalLayout.OfIdentifiers(pass.Plan.Dataset, pass.SealedAttributes.All);
        _index = pass.Store.NewList();
        Contacts = NewContacts();
    }

    public long Accepted => _rowsBefore[^1];

    public long Duplicates { get; private set; }

    /// <summary>Distinct keys of accepted rows.</summary>
    public long Customers { get; private set; }

    /// <summary>Accepted rows of orders that are a purchase, a return, free.</summary>
    public IReadOnlyList<long> Kinds => _kinds;

    /// <summary>What rows of one customer tell when they lie side by side.</summary>
    public ContactSurvey Contacts { get; }

    /// <summary>A power of two, 1 to 256; 0 without accepted rows.</summary>
    public int Partitions { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Finds the duplicates; several buckets at a time, and with the same outcome as one after the other.</summary>
    public async Task SettleAsync(IReadOnlyList<EarlierUpload> lake, CancellationToken cancellationToken)
    {
        var earlier = lake.Select(upload => new EarlierRows(upload, _layout, _hash)).ToList();
        var searches = new ConcurrentBag<DuplicateSearch>();
        var surveys = new ConcurrentBag<BucketSurvey>();
        var inFlight = new Queue<Task<SettledBucket>>();
        try
        {
            var turn = Task.CompletedTask;
            for (var bucket = 0; bucket < RowIndexFormat.Buckets; bucket++)
            {
                var (at, before, mine) = (bucket, turn, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                turn = mine.Task;
                inFlight.Enqueue(Task.Run(() => SettleBucketAsync(at, earlier, before, mine, searches, surveys, cancellationToken), CancellationToken.None));
                if (inFlight.Count > _options.Workers)
                    Keep(await inFlight.Dequeue());
            }

            while (inFlight.Count > 0)
                Keep(await inFlight.Dequeue());
        }
        finally
        {
            // The rows that they read go with the pass, the lake with this method.
            foreach (var task in inFlight)
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var upload in earlier)
                await upload.DisposeAsync();
        }

        foreach (var survey in surveys)
            Add(survey);
        Bytes = _bytes.Sum();
        if (Accepted > 0)
            Partitions = PartitionsFor(Accepted, Bytes, _options);
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
            var rows = _rowsBefore[last] - _rowsBefore[first];
            if (rows > 0)
                parts.Add(new PartCounts(partition, rows, header + _bytes.AsSpan(first, last - first).ToArray().Sum()));
        }

        return parts;
    }

    /// <summary>Writes the canonical rows of a partition. Several partitions may be written at once.</summary>
    public Task WritePartAsync(int partition, Stream stream, CancellationToken cancellationToken) =>
        WriteRowsAsync(partition, new RowWriting(_layout, _pass.Attributes, _pass.Words), stream, cancellationToken);

    /// <summary>Writes the sealed identifiers of a partition's rows. Several partitions may be written at once.</summary>
    public Task WriteIdentifiersAsync(int partition, Stream stream, CancellationToken cancellationToken) =>
        WriteRowsAsync(partition, new SealedWriting(_identifiers, _pass.SealedAttributes), stream, cancellationToken);

    public async Task WriteIndexAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(RowIndexFormat.Header(bucket => _rowsBefore[bucket + 1] - _rowsBefore[bucket]), cancellationToken);
        await _index.WriteToAsync(stream, cancellationToken);
    }

    private async Task WriteRowsAsync(int partition, LineWriting lines, Stream stream, CancellationToken cancellationToken)
    {
        using var writing = lines;
        await stream.WriteAsync(writing.Header, cancellationToken);
        var (first, last) = BucketsOf(partition);
        for (var bucket = first; bucket < last; bucket++)
            await writing.WriteAsync(_pass.Buckets[bucket], _duplicates[bucket], stream, cancellationToken);
    }

    private ContactSurvey NewContacts() => new(_pass.Plan.Dataset, _pass.ReceivedAt);

    private async Task<SettledBucket> SettleBucketAsync(
        int bucket,
        IReadOnlyList<EarlierRows> lake,
        Task before,
        TaskCompletionSource mine,
        ConcurrentBag<DuplicateSearch> searches,
        ConcurrentBag<BucketSurvey> surveys,
        CancellationToken cancellationToken)
    {
        try
        {
            var rows = _pass.Buckets[bucket];
            var search = searches.TryTake(out var idle) ? idle : new DuplicateSearch(_pass.Plan.Identity, _layout.Columns.Count, _pass.Attributes, _pass.Words, _options.DuplicateRowsAtOnce);
            var survey = surveys.TryTake(out var used) ? used : new BucketSurvey(NewContacts(), _layout, _pass.Words);
            var duplicates = await search.RunAsync(bucket, rows, lake, before, cancellationToken);
            _duplicates[bucket] = duplicates;
            _bytes[bucket] = survey.See(rows, duplicates);
            var kept = ArrayPool<ulong>.Shared.Rent(search.Kept.Length);
            search.Kept.CopyTo(kept);
            var settled = new SettledBucket(bucket, kept, search.Kept.Length, duplicates.Count);
            searches.Add(search);
            surveys.Add(survey);
            return settled;
        }
        finally
        {
            // Buckets that settle faster than the one before them wait for it all the same.
            await before;
            mine.SetResult();
        }
    }

    /// <summary>Takes a bucket's outcome over: its hashes follow those of the buckets before it.</summary>
    private void Keep(SettledBucket settled)
    {
        _rowsBefore[settled.Bucket + 1] = _rowsBefore[settled.Bucket] + settled.Rows;
        Duplicates += settled.Duplicates;
        var hashes = settled.Hashes.AsSpan(0, settled.Rows);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(hashes, hashes);
        _index.Add(MemoryMarshal.AsBytes(hashes));
        ArrayPool<ulong>.Shared.Return(settled.Hashes);
    }

    private void Add(BucketSurvey survey)
    {
        Customers += survey.Customers;
        Contacts.Merge(survey.Contacts);
        for (var kind = 0; kind < _kinds.Length; kind++)
            _kinds[kind] += survey.Kinds[kind];
    }

    private (int First, int Last) BucketsOf(int partition) =>
        (partition * RowIndexFormat.Buckets / Partitions, (partition + 1) * RowIndexFormat.Buckets / Partitions);

    /// <param name="Hashes">Of the rows that stay, in order, from the pool; there may be room behind them.</param>
    private readonly record struct SettledBucket(int Bucket, ulong[] Hashes, int Rows, long Duplicates);
}
