using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Sequences of bytes that stay in memory up to a budget and continue in one temporary file.</summary>
/// <remarks>
/// <para>The file has no name for longer than it takes to open it (on Windows: it goes with its handle), so that not even a killed
/// process leaves personal data behind.</para>
/// <para>What is in memory when the budget is used up stays there; what comes after goes to the file piece by piece. Beyond the budget each list holds one piece, of at most
/// a two-thousandth of the budget or 256 bytes. Lists are filled by one thread at a time, while others may read the lists that are complete.</para>
/// </remarks>
internal sealed class SpillStore(long memoryBudget, string folder) : IDisposable
{
    private readonly List<SpillList> _lists = [];
    private SafeFileHandle? _file;
    private long _fileLength;
    private long _inMemory;

    /// <summary>Bytes that went to the temporary file.</summary>
    public long SpilledBytes => _fileLength;

    /// <summary>Bytes of a list's first piece; each further one is twice as long.</summary>
    internal int FirstPiece { get; } = (int)Math.Clamp(memoryBudget >> 11, 256, 4 << 10);

    internal int LargestPiece { get; } = (int)Math.Clamp(memoryBudget >> 11, 256, 256 << 10);

    public SpillList NewList()
    {
        var list = new SpillList(this);
        _lists.Add(list);
        return list;
    }

    /// <summary>There is room for another piece beside all that is in memory.</summary>
    internal bool HasRoom(int capacity) => _inMemory + capacity <= memoryBudget;

    internal byte[] Take(int capacity)
    {
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
