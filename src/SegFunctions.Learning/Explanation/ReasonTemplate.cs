using System.Text;

namespace SegFunctions.Learning.Explanation;

/// <summary>A phrase taken apart: text and columns by turns.</summary>
internal sealed class ReasonTemplate
{
    private const string TypicalMark = ":typical";

    private readonly string[] _texts;
    private readonly (int Column, bool Typical)[] _values;

    private ReasonTemplate(string[] texts, (int Column, bool Typical)[] values) => (_texts, _values) = (texts, values);

    /// <summary>Null when the text is at fault, which is said in <paramref name="faults"/>.</summary>
    public static ReasonTemplate? Parse(string text, IReadOnlyDictionary<string, int> positions, List<string> faults)
    {
        var texts = new List<string>();
        var values = new List<(int, bool)>();
        var at = 0;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', at))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                faults.Add($"The phrase \"{text}\" has a brace that is not closed.");
                return null;
            }

            var name = text[(open + 1)..close];
            var typical = name.EndsWith(TypicalMark, StringComparison.Ordinal);
            if (typical)
                name = name[..^TypicalMark.Length];
            if (!positions.TryGetValue(name, out var column))
            {
                faults.Add($"The phrase \"{text}\" names the column \"{name}\", which is none of the features.");
                return null;
            }

            texts.Add(text[at..open]);
            values.Add((column, typical));
            at = close + 1;
        }

        texts.Add(text[at..]);
        return new ReasonTemplate([.. texts], [.. values]);
    }

    /// <summary>The phrase with its values; null when one of them is missing.</summary>
    /// <param name="write">Writes a value of a column, or its typical one; null when it is missing.</param>
    public string? Fill(Func<int, bool, string?> write)
    {
        var text = new StringBuilder(_texts[0]);
        for (var i = 0; i < _values.Length; i++)
        {
            if (write(_values[i].Column, _values[i].Typical) is not { } value)
                return null;
            text.Append(value).Append(_texts[i + 1]);
        }

        return text.ToString();
    }
}
