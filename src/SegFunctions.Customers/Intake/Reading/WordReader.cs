using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads words that stand for one of a few things: choices, countries, languages, currencies.</summary>
internal sealed class WordReader(RowContext context)
{
    private const int LongestWord = 64;
    private const int MostSpellings = 1000;

    private readonly Dictionary<string, byte[]>[] _spellings = [.. context.Plan.Dataset.Fields.Select(_ => new Dictionary<string, byte[]>(StringComparer.Ordinal))];

    /// <summary>Reads one of the words that the field knows.</summary>
    public void ReadChoice(int field, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals)
    {
        if (WordOf(field, declared, value) is { } word)
        {
            if (word.Length == value.Length && !value.SequenceEqual(word) && Ascii.EqualsIgnoreCase(value, word))
                totals.AddCaseChange(context.Line);
            context.Row.SetText(field, word);
        }
        else if (declared.OpenChoice)
        {
            context.Row.SetText(field, value);
        }
        else
        {
            context.Row.Find(DataRules.ChoiceUnknown, field);
        }
    }

    /// <summary>Reads a name or code; what is not known stays as it stands.</summary>
    public void ReadName(int field, DatasetField declared, ReadOnlySpan<byte> value)
    {
        if (WordOf(field, declared, value) is { } code)
        {
            context.Row.SetText(field, code);
            return;
        }

        context.Row.SetText(field, value);
        if (declared.Type == FieldType.Country)
            context.Row.Find(DataRules.CountryUnknown, field);
    }

    private byte[]? WordOf(int field, DatasetField declared, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestWord)
            return null;
        Span<char> text = stackalloc char[LongestWord];
        text = text[..Encoding.UTF8.GetChars(value, text)];
        var known = _spellings[field];
        ref var word = ref CollectionsMarshal.GetValueRefOrNullRef(known.GetAlternateLookup<ReadOnlySpan<char>>(), text);
        if (!Unsafe.IsNullRef(ref word))
            return word.Length == 0 ? null : word;
        var spelling = text.ToString();
        var found = declared.Type switch
        {
            FieldType.Country => KnownNames.Countries.Find(spelling),
            FieldType.Language => KnownNames.FindLocale(spelling),
            FieldType.Currency => CurrencyMarks.CodeOf(spelling),
            _ => context.Plan.Choices[field]!.GetValueOrDefault(TextFolding.Key(spelling)),
        };
        if (known.Count < MostSpellings)
            known[spelling] = found ?? [];
        return found;
    }
}
