using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Lists of records that stay in memory up to a budget and continue in one temporary file.</summary>
/// <remarks>
/// The file has no name for longer than it takes to open it (on Windows: it goes with its handle), so that not even a killed
/// process leaves personal data behind. Lists are filled by one thread; afterwards several may read.
/// </remarks>
internal sealed class SpillStore(long memoryBudget, string folder) : IDisposable
{
    private readonly List<SpillList> _lists = [];
    private SafeFileHandle? _file;
    private long _fileLength;
    private long _inMemory;

    /// <summary>Bytes that went to the temporary file.</summary>
    public long SpilledBytes => _fileLength;

    public SpillList NewList()
    {
        var list = new SpillList(this);
        _lists.Add(list);
        return list;
    }

    /// <summary>Memory for more records of a list; beyond the budget everything so far moves to the file first.</summary>
    internal byte[] Take(int capacity)
    {
        if (_inMemory + capacity > memoryBudget)
        {
            foreach (var list in _lists)
                list.MoveToFile();
        }

        var bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _inMemory += bytes.Length;
        return bytes;
    }

    internal void Return(byte[] bytes)
    {
        _inMemory -= bytes.Length;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    internal long Write(ReadOnlySpan<byte> bytes)
    {
        _file ??= OpenFile();
        var offset = _fileLength;
        RandomAccess.Write(_file, bytes, offset);
        _fileLength += bytes.Length;
        return offset;
    }

    internal void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(_file!, destination, offset);
            if (read == 0)
                throw new EndOfStreamException("The temporary file of an intake is shorter than what was written to it.");
            destination = destination[read..];
            offset += read;
        }
    }

    public void Dispose()
    {
        foreach (var list in _lists)
            list.Release();
        _lists.Clear();
        _file?.Dispose();
    }

    private SafeFileHandle OpenFile()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"segfunctions-intake-{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        using var created = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.RandomAccess);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
