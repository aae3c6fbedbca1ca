using System.Text;
using System.Text.Json.Nodes;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Privacy.Erasure;

/// <summary>What a person is recognised by where no customer key stands: in rows as they were sent, in reports.</summary>
/// <remarks>
/// Raw ids, addresses of e-mail, numbers of telephones, whole names and streets, each as a whole cell or in running text (<see cref="PersonMentions"/>); letter case, accents and blanks do not matter, and they are found inside sentences and web addresses,
/// behind percent signs, escapes of JSON, entities of HTML and in base64 too. A first name or a city alone is no trace: it is that of many. Who shares such a trace with the person loses a refused row,
/// never an accepted one.
/// </remarks>
public sealed class PersonTraces
{
    private static readonly string[] WholeFields = ["customerId", "anonymousId", "fullName", "email", "phone", "street"];

    /// <summary>Letters from which a piece of a text tells of one person.</summary>
    private const int LongPiece = 8;

    private readonly HashSet<string> _cells = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contacts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _common = new(StringComparer.Ordinal);
    private PersonMentions? _mentions;

    /// <summary>The traces as texts, for <see cref="Add(string)"/>: a name is given and family name with a line end between, a contact begins with <c>@</c>.</summary>
    public IEnumerable<string> Texts => _cells.Concat(_names).Concat(_contacts.Select(contact => '@' + contact)).Order(StringComparer.Ordinal);

    /// <summary>Addresses of e-mail and numbers of telephones, folded: those of one person, mostly.</summary>
    public IReadOnlySet<string> Contacts => _contacts;

    /// <summary>Names of the person that are those of things too, of a brand or a star, and so are not searched in running text.</summary>
    public IReadOnlySet<string> CommonNames => _common;

    /// <summary>The person in running text.</summary>
    public PersonMentions Mentions => _mentions ??= new PersonMentions(
        _cells.Concat(_names.SelectMany(BothWays)).Where(text => !_common.Contains(text)));

    /// <summary>No traces of anybody.</summary>
    public static PersonTraces None { get; } = new();

    public bool IsEmpty => _cells.Count == 0 && _names.Count == 0;

