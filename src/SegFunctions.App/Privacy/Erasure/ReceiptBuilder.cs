using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Counts what a step does.</summary>
internal sealed class ReceiptBuilder(string store) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rows;
    private long _masked;
    private int _rewritten;
    private int _deleted;

    /// <summary>Rows of a table, lines, entries.</summary>
    public void RemoveRows(string place, long rows)
    {
        _rows += rows;
        Note($"rows {place} {rows}");
    }

    /// <summary>Rows of a table that are others' and named the person.</summary>
    public void MaskRows(string place, long rows)
    {
        _masked += rows;
        Note($"masked {place} {rows}");
    }

    /// <param name="masked">Rows of others that named the person and stay without the naming.</param>
    public void Rewrite(string blob, string version, long rows, long masked = 0)
    {
        _rewritten++;
        _rows += rows;
        _masked += masked;
        Note($"rewritten {blob} {version} {rows} {masked}");
    }

    public void Delete(string blob, string version)
    {
        _deleted++;
        Note($"deleted {blob} {version}");
    }

    public StoreReceipt Build() => new(store, _rows, _masked, _rewritten, _deleted, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public void Dispose() => _hash.Dispose();

    private void Note(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
