using System.Text;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>What a column is called, and how its values are written: the vocabulary's words, else the column's own name made readable.</summary>
internal sealed class ColumnSpeech
{
    private static readonly ColumnWords None = new();

    private readonly Dictionary<string, (ColumnWords Words, Bilingual Label)> _columns = new(StringComparer.Ordinal);

    public ColumnSpeech(Table table, NamingVocabulary vocabulary)
        : this([.. table.Columns.Select(column => (column.Name, WordsOf(column, vocabulary.Columns.GetValueOrDefault(column.Name, None))))])
    {
    }

    /// <param name="columns">Of different names.</param>
    public ColumnSpeech(IReadOnlyList<(string Name, ColumnWords Words)> columns)
    {
        var labels = columns.Select(column => Readable(column.Name)).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            var (name, words) = columns[i];
            // Two names that read the same are better told as they stand.
            var shared = labels.Count(label => string.Equals(label, labels[i], StringComparison.OrdinalIgnoreCase)) > 1;
            var own = shared || labels[i].Length == 0 ? name : labels[i];
            _columns.Add(name, (words, words.Label ?? new Bilingual(own, own)));
        }
    }

    /// <summary>Days are written as dates, whatever the words say.</summary>
    public static ColumnWords WordsOf(Column column, ColumnWords words) => column is DateColumn ? words with { Unit = ColumnUnit.Date } : words;

    public ColumnWords Words(string column) => _columns[column].Words;

    public Bilingual Label(string column) => _columns[column].Label;

    public Bilingual Write(string column, double value, int decimals) => Words(column).Unit.Write(value, decimals);

    /// <summary>Three digits that mean something: 1,234; 12.3; 0.0123. Whole numbers stay whole.</summary>
    public Bilingual WriteRounded(string column, double value)
    {
        if (value == Math.Floor(value))
            return Write(column, value, 0);
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        while (decimals > 0 && Math.Round(value, decimals - 1, MidpointRounding.AwayFromZero) == rounded)
            decimals--;
        return Write(column, rounded, decimals);
    }

    /// <summary><c>annual_income</c>, <c>AnnualIncome</c>: annual income. Capitals in a row stay: <c>CLV</c>.</summary>
    public static string Readable(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var character = name[i];
            if (character is '_' or '-' or '.' || char.IsWhiteSpace(character) || char.IsControl(character))
            {
                if (text.Length > 0 && text[^1] != ' ')
                    text.Append(' ');
                continue;
            }

            var followsCapital = i > 0 && char.IsUpper(name[i - 1]);
            var beforeSmall = i + 1 < name.Length && char.IsLower(name[i + 1]);
            var beforeCapital = i + 1 < name.Length && char.IsUpper(name[i + 1]);
            if (char.IsUpper(character) && i > 0 && (char.IsLower(name[i - 1]) || (followsCapital && beforeSmall)))
                text.Append(' ');
            text.Append(char.IsUpper(character) && !followsCapital && !beforeCapital ? char.ToLowerInvariant(character)
                : followsCapital && beforeSmall ? char.ToLowerInvariant(character) : character);
        }

        return text.ToString().TrimEnd();
    }
}
