using System.Buffers.Binary;
using System.Text;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The attributes of a file by number, in the order they were met. Grows at its end only.</summary>
internal sealed class AttributeNames(RowHash hash)
{
    private readonly List<(string Name, ulong Hash)> _names = [];

    public int Count => _names.Count;

    public string this[int number] => _names[number].Name;

    /// <summary>Hash of an attribute's name.</summary>
    public ulong HashOf(int number) => _names[number].Hash;

    public int Add(string name)
    {
        _names.Add((name, hash.Of(Encoding.UTF8.GetBytes(name))));
        return _names.Count - 1;
    }

    public IEnumerable<string> All => _names.Select(pair => pair.Name);

    /// <summary>Takes the next attribute off a spilled row's attributes: its CSV text and its number.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> attributes, out int number)
    {
        number = BinaryPrimitives.ReadInt32LittleEndian(attributes);
        var length = BinaryPrimitives.ReadInt32LittleEndian(attributes[4..]);
        var text = attributes.Slice(8, length);
        attributes = attributes[(8 + length)..];
        return text;
    }
}
