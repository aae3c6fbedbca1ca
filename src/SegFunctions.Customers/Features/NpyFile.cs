using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SegFunctions.Customers.Features;

/// <summary>NumPy's <c>.npy</c> format 1.0 for matrices of little-endian float64 in C order.</summary>
/// <remarks>
/// Source: NumPy enhancement proposal 1 ("A simple file format for NumPy arrays"). The header is padded to 64 bytes as NumPy
/// pads it, so the same matrix always gives the same bytes, and those that <c>numpy.save</c> writes.
/// </remarks>
public static class NpyFile
{
    private const int Alignment = 64;
    private const int BufferLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes a matrix (<paramref name="rows"/> × <paramref name="columns"/>), row by row.</summary>
    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<double> values, int rows, int columns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (values.Length != (long)rows * columns)
            throw new ArgumentException($"{values.Length} values do not make {rows} × {columns}.", nameof(values));

        await stream.WriteAsync(Header(rows, columns), cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (!values.IsEmpty)
            {
                var count = Math.Min(values.Length, BufferLength / sizeof(double));
                ToLittleEndian(values.Span[..count], buffer);
                await stream.WriteAsync(buffer.AsMemory(0, count * sizeof(double)), cancellationToken);
                values = values[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads a matrix; a vector (n) is read as n × 1.</summary>
    /// <param name="name">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">Not such a file, another type or order, or cut off.</exception>
    public static async Task<(double[] Values, int Rows, int Columns)> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var prefix = new byte[Magic.Length + sizeof(ushort)];
        await Fill(stream, prefix, name, cancellationToken);
        if (!prefix.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException($"{name} is no NumPy file of format 1.0: it starts with {Convert.ToHexString(prefix.AsSpan(0, Magic.Length))}. Write it with numpy.save.");
        var header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(Magic.Length))];
        await Fill(stream, header, name, cancellationToken);
        var (rows, columns) = Shape(Encoding.Latin1.GetString(header), name);

        var values = new double[checked(rows * columns)];
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (var next = 0; next < values.Length;)
            {
                var count = Math.Min(values.Length - next, BufferLength / sizeof(double));
                await Fill(stream, buffer.AsMemory(0, count * sizeof(double)), name, cancellationToken);
                FromLittleEndian(buffer, values.AsSpan(next, count));
                next += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (await stream.ReadAsync(new byte[1], cancellationToken) != 0)
            throw new InvalidDataException($"{name} goes on after its {rows} × {columns} values; the file is damaged. Make it again by a refresh.");
        return (values, rows, columns);
    }

    private static byte[] Header(int rows, int columns)
    {
        var text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows.ToString(CultureInfo.InvariantCulture)}, {columns.ToString(CultureInfo.InvariantCulture)}), }}";
        var fixedLength = Magic.Length + sizeof(ushort);
        var total = (fixedLength + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length), (ushort)(total - fixedLength));
        bytes.AsSpan(fixedLength).Fill((byte)' ');
        Encoding.Latin1.GetBytes(text, bytes.AsSpan(fixedLength));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static (int Rows, int Columns) Shape(string header, string name)
    {
        if (!Has("'descr':'<f8'") || !Has("'fortran_order':False"))
            throw new InvalidDataException($"{name} holds {header.Trim()}; only little-endian float64 in C order is read. Convert it with numpy.ascontiguousarray(a, '<f8').");
        var open = header.IndexOf('(', StringComparison.Ordinal);
        var close = header.IndexOf(')', StringComparison.Ordinal);
        if (open >= 0 && close > open)
        {
            var parts = header[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is 1 or 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
                && int.TryParse(parts.Length == 1 ? "1" : parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
                && (long)rows * columns <= Array.MaxLength)
            {
                return (rows, columns);
            }
        }

        throw new InvalidDataException($"{name} has no shape of one or two dimensions that fits into memory: {header.Trim()}.");

        bool Has(string entry) => header.Replace(" ", "", StringComparison.Ordinal).Contains(entry, StringComparison.Ordinal);
    }

    private static async Task Fill(Stream stream, Memory<byte> target, string name, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < target.Length)
            throw new InvalidDataException($"{name} ends too early: {target.Length - read} bytes are missing. Make it again by a refresh.");
    }

    private static void ToLittleEndian(ReadOnlySpan<double> values, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[(i * sizeof(double))..], values[i]);
    }

    private static void FromLittleEndian(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
    }
}
