using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Reads what numpy.save wrote for the measured tables: format 1.0, little-endian, C order, one or two dimensions.</summary>
internal static class NumPyFile
{
    /// <returns>The values and their shape; one dimension is read as n × 1.</returns>
    public static (T[] Values, int Rows, int Columns) Read<T>(string path)
        where T : unmanaged
    {
        var type = typeof(T) == typeof(double) ? "<f8" : typeof(T) == typeof(int) ? "<i4" : throw new NotSupportedException($"{typeof(T)} is not read.");
        using var stream = File.OpenRead(path);
        Span<byte> prefix = stackalloc byte[10];
        stream.ReadExactly(prefix);
        if (!prefix[..8].SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]))
            throw new InvalidDataException($"{path} is no NumPy file of format 1.0.");
        var bytes = new byte[prefix[8] | (prefix[9] << 8)];
        stream.ReadExactly(bytes);
        var header = Encoding.Latin1.GetString(bytes);
        if (!header.Contains($"'descr': '{type}'", StringComparison.Ordinal) || !header.Contains("'fortran_order': False", StringComparison.Ordinal))
            throw new InvalidDataException($"{path} holds {header.Trim()}; {type} in C order is expected.");
        var shape = header[(header.IndexOf('(', StringComparison.Ordinal) + 1)..header.IndexOf(')', StringComparison.Ordinal)]
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(length => int.Parse(length, CultureInfo.InvariantCulture))
            .ToArray();
        var (rows, columns) = (shape[0], shape.Length == 1 ? 1 : shape[1]);
        var values = new T[checked(rows * columns)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return (values, rows, columns);
    }
}
