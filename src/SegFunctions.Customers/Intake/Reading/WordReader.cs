using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
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
    /// <param name="counted">The value, in a column of few words.</param>
    public void ReadChoice(PlannedField field, ReadOnlySpan<byte> value, CountedWord? counted)
    {
        if (counted?.Reading is { } known)
        {
            context.Row.SetKnown(field.Field, known);
            return;
        }

        var word = WordOf(field.Field, field.Declared, value);
        if (word is not null && word.Length == value.Length && !value.SequenceEqual(word) && Ascii.EqualsIgnoreCase(value, word))
            field.Totals.AddCaseChange(context.Line);
        else if (counted is not null && word is not null)
            counted.Reading = new KnownText(word);
        if (word is not null)
            context.Row.SetText(field.Field, word);
        else if (field.Declared.OpenChoice)
            context.Row.SetText(field.Field, value);
        else
            context.Row.Find(DataRules.ChoiceUnknown, field.Field);
    }

    /// <summary>Reads a name or code; what is not known stays as it stands.</summary>
    /// <param name="counted">The value, in a column of few words.</param>
    public void ReadName(PlannedField field, ReadOnlySpan<byte> value, CountedWord? counted)
    {
        if (counted?.Reading is { } known)
        {
            context.Row.SetKnown(field.Field, known);
            return;
        }

        if (WordOf(field.Field, field.Declared, value) is { } code)
        {
            if (counted is not null)
                counted.Reading = new KnownText(code);
            context.Row.SetText(field.Field, code);
            return;
        }

        context.Row.SetText(field.Field, value);
        if (field.Type == FieldType.Country)
            context.Row.Find(DataRules.CountryUnknown, field.Field);
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
