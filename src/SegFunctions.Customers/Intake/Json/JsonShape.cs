using System.Text.Json;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Where in a JSON document its records stand, judged by its head.</summary>
/// <param name="Offset">Byte at which the first record, or the separator before it, may stand.</param>
/// <param name="Depth">Brackets that are open there and must close: 0 for objects one behind the other.</param>
/// <param name="MayHaveMore">Other arrays of objects may follow; they must not be passed over.</param>
/// <param name="Evidence">What was seen, in words.</param>
internal sealed record JsonShape(int Offset, int Depth, bool MayHaveMore, string Evidence)
{
    private const int DeepestArray = 8;

    /// <summary>The text begins as objects or an array of them do, whatever its file is named.</summary>
    public static bool IsSeen(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'[', ..])
            text = text[1..].TrimStart(" \t\r\n"u8);
        return text is [(byte)'{', ..] && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..];
    }

    /// <summary>The text is objects, each on a line of its own.</summary>
    public static bool IsObjectALine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
            return false;
        var rest = text[end..].TrimStart(" \t\r\n"u8);
        var scan = default(JsonValueScan);
        var close = scan.Advance(text[..end]);
        return close > 0 && text[close..end].Trim(" \t,"u8).IsEmpty && (rest.IsEmpty || rest[0] == '{');
    }

    /// <summary>Looks at the first bytes of a document that starts with <c>[</c> or <c>{</c>, blanks aside.</summary>
    /// <param name="isWhole">The head is the whole document.</param>
    /// <exception cref="UnreadableFileException">No array or several may be meant.</exception>
    public static JsonShape Find(ReadOnlySpan<byte> head, bool isWhole, RecordReaderOptions options)
    {
        var start = head.IndexOfAnyExcept(" \t\r\n"u8);
        if (head[start] == '[' && options.ArrayPath is null or "")
            return new JsonShape(start + 1, 1, MayHaveMore: false, "it is one JSON array");
        var arrays = new List<FoundArray>();
        var isSequence = false;
        var isCut = !Walk(head, isWhole, arrays, ref isSequence);
        if (options.ArrayPath is { Length: > 0 } path)
        {
            return arrays.Find(array => array.Path == path)?.ToShape(mayHaveMore: false, $"the mapping names its array \"{path}\"")
                ?? throw new UnreadableFileException($"The JSON document has no array of objects \"{path}\" in its first {head.Length} bytes{(arrays.Count == 0 ? "" : $"; it has {Names(arrays)}")}. Correct \"array\" in the mapping.");
        }

        if (isSequence || (arrays.Count == 0 && !isCut))
            return new JsonShape(0, 0, MayHaveMore: false, "it is JSON objects one behind the other");
        if (arrays.Count > 1 && options.Fits is { } fits && arrays.Where(array => fits(array.Names)).ToList() is { Count: 1 } fitting)
            return fitting[0].ToShape(mayHaveMore: false, $"of its arrays {Names(arrays)} only \"{fitting[0].Path}\" fits");
        return arrays.Count switch
        {
            0 => throw new UnreadableFileException($"The first {head.Length} bytes of the JSON document hold no array of objects. Send the records as an array, or one object a line (NDJSON)."),
            1 => arrays[0].ToShape(mayHaveMore: isCut, $"\"{arrays[0].Path}\" is its one array of objects"),
            _ => throw Several(arrays),
        };
    }

    /// <summary>Another array of objects behind the one that was read.</summary>
    public static UnreadableFileException SecondArray() => new(
        "The JSON document holds a second array of objects behind the one that was read. Say which one holds the records in the mapping, such as { \"array\": \"data.items\" }.");

    private static UnreadableFileException Several(List<FoundArray> arrays) => new(
        $"The JSON document holds several arrays of objects: {Names(arrays)}. Say which one holds the records in the mapping: {{ \"array\": \"{arrays[0].Path}\" }}.");

    private static string Names(List<FoundArray> arrays) => string.Join(", ", arrays.Take(20).Select(array => $"\"{array.Path}\""));

    /// <summary>Collects arrays of objects that stand in objects only; false when the head ends before the document.</summary>
    private static bool Walk(ReadOnlySpan<byte> head, bool isWhole, List<FoundArray> arrays, ref bool isSequence)
    {
        var json = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        var path = new List<string>();
        var name = "";
        try
        {
            while (json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = json.GetString()!;
                        break;
                    case JsonTokenType.StartObject:
                        isSequence |= json.CurrentDepth == 0 && json.TokenStartIndex > 0 && path.Count == 0 && arrays.Count == 0 && !head[..(int)json.TokenStartIndex].Trim(" \t\r\n"u8).IsEmpty;
                        path.Add(name);
                        break;
                    case JsonTokenType.EndObject:
                        path.RemoveAt(path.Count - 1);
                        break;
                    case JsonTokenType.StartArray:
                        if (!TakeArray(ref json, [.. path.Skip(1), name], arrays))
                            return false;
                        break;
                }
            }

            return isWhole && json.BytesConsumed >= head.TrimEnd(" \t\r\n"u8).Length && path.Count == 0;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            // What is damaged is found where it is read, with its place.
            return false;
        }
    }

    /// <summary>Notes an array of objects and moves to its end; false when that lies behind the head.</summary>
    private static bool TakeArray(ref Utf8JsonReader json, string[] path, List<FoundArray> arrays)
    {
        var offset = (int)json.BytesConsumed;
        var depth = json.CurrentDepth;
        if (!json.Read())
            return false;
        if (json.TokenType == JsonTokenType.EndArray)
            return true;
        if (json.TokenType == JsonTokenType.StartObject && depth < DeepestArray)
            arrays.Add(new FoundArray(string.Join('.', path), offset, depth + 1));
        var names = arrays.Count > 0 && arrays[^1].Offset == offset ? arrays[^1].Names : [];
        var isFirst = true;
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && isFirst && json.CurrentDepth == depth + 2)
                names.Add(json.GetString()!);
            isFirst &= json.TokenType != JsonTokenType.EndObject || json.CurrentDepth != depth + 1;
            if (json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth)
                return true;
        }

        return false;
    }

    private sealed record FoundArray(string Path, int Offset, int Depth)
    {
        /// <summary>Of the first object.</summary>
        public List<string> Names { get; } = [];

        public JsonShape ToShape(bool mayHaveMore, string evidence) => new(Offset, Depth, mayHaveMore, evidence);
    }
}
