using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegFunctions.Learning;

/// <summary>
/// How every model rests: 8 bytes "SEGMODEL", the header's length in bytes (int32, little-endian), a JSON header
/// <c>{ "kind", "version", "fields": {…}, "arrays": [{ "name", "length" }] }</c>, then each array as IEEE doubles, little-endian.
/// The header can be read by eye; the numbers come back bit for bit.
/// </summary>
internal sealed class ModelFile
{
    private const int LongestHeader = 64 * 1024 * 1024;

    private readonly JsonObject _fields;
    private readonly Dictionary<string, double[]> _arrays;

    private ModelFile(string kind, JsonObject fields, Dictionary<string, double[]> arrays) => (Kind, _fields, _arrays) = (kind, fields, arrays);

    /// <summary>Which kind of model the file holds.</summary>
    public string Kind { get; }

    private static ReadOnlySpan<byte> Magic => "SEGMODEL"u8;

    public static void Write(Stream stream, string kind, int version, JsonObject fields, params ReadOnlySpan<(string Name, double[] Values)> arrays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var list = new JsonArray();
        foreach (var (name, values) in arrays)
            list.Add((JsonNode)new JsonObject { ["name"] = name, ["length"] = values.Length });
        var header = new JsonObject { ["kind"] = kind, ["version"] = version, ["fields"] = fields, ["arrays"] = list };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            header.WriteTo(writer);

        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)buffer.Length);
        stream.Write(Magic);
        stream.Write(length);
        stream.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        foreach (var (_, values) in arrays)
            WriteDoubles(stream, values);
    }

    /// <exception cref="InvalidDataException">Not a model, a model of another kind, a newer version, or cut short.</exception>
    public static ModelFile Read(Stream stream, string kind, int newestVersion) => Read(stream, [kind], newestVersion);

    /// <summary>Reads a model of any of the kinds.</summary>
    /// <exception cref="InvalidDataException">Not a model, a model of another kind, a newer version, or cut short.</exception>
    public static ModelFile Read(Stream stream, ReadOnlySpan<string> kinds, int newestVersion)
    {
        var versions = new (string, int)[kinds.Length];
        for (var i = 0; i < kinds.Length; i++)
            versions[i] = (kinds[i], newestVersion);
        return Read(stream, versions);
    }

    /// <summary>Reads a model of any of the kinds, each up to its newest version.</summary>
    /// <exception cref="InvalidDataException">Not a model, a model of another kind, a newer version, or cut short.</exception>
    public static ModelFile Read(Stream stream, IReadOnlyList<(string Kind, int NewestVersion)> kinds)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..8].SequenceEqual(Magic))
            throw new InvalidDataException("This is not a stored model: it does not begin with SEGMODEL.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (length is < 2 or > LongestHeader)
            throw new InvalidDataException($"The model's header claims {length} bytes; it is damaged.");
        var header = ReadHeader(stream, length);
        var kind = Text(header, "kind");
        var known = kinds.FirstOrDefault(one => one.Kind == kind);
        if (known.Kind is null)
            throw new InvalidDataException($"The stored model is of kind \"{kind}\", expected \"{string.Join("\" or \"", kinds.Select(one => one.Kind))}\".");
        var version = Field<int>(header, "version");
        if (version < 1 || version > known.NewestVersion)
            throw new InvalidDataException($"The stored {kind} model has version {version}; this program reads 1 to {known.NewestVersion}. Fit it again or update the program.");

        var arrays = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var entry in header["arrays"] as JsonArray ?? throw new InvalidDataException("The model's header lists no arrays; it is damaged."))
        {
            var name = Text(entry as JsonObject, "name");
            arrays[name] = ReadDoubles(stream, name, Field<int>(entry as JsonObject, "length"));
        }

        return new ModelFile(kind, header["fields"] as JsonObject ?? throw new InvalidDataException("The model's header has no fields; it is damaged."), arrays);
    }

    public T Field<T>(string name) => Field<T>(_fields, name);

    public JsonArray List(string name) =>
        _fields[name] as JsonArray ?? throw new InvalidDataException($"The stored model lacks the list \"{name}\"; it is damaged.");

    public int[] Integers(string name)
    {
        var list = List(name);
        var values = new int[list.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (list[i] is not JsonValue value || !value.TryGetValue(out values[i]))
                throw new InvalidDataException($"The stored model's list \"{name}\" holds something other than whole numbers; it is damaged.");
        }

        return values;
    }

    public double[] Array(string name) =>
        _arrays.TryGetValue(name, out var values) ? values : throw new InvalidDataException($"The stored model lacks the array \"{name}\"; it is damaged.");

    public double[] Array(string name, int length)
    {
        var values = Array(name);
        return values.Length == length ? values : throw new InvalidDataException($"The stored model's array \"{name}\" has {values.Length} values, expected {length}; it is damaged.");
    }

    public static T Field<T>(JsonObject? from, string name)
    {
        if (from?[name] is not JsonValue value || !value.TryGetValue<T>(out var result))
            throw new InvalidDataException($"The stored model lacks \"{name}\" or holds a wrong value there; it is damaged.");
        return result;
    }

    private static string Text(JsonObject? from, string name) => Field<string>(from, name);

    private static JsonObject ReadHeader(Stream stream, int length)
    {
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length)
            throw new InvalidDataException("The stored model ends within its header; it was cut short.");
        try
        {
            var header = JsonNode.Parse(bytes) as JsonObject ?? throw new InvalidDataException("The model's header is not a JSON object; it is damaged.");
            Decode(header);
            return header;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"The model's header cannot be read as JSON ({exception.Message}); it is damaged.", exception);
        }
    }

    /// <summary>Nodes decode their text when first asked; asked here, broken text and repeated names come to light in one place.</summary>
    private static void Decode(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                    Decode(value);
                break;
            case JsonArray list:
                foreach (var value in list)
                    Decode(value);
                break;
            case JsonValue value:
                value.TryGetValue<string>(out _);
                break;
            default:
                break;
        }
    }

    private static void WriteDoubles(Stream stream, ReadOnlySpan<double> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            // In pieces, because a span of bytes cannot be longer than 2 GiB.
            for (; values.Length > 0; values = values[Math.Min(values.Length, 1 << 20)..])
                stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, 1 << 20)]));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static double[] ReadDoubles(Stream stream, string name, int length)
    {
        if (length < 0)
            throw new InvalidDataException($"The stored model's array \"{name}\" claims {length} values; it is damaged.");
        // Grown as the bytes arrive: a damaged length must not allocate what the file does not hold.
        var values = new double[Math.Min(length, 1 << 20)];
        var read = 0;
        while (read < length)
        {
            if (read == values.Length)
                System.Array.Resize(ref values, (int)Math.Min(length, 2L * values.Length));
            var piece = values.AsSpan(read, Math.Min(values.Length - read, 1 << 20));
            if (stream.ReadAtLeast(MemoryMarshal.AsBytes(piece), piece.Length * sizeof(double), throwOnEndOfStream: false) < piece.Length * sizeof(double))
                throw new InvalidDataException($"The stored model ends within the array \"{name}\"; it was cut short.");
            read += piece.Length;
        }

        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<double, long>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }
}
