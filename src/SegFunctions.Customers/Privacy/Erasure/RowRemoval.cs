using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Privacy.Erasure;

/// <summary>Copies stored rows without those that are to go, and keeps what the upload's manifest and row index need to follow.</summary>
/// <remarks>One instance serves all parts of one upload, one after the other. Memory: 8 bytes for each removed row, 16 for each masked one.</remarks>
/// <param name="dataset">Of the upload; null for sealed identifiers, which have neither hashes nor moments.</param>
/// <param name="masking">What is taken out of rows that stay; null: nothing.</param>
public sealed class RowRemoval(Dataset? dataset, RowMasking? masking = null)
{
    private readonly RowIdentity? _identity = dataset is null ? null : RowIdentity.Of(dataset);
    private readonly int _columns = dataset is null ? 0 : CanonicalLayout.Of(dataset, []).Columns.Count;
    private readonly List<ulong>[] _removed = [.. Enumerable.Range(0, RowIndexFormat.Buckets).Select(_ => new List<ulong>())];
    private readonly List<ulong>[] _added = [.. Enumerable.Range(0, RowIndexFormat.Buckets).Select(_ => new List<ulong>())];

    /// <summary>Rows that went, over all parts.</summary>
    public long Removed { get; private set; }

    /// <summary>Rows that stayed and named the person.</summary>
    public long Masked { get; private set; }

    /// <summary>Moments of the rows that stayed.</summary>
    public MomentSpan Moments { get; } = new();

    /// <summary>Copies a part without the rows that are to go.</summary>
    /// <param name="canonical">Belongs to the method and is disposed.</param>
    /// <returns>Rows that stayed.</returns>
    /// <exception cref="InvalidDataException">It is no canonical file.</exception>
    public async Task<long> CopyAsync(Stream canonical, Stream target, RowChoice goes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(goes);
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        var hashing = _identity is null ? null : new StoredRow(rows, _columns, RowHash.Standard);
        var lines = new ByteWriter(1 << 18);
        WriteHeader(rows, lines);
        long kept = 0;
        while (await rows.FillAsync(cancellationToken))
        {
            kept += Filter(rows, hashing, goes, lines);
            await target.WriteAsync(lines.WrittenMemory, cancellationToken);
            lines.Clear();
        }

        await target.WriteAsync(lines.WrittenMemory, cancellationToken);
        return kept;
    }

    /// <summary>Writes the upload's row index without the rows that went.</summary>
    /// <param name="index">The index that stands; belongs to the method and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no row index, or not the one of these rows.</exception>
    public async Task WriteIndexAsync(Stream index, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        await using var standing = await RowIndexReader.OpenAsync(index, cancellationToken);
        await target.WriteAsync(RowIndexFormat.Header(bucket => standing.CountOf(bucket) - _removed[bucket].Count + _added[bucket].Count), cancellationToken);
        for (var bucket = 0; bucket < RowIndexFormat.Buckets; bucket++)
        {
            var hashes = await standing.BucketAsync(bucket, cancellationToken);
            await target.WriteAsync(RowIndexFormat.Hashes(With(Without(hashes, _removed[bucket], bucket), _added[bucket])), cancellationToken);
        }
    }

    private static ulong[] Without(ulong[] hashes, List<ulong> removed, int bucket)
    {
        if (removed.Count == 0)
            return hashes;
        removed.Sort();
        var left = new List<ulong>(hashes.Length);
        var next = 0;
        foreach (var hash in hashes)
        {
            if (next < removed.Count && removed[next] == hash)
                next++;
            else
                left.Add(hash);
        }

        return next == removed.Count
            ? [.. left]
            : throw new InvalidDataException($"Bucket {bucket} of a row index lacks rows of its upload. Delete the index: intake reads the rows themselves then.");
    }

    private static ulong[] With(ulong[] hashes, List<ulong> added)
    {
        if (added.Count == 0)
            return hashes;
        ulong[] all = [.. hashes, .. added];
        Array.Sort(all);
        return all;
    }

    private static void WriteHeader(CanonicalReader rows, ByteWriter lines)
    {
        for (var column = 0; column < rows.Header.Count; column++)
        {
            if (column > 0)
                lines.Add((byte)',');
            CsvText.Write(lines, System.Text.Encoding.UTF8.GetBytes(rows.Header[column]));
        }

        lines.Add((byte)'\n');
    }

    private long Filter(CanonicalReader rows, StoredRow? hashing, RowChoice goes, ByteWriter lines)
    {
        long kept = 0;
        while (rows.Next())
        {
            if (goes(rows))
            {
                Removed++;
                if (hashing is not null)
                    _removed[BucketOf(rows)].Add(hashing.Hash(_identity!));
                continue;
            }

            kept++;
            if (masking is not null && hashing is not null && masking.IsNeeded(rows))
            {
                Masked++;
                _removed[BucketOf(rows)].Add(hashing.Hash(_identity!));
                _added[BucketOf(rows)].Add(masking.Write(rows, _identity!, lines));
            }
            else
            {
                lines.Add(rows.Row);
                lines.Add((byte)'\n');
            }

            if (hashing is not null)
                Moments.Add(rows);
        }

        return kept;
    }

    private static int BucketOf(CanonicalReader row) => CustomerKey.TryParse(row.RawField(0), out var customer) ? customer.FirstByte : 0;
}
