using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Preparation;

/// <summary>Guesses what a column means from its values and, where they leave it open, from its name.</summary>
/// <remarks>
/// Texts are numbers, dates or yes-or-no when every one of them is (blank and NA apart). Whole numbers of few values stay numbers:
/// whether 1, 2, 3 counts or names cannot be seen; the reason says so, and <see cref="PreparationOptions.Kinds"/> decides otherwise.
/// A measure of which no two values are equal is no identifier: that takes consecutive whole numbers, or different whole numbers under a
/// name that says so, or texts that nearly all differ.
/// </remarks>
public static class TypeInference
{
    /// <summary>So many rows are needed for values that never repeat to mean anything.</summary>
    private const int FewestRows = 20;

    private const double NearlyAll = 0.95;
    private const int FewWholeNumbers = 10;
    private const int MostNames = 50;

    /// <exception cref="ArgumentException">An infinite number, its row named.</exception>
    public static ColumnType Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        switch (column)
        {
            case DateColumn:
                return Dates;
            case NumericColumn numbers:
                SourceReading.RequireFinite(numbers, position: null);
                return OfNumbers(column.Name, NumericProfile.Of(numbers.Values));
            default:
                return OfTexts((TextColumn)column);
        }
    }

    internal static ColumnType Measure { get; } = new(ColumnKind.Numeric, new Bilingual("a measure", "une mesure"));

    private static ColumnType Dates { get; } = new(ColumnKind.Date, new Bilingual("dates, counted in days", "des dates, comptées en jours"));

    internal static ColumnType Told(ColumnKind kind)
    {
        var name = kind switch
        {
            ColumnKind.Numeric => new Bilingual("a measure", "une mesure"),
            ColumnKind.Boolean => new Bilingual("yes or no", "oui ou non"),
            ColumnKind.Category => new Bilingual("a category", "une catégorie"),
            ColumnKind.Date => new Bilingual("dates, counted in days", "des dates, comptées en jours"),
            ColumnKind.Identifier => new Bilingual("an identifier", "un identifiant"),
            _ => new Bilingual("free text", "du texte libre"),
        };
        return new ColumnType(kind, new Bilingual($"{name.En}, as told", $"{name.Fr}, comme indiqué"));
    }

    internal static ColumnType OfNumbers(string name, NumericProfile profile)
    {
        var figures = profile.Figures;
        var count = figures.Count;
        if (figures.IsFlag)
            return new ColumnType(ColumnKind.Boolean, new Bilingual("yes or no (1 or 0)", "oui ou non (1 ou 0)"));
        if (figures.Whole && figures.Distinct > 1 && Array.TrueForAll(profile.Sorted, CellText.IsDigitsOfDay))
            return new ColumnType(ColumnKind.Date, new Bilingual("dates written as eight digits, counted in days", "des dates écrites en huit chiffres, comptées en jours"));
        if (figures.Whole && count >= FewestRows)
        {
            var different = figures.Distinct == count;
            if (different && figures.Greatest - figures.Least == count - 1)
                return new ColumnType(ColumnKind.Identifier, new Bilingual("consecutive whole numbers, each once: they number the rows", "des entiers consécutifs, chacun une fois : ils numérotent les lignes"));
            var says = ColumnName.SaysIdentifier(name);
            if (says && figures.Distinct >= count / 2)
                return new ColumnType(ColumnKind.Identifier, new Bilingual("whole numbers that hardly repeat, under the name of an identifier", "des entiers qui ne se répètent guère, sous un nom d'identifiant"));
            if (says && figures.Distinct <= MostNames)
                return new ColumnType(ColumnKind.Category, new Bilingual("a category: few numbers under the name of an identifier", "une catégorie : peu de nombres, sous un nom d'identifiant"));
            if (says)
                return new ColumnType(ColumnKind.Identifier, new Bilingual("whole numbers under the name of an identifier, too many for a category", "des entiers sous un nom d'identifiant, trop nombreux pour une catégorie"));
            if (ColumnName.SaysPlace(name))
                return new ColumnType(ColumnKind.Category, new Bilingual("a category: postal codes name places", "une catégorie : les codes postaux désignent des lieux"));
            if (different && ColumnName.SaysNumber(name))
                return new ColumnType(ColumnKind.Identifier, new Bilingual("whole numbers, each once, under the name of a number that names", "des entiers, chacun une fois, sous un nom de numéro"));
        }

        return figures.Whole && figures.Distinct is >= 3 and <= FewWholeNumbers && count >= 10 * figures.Distinct
            ? new ColumnType(ColumnKind.Numeric, new Bilingual($"a measure ({figures.Distinct} different whole numbers; if they are codes, say that it is a category)", $"une mesure ({figures.Distinct} entiers différents ; si ce sont des codes, indiquez que c'est une catégorie)"))
            : Measure;
    }

    /// <summary>Every text but the missing ones is a number, and there is one.</summary>
    internal static bool IsNumbers(TextColumn column)
    {
        var present = Present(column, out _);
        return present.Count > 0 && present.TrueForAll(text => CellText.TryNumber(text, out _));
    }

    internal static ColumnType OfTexts(TextColumn column)
    {
        var present = Present(column, out var count);
        var codes = present.Any(CellText.HasLeadingZero) && present.All(text => CellText.TryNumber(text, out _));
        if (present.Count > 0 && !codes && present.All(text => CellText.TryNumber(text, out _)))
        {
            return OfNumbers(column.Name, NumericProfile.Of(SourceReading.NumbersOf(column, ColumnKind.Numeric, position: null)));
        }

        if (present.Count > 0 && present.All(text => CellText.TryDate(text, out _)))
            return Dates;
        if (present.Count == 2 && CellText.IsBooleanPair(present[0], present[1]))
        {
            present.Sort(StringComparer.OrdinalIgnoreCase);
            return new ColumnType(ColumnKind.Boolean, new Bilingual($"yes or no (\"{present[0]}\", \"{present[1]}\")", $"oui ou non (« {present[0]} », « {present[1]} »)"));
        }

        if (count >= FewestRows && present.Count >= NearlyAll * count)
        {
            return present.Count(CellText.IsSentence) > present.Count / 2
                ? new ColumnType(ColumnKind.FreeText, new Bilingual("sentences, nearly all different", "des phrases, presque toutes différentes"))
                : new ColumnType(ColumnKind.Identifier, new Bilingual("texts that are nearly all different", "des textes presque tous différents"));
        }

        if (count >= FewestRows && present.Count >= count / 2 && ColumnName.SaysIdentifier(column.Name))
            return new ColumnType(ColumnKind.Identifier, new Bilingual("texts that hardly repeat, under the name of an identifier", "des textes qui ne se répètent guère, sous un nom d'identifiant"));
        if (count >= FewestRows && present.Count >= count / 2 && present.Count(CellText.IsSentence) > present.Count / 2)
            return new ColumnType(ColumnKind.FreeText, new Bilingual("sentences that hardly repeat", "des phrases qui ne se répètent guère"));
        return codes
            ? new ColumnType(ColumnKind.Category, new Bilingual("a category: digits with leading zeros are codes", "une catégorie : des chiffres précédés de zéros sont des codes"))
            : new ColumnType(ColumnKind.Category, new Bilingual("a category", "une catégorie"));
    }

    /// <summary>Texts that occur and say something, and the rows of all of them.</summary>
    private static List<string> Present(TextColumn column, out int count)
    {
        var counts = new int[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        var present = new List<string>();
        count = 0;
        for (var level = 0; level < counts.Length; level++)
        {
            if (counts[level] == 0 || CellText.IsMissing(column.Levels[level]))
                continue;
            present.Add(column.Levels[level]);
            count += counts[level];
        }

        return present;
    }
}
