using System.Text.Json;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Turns one JSON object into the fields of a record.</summary>
/// <param name="unit">What a record is: <see cref="Lines"/> or <see cref="Elements"/>.</param>
internal sealed class JsonFlattener(NdjsonReaderOptions options, string unit)
{
    public const string Lines = "line";
    public const string Elements = "element";

    private static readonly FieldSlice Unset = new(0, -1);

    private readonly List<int> _pathLengths = [];
    private FieldSlice[] _slices = new FieldSlice[64];
    private byte[] _path = new byte[256];
    private int _pathLength;

    public JsonColumns Columns { get; } = new();

    /// <summary>Adds the fields of the object in <c>block[start..end]</c> to the batch; the fault when it is none.</summary>
    public RecordFault? Flatten(byte[] block, int start, int end, RecordBatchBuilder batch)
    {
        var known = Columns.Count;
        var fault = Read(block, start, end, batch);
        if (fault is not null)
        {
            Columns.Truncate(known);
            return fault;
        }

        for (var column = 0; column < Columns.Count; column++)
        {
            var slice = column < _slices.Length ? _slices[column] : Unset;
            batch.AddField(slice.Length < 0 ? 0 : slice.Start, Math.Max(slice.Length, 0));
        }

        return null;
    }

    private RecordFault Malformed(string found) => new(
        RecordRules.MalformedJson,
        $"The {unit} is not one JSON object: {found}.",
        $"Write one object {(unit == Lines ? "a line" : "a record")}, such as {{\"customerId\": \"42\"}}, with line breaks inside texts written as \\n.");

    private RecordFault? Read(byte[] block, int start, int end, RecordBatchBuilder batch)
    {
        Array.Fill(_slices, Unset);
        Columns.Restart();
        _pathLengths.Clear();
        _pathLength = 0;
        try
        {
            var json = new Utf8JsonReader(block.AsSpan(start, end - start));
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                return Malformed($"it starts with {Describe(json.TokenType)}");
            while (json.Read())
            {
                var fault = ReadToken(ref json, start, batch);
                if (fault is not null)
                    return fault;
            }

            return null;
        }
        catch (JsonException damage)
        {
            return Malformed($"byte {damage.BytePositionInLine + 1}: {Reason(damage)}");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for an escaped half of a surrogate pair, or for bytes that are no UTF-8.
            return Malformed("a text in it holds what is no character");
        }
    }

    private RecordFault? ReadToken(ref Utf8JsonReader json, int start, RecordBatchBuilder batch)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                PushName(ref json);
                return null;
            case JsonTokenType.EndObject:
                PopName();
                return null;
            case JsonTokenType.StartObject when _pathLengths.Count < options.MaximumDepth:
                return null;
            default:
                var slice = ReadValue(ref json, start, batch);
                var fault = Set(_path.AsSpan(0, _pathLength), slice);
                PopName();
                return fault;
        }
    }

    private static FieldSlice ReadValue(ref Utf8JsonReader json, int start, RecordBatchBuilder batch)
    {
        var at = start + (int)json.TokenStartIndex;
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return new FieldSlice(0, 0);
            case JsonTokenType.String when json.ValueIsEscaped:
                var room = batch.ReserveSide(json.ValueSpan.Length);
                return batch.CommitSide(json.CopyString(room));
            case JsonTokenType.String:
                return new FieldSlice(at + 1, json.ValueSpan.Length);
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                json.Skip();
                return new FieldSlice(at, start + (int)json.BytesConsumed - at);
            default:
                return new FieldSlice(at, json.ValueSpan.Length);
        }
    }

    private RecordFault? Set(ReadOnlySpan<byte> path, FieldSlice slice)
    {
        var column = Columns.FindOrAdd(path);
        if (column >= options.MaximumFields)
        {
            return new RecordFault(
                RecordRules.TooManyFields,
                $"With this object the file has more than {options.MaximumFields} different names.",
                "Use the same names in every object; put varying ones into an array of name and value.");
        }

        if (column >= _slices.Length)
        {
            var used = _slices.Length;
            Array.Resize(ref _slices, 2 * used);
            _slices.AsSpan(used).Fill(Unset);
        }

        if (_slices[column].Length >= 0)
            return Malformed($"it names '{System.Text.Encoding.UTF8.GetString(path)}' twice");
        _slices[column] = slice;
        return null;
    }

    private void PushName(ref Utf8JsonReader json)
    {
        var needed = _pathLength + json.ValueSpan.Length + 1;
        if (needed > _path.Length)
            Array.Resize(ref _path, 2 * needed);
        _pathLengths.Add(_pathLength);
        if (_pathLength > 0)
            _path[_pathLength++] = (byte)'.';
        _pathLength += json.CopyString(_path.AsSpan(_pathLength));
    }

    private void PopName()
    {
        // The end of the outermost object closes no name.
        if (_pathLengths.Count == 0)
            return;
        _pathLength = _pathLengths[^1];
        _pathLengths.RemoveAt(_pathLengths.Count - 1);
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => $"'{token.ToString().ToLowerInvariant()}'",
    };

    /// <summary>The message without the position, which counts from 0 and is given already.</summary>
    private static string Reason(JsonException damage)
    {
        var end = damage.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? damage.Message : damage.Message[..end]).TrimEnd('.');
    }
}
