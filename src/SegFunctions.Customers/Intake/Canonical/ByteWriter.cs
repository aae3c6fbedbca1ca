namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>Bytes that grow at their end and are used again after <see cref="Clear"/>.</summary>
internal sealed class ByteWriter(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Add(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        Length += values.Length;
    }

    /// <summary>Room for <paramref name="length"/> bytes at the end; what is used of it is named with <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length)
            Grow(length);
        return _bytes.AsSpan(Length, length);
    }

    public void Advance(int length) => Length += length;

    private void Grow(int length) => Array.Resize(ref _bytes, Math.Max(checked(Length + length), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
}
