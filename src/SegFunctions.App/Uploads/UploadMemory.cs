namespace SegFunctions.App.Uploads;

/// <summary>The memory in which all uploads that a process reads at once hold their rows; what does not fit waits in temporary files. For any number of threads.</summary>
/// <remarks>
/// An upload gets what a file of its size can use, at most three quarters of what is left, and never less than <see cref="Least"/>: so all together hold no more than
/// <see cref="Whole"/> and that least amount for each. How much it gets changes nothing but its speed.
/// </remarks>
internal sealed class UploadMemory
{
    /// <summary>Bytes for all.</summary>
    public const long Whole = 256L << 20;

    /// <summary>Bytes that each upload gets in any case.</summary>
    public const long Least = 8L << 20;

    // Packed files grow, and rows stand beside their marks and sealed identifiers.
    private const long RowsForByte = 8;

    private readonly Lock _taking = new();
    private long _left = Whole;

    /// <summary>Takes the share of an upload, until it is disposed.</summary>
    /// <param name="length">Of the file, in bytes.</param>
    public Share Take(long length)
    {
        lock (_taking)
        {
            var most = Math.Max(0, _left) / 4 * 3;
            var share = Math.Max(Least, Math.Min(most, length > most / RowsForByte ? most : length * RowsForByte));
            _left -= share;
            return new Share(this, share);
        }
    }

    private void Return(long share)
    {
        lock (_taking)
            _left += share;
    }

    /// <summary>What one upload may use.</summary>
    internal sealed class Share(UploadMemory memory, long bytes) : IDisposable
    {
        private bool _isReturned;

        public long Bytes => bytes;

        public void Dispose()
        {
            if (_isReturned)
                return;
            _isReturned = true;
            memory.Return(bytes);
        }
    }
}
