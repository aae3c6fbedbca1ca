using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Walks through one earlier upload bucket by bucket: first its hashes, then, where they hit, its rows.</summary>
internal sealed class EarlierRows(EarlierUpload upload, CanonicalLayout layout, RowHash hash) : IAsyncDisposable
{
    private readonly int _columns = layout.Columns.Count;
    private RowIndexReader? _index;
    private bool _indexOpened;
    private CanonicalReader? _rows;
    private StoredRow? _row;
    private int _partition = -1;
    private int _bucket = -1;
    private bool _pending;

    /// <summary>Names of the attributes of the part that is being read, without prefix.</summary>
    public string[] AttributeNames { get; private set; } = [];

    /// <summary>The row that is being visited: the dataset's columns as CSV.</summary>
    public ReadOnlySpan<byte> Columns => _row!.Columns;

    /// <summary>An attribute of the row that is being visited, as CSV.</summary>
    public ReadOnlySpan<byte> Attribute(int number) => _row!.Attribute(number);

    /// <summary>Hashes of the bucket's rows, or null where there is no index to tell.</summary>
    public async ValueTask<ulong[]?> HashesAsync(int bucket, CancellationToken cancellationToken)
    {
        if (!_indexOpened)
        {
            _indexOpened = true;
            if (await upload.OpenRowIndexAsync(cancellationToken) is { } stream)
                _index = await RowIndexReader.OpenAsync(stream, cancellationToken);
        }

        return _index is null ? null : await _index.BucketAsync(bucket, cancellationToken);
    }

    /// <summary>
    /// Calls <paramref name="visit"/> for each row of a bucket, in the order they were written. Rising buckets are read in one go; to visit one again the
    /// part is read anew.
    /// </summary>
    public async ValueTask VisitAsync(int bucket, Action<EarlierRows> visit, CancellationToken cancellationToken)
    {
        var partition = bucket * upload.Partitions >> 8;
        if (partition != _partition || bucket <= _bucket)
            await OpenAsync(partition, cancellationToken);
        _bucket = bucket;
        if (_rows is null)
            return;
        while (_pending || await NextAsync(cancellationToken))
        {
            _pending = true;
            var at = BucketOfRow();
            if (at > bucket)
                return;
            _pending = false;
            if (at == bucket)
                visit(this);
        }
    }

    /// <summary>The hash of the row that is being visited, as its own intake computed it.</summary>
    public ulong Hash(RowIdentity identity) => _row!.Hash(identity);

    public async ValueTask DisposeAsync()
    {
        if (_index is not null)
            await _index.DisposeAsync();
        if (_rows is not null)
            await _rows.DisposeAsync();
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (!_rows!.Next())
        {
            if (!await _rows.FillAsync(cancellationToken))
                return false;
        }

        return true;
    }

    private int BucketOfRow()
    {
        var key = _rows!.RawField(0);
        if (key.Length == 0)
            return 0;
        return CustomerKey.TryParse(key, out var customer)
            ? customer.FirstByte
            : throw new InvalidDataException($"{upload.Name}, partition {_partition}: a canonical row has no customer key in its first column.");
    }

    private async ValueTask OpenAsync(int partition, CancellationToken cancellationToken)
    {
        if (_rows is not null)
            await _rows.DisposeAsync();
        _rows = null;
        _partition = partition;
        _pending = false;
        if (await upload.OpenPartAsync(partition, cancellationToken) is not { } stream)
            return;
        _rows = await CanonicalReader.OpenAsync(stream, cancellationToken);
        if (!_rows.Header.Take(_columns).SequenceEqual(layout.Columns, StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"{upload.Name}, partition {partition}: its columns {string.Join(", ", _rows.Header.Take(_columns))} are not {string.Join(", ", layout.Columns)}. Take the upload in again.");
        }

        AttributeNames = [.. _rows.Header.Skip(_columns).Select(name => name[CanonicalLayout.AttributePrefix.Length..])];
        _row = new StoredRow(_rows, _columns, hash);
    }
}