    /// <summary>Adds a trace as <see cref="Texts"/> gives it, or a raw id.</summary>
    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _mentions = null;
        if (text.Contains('\n', StringComparison.Ordinal))
            _names.Add(text);
        else if (text.StartsWith('@'))
            AddContact(text[1..]);
        else
            AddCells(text);
    }

    /// <summary>Adds what a row of sealed identifiers says of the person.</summary>
    public void Add(CanonicalReader identifiers)
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        _mentions = null;
        for (var column = 1; column < identifiers.Header.Count; column++)
        {
            var name = identifiers.Header[column];
            var text = Encoding.UTF8.GetString(identifiers.Field(column));
            if (text.Length > 0 && (WholeFields.Contains(name, StringComparer.Ordinal) || text.Contains('@', StringComparison.Ordinal)))
                AddCells(text);
            if (text.Length > 0 && (name is "email" or "phone" || text.Contains('@', StringComparison.Ordinal)))
                AddContact(text);
        }

        var (given, family) = (Text("givenName"), Text("familyName"));
        if (given.Length > 0 && family.Length > 0)
        {
            _names.Add($"{given}\n{family}");
            _cells.Add($"{given} {family}");
            _cells.Add($"{family} {given}");
        }

        string Text(string field) =>
            identifiers.Column(field) is >= 0 and var column ? Fold(Encoding.UTF8.GetString(identifiers.Field(column))) : "";
    }

    /// <summary>From now on a phrase that <see cref="PersonMentions.FirstIn"/> gave is not searched in running text; contacts and what holds digits stay.</summary>
    /// <returns>False where it stays.</returns>
    public bool AddCommon(string name)
    {
        if (!IsName(name) || !_common.Add(name))
            return false;
        _mentions = null;
        return true;
    }

    /// <summary>Whether a phrase is a name and nothing that one person has alone.</summary>
    public bool IsName(string phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return !_contacts.Contains(phrase) && !phrase.Any(char.IsAsciiDigit);
    }

    private static IEnumerable<string> BothWays(string name)
    {
        var parts = name.Split('\n');
        return [$"{parts[0]} {parts[1]}", $"{parts[1]} {parts[0]}"];
    }

    /// <summary>Adds a contact in all its spellings, and in theirs: traces that were kept and read again are the same.</summary>
    private void AddContact(string text)
    {
        var forms = ContactForms.Of(text);
        if (forms.Count == 0)
            return;
        _cells.Add(forms[0]);
        foreach (var form in forms)
        {
            if (_contacts.Add(form))
                AddContact(form);
        }
    }

    /// <summary>A text that holds delimiters comes in pieces where it is met again: its longest piece stands for it, the two of a name for each other.</summary>
    private void AddCells(string text)
    {
        var pieces = new List<string>();
        foreach (var cell in RowCells.Of(Encoding.UTF8.GetBytes(text)))
        {
            if (Fold(Encoding.UTF8.GetString(cell)) is { Length: > 0 } piece)
                pieces.Add(piece);
        }

        if (pieces.Count == 1)
            _cells.Add(pieces[0]);
        else if (pieces.MaxBy(piece => piece.Length) is { Length: >= LongPiece } longest)
            _cells.Add(longest);
        if (pieces.Count == 2)
            _names.Add(string.Join('\n', pieces));
    }

    /// <summary>Whether some cell of a text is a trace, or two cells are given and family name, or it names the person in running text.</summary>
    public bool AreIn(ReadOnlySpan<byte> text) => AreCellsOf(text, inOtherForms: true) || Mentions.AreIn(text);

    /// <summary>The same of whole cells alone: such a row is about the person and not somebody else's that only names them.</summary>
    public bool AreCellsOf(ReadOnlySpan<byte> text) => AreCellsOf(text, inOtherForms: false);

    private bool AreCellsOf(ReadOnlySpan<byte> text, bool inOtherForms)
    {
        HashSet<string>? seen = _names.Count > 0 ? new(StringComparer.Ordinal) : null;
        foreach (var cell in RowCells.Of(text))
        {
            var folded = Fold(Encoding.UTF8.GetString(cell));
            // A whole number may have been exported with .0.
            if (_cells.Contains(folded) || (cell.EndsWith(".0"u8) && _cells.Contains(Fold(Encoding.UTF8.GetString(cell[..^2])))))
                return true;
            seen?.Add(folded);
            if (!inOtherForms)
                continue;
            foreach (var form in CellForms.Of(cell))
            {
                var spelled = Fold(form);
                if (_cells.Contains(spelled))
                    return true;
                seen?.Add(spelled);
            }
        }

        if (seen is null)
            return false;
        foreach (var name in _names)
        {
            var parts = name.Split('\n');
            if (seen.Contains(parts[0]) && seen.Contains(parts[1]))
                return true;
        }

        return false;
    }

    /// <summary>Takes the entries that name the person out of a document: the innermost object or row of an array, else a text.</summary>
    /// <returns>How many.</returns>
    public int RemoveFrom(JsonNode? node) => RemoveElements(node) + RemoveTexts(node);

    private int RemoveElements(JsonNode? node)
    {
        var removed = 0;
        switch (node)
        {
            case JsonArray array:
                for (var index = array.Count - 1; index >= 0; index--)
                {
                    removed += IsList(array[index]) ? 0 : RemoveElements(array[index]);
                    if (!AreIn(Encoding.UTF8.GetBytes(TextsOf(array[index]))))
                        continue;
                    array.RemoveAt(index);
                    removed++;
                }

                break;
            case JsonObject fields:
                foreach (var (_, value) in fields)
                    removed += IsList(value) ? 0 : RemoveElements(value);
                break;
        }

        return removed;
    }

    private int RemoveTexts(JsonNode? node)
    {
        var removed = 0;
        if (node is not JsonObject fields)
            return removed;
        foreach (var (name, value) in fields.ToList())
        {
            if (value is JsonObject)
            {
                removed += RemoveTexts(value);
            }
            else if (AreIn(Encoding.UTF8.GetBytes(TextsOf(value))))
            {
                fields[name] = value is JsonArray ? new JsonArray() : "";
                removed++;
            }
        }

        return removed;
    }

    /// <summary>An array of plain values is a row or a list of one thing, and goes as a whole.</summary>
    private static bool IsList(JsonNode? node) => node is JsonArray array && array.All(element => element is null or JsonValue);

    /// <summary>The texts of a node, one a line. A number in a report is a count, not an id.</summary>
    private static string TextsOf(JsonNode? node) => node switch
    {
        JsonArray array => string.Join('\n', array.Select(TextsOf)),
        JsonObject fields => string.Join('\n', fields.Select(field => TextsOf(field.Value))),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => "",
    };

    /// <summary>A text as traces are compared.</summary>
    internal static string Fold(string text) => TextFolding.Fold(text);
}
