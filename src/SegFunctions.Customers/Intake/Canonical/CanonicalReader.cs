using System.Buffers;
using System.Text;

namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>Reads a canonical file (<see cref="CanonicalLayout"/>) row by row, without allocation per row.</summary>
/// <remarks>
/// <code>
/// await using var rows = await CanonicalReader.OpenAsync(stream, cancellationToken);
/// while (await rows.FillAsync(cancellationToken))
///     while (rows.Next())
///         Use(rows.Field(column));
/// </code>
/// It reads only what this code wrote: quotes stand around a whole field, lines end with LF. Not safe for several threads.
/// </remarks>
public sealed class CanonicalReader : IAsyncDisposable
{
    private const int InitialBlock = 1 << 17;
    private static readonly SearchValues<byte> FieldEnds = SearchValues.Create(",\n"u8);

    private readonly Stream _stream;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(InitialBlock);
    private int _start;
    private int _end;
    private bool _atEnd;
    private int _rowStart;
    private int[] _fieldEnds = new int[32];
    private byte[] _unquoted = [];

    private CanonicalReader(Stream stream) => _stream = stream;

    /// <summary>Names of the columns, attributes with their prefix.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Position of a column by its name, or −1.</summary>
    public int Column(string name)
    {
        for (var column = 0; column < Header.Count; column++)
        {
            if (Header[column] == name)
                return column;
        }

        return -1;
    }

    /// <summary>Position of a column by its name.</summary>
    /// <exception cref="InvalidDataException">The file has no such column.</exception>
    public int RequiredColumn(string name)
    {
        var column = Column(name);
        return column >= 0 ? column : throw new InvalidDataException($"The canonical file has no column \"{name}\"; it has {string.Join(", ", Header)}.");
    }

    /// <summary>Reads the header. The stream belongs to the reader from here on.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static async Task<CanonicalReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new CanonicalReader(stream);
        if (!await reader.FillAsync(cancellationToken) || !reader.ReadRow())
            throw new InvalidDataException("A canonical file is empty: not even a header stands in it.");
        var header = new string[reader.FieldCount];
        for (var column = 0; column < header.Length; column++)
            header[column] = Encoding.UTF8.GetString(reader.Field(column));
        reader.Header = header;
        return reader;
    }

    /// <summary>Reads on until at least one whole row is there; false at the end of the file. What <see cref="Row"/> and <see cref="Field"/> gave is void then.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            _end -= _start;
            _start = 0;
        }

        while (!_atEnd)
        {
            if (_end == _block.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(2 * _block.Length);
                _block.AsSpan(0, _end).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_block);
                _block = larger;
            }

            var read = await _stream.ReadAsync(_block.AsMemory(_end), cancellationToken);
            _atEnd = read == 0;
            _end += read;
            if (_end > _block.Length / 2 && Complete())
                return true;
        }

        if (_end > 0 && !Complete())
            throw new InvalidDataException("A canonical file is cut off in the middle of a row.");
        return _end > 0;
    }

    /// <summary>Fields of the current row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The current row as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Row => _block.AsSpan(_rowStart, _fieldEnds[FieldCount - 1] - _rowStart);

    /// <summary>Moves to the next row of the block; false when <see cref="FillAsync"/> must be called.</summary>
    /// <exception cref="InvalidDataException">The row has other fields than the header.</exception>
    public bool Next()
    {
        if (!ReadRow())
            return false;
        return FieldCount == Header.Count
            ? true
            : throw new InvalidDataException($"A canonical row has {FieldCount} fields; the header has {Header.Count}.");
    }

    /// <summary>A field of the current row as it stands in the file, quotes included.</summary>
    public ReadOnlySpan<byte> RawField(int column)
    {
        var start = column == 0 ? _rowStart : _fieldEnds[column - 1] + 1;
        return _block.AsSpan(start, _fieldEnds[column] - start);
    }

    /// <summary>A field of the current row, without quotes and without the mark that keeps spreadsheets from running it; valid until the next call.</summary>
    public ReadOnlySpan<byte> Field(int column) => CsvText.Unmarked(Unquoted(column));

    private ReadOnlySpan<byte> Unquoted(int column)
    {
        var raw = RawField(column);
        if (raw.Length == 0 || raw[0] != '"')
            return raw;
        raw = raw[1..^1];
        if (raw.IndexOf((byte)'"') < 0)
            return raw;
        if (_unquoted.Length < raw.Length)
            _unquoted = new byte[Math.Max(raw.Length, 256)];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            _unquoted[length++] = raw[i];
            if (raw[i] == '"')
                i++;
        }

        return _unquoted.AsSpan(0, length);
    }

    public ValueTask DisposeAsync()
    {
        var block = Interlocked.Exchange(ref _block, []);
        if (block.Length > 0)
            ArrayPool<byte>.Shared.Return(block);
        return _stream.DisposeAsync();
    }

    /// <summary>A whole row stands at the block's start.</summary>
    private bool Complete()
    {
        var (start, count) = (_start, FieldCount);
        var complete = ReadRow();
        (_start, FieldCount) = (start, count);
        return complete;
    }

    private bool ReadRow()
    {
        var at = _start;
        var fields = 0;
        while (true)
        {
            if (at < _end && _block[at] == '"')
            {
                // A doubled quote ends one quoted stretch and starts the next; the field ends behind the last of them.
                do
                {
                    var closing = _block.AsSpan(at + 1, _end - at - 1).IndexOf((byte)'"');
                    if (closing < 0)
                        return false;
                    at += closing + 2;
                }
                while (at < _end && _block[at] == '"');
            }

            if (at >= _end)
                return false;
            var length = _block.AsSpan(at, _end - at).IndexOfAny(FieldEnds);
            if (length < 0)
                return false;
            at += length;
            if (fields == _fieldEnds.Length)
                Array.Resize(ref _fieldEnds, 2 * fields);
            _fieldEnds[fields++] = at;
            if (_block[at++] == '\n')
                break;
        }

        _rowStart = _start;
        _start = at;
        FieldCount = fields;
        return true;
    }
}
