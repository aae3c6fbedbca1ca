using FsCheck;
using FsCheck.Fluent;

namespace SegFunctions.Customers.Tests.Identity.Companies;

/// <summary>Names of companies as people write them.</summary>
internal static class CompanyTexts
{
    private static readonly string[] Cores = ["Zirkon", "Müller", "O'Hara", "Frami-Orn", "Café Blau", "Hagelkorn", "I.B.M.", "A B", "J.P. Morgan", "Łódź", "Soft Ware", "Циркон", "ジルコン", "x", "Bau 2", "St. John", "McClure", "7up"];
    private static readonly string[] Words = ["Group", "Holding", "& Sons", "und Söhne", "Consulting", "Bank", "Intl.", "Mfg", "Deutschland", "New York", "III", "First", "the", "de", "e", "&", "(UK)", "Co.", "t/a", "dba", "As", "pt"];
    private static readonly string[] Forms = ["GmbH", "G.m.b.H.", "GmbH & Co. KG", "Ltd", "S.à r.l.", "Sp. z o.o.", "AB", "A/S", "Inc.", "ООО", "有限公司", "S.A. de C.V.", "oy", "K.K.", "limited"];

    /// <summary>Names with anything in any place, some with stray characters.</summary>
    public static Gen<string> Any { get; } =
        from parts in Gen.ArrayOf(Gen.OneOf(Gen.Elements(Cores), Gen.Elements(Words), Gen.Elements(Forms), Gen.Elements("[", "\\", "\"", ";", "\u0015", "😀", "_")))
        from glue in Gen.Elements(" ", " ", " ", ", ", "-", "", ".")
        select string.Join(glue, parts.Take(7));

    /// <summary>A name and the same words in another order; a legal form that may be a word stays at the end.</summary>
    public static Gen<(string One, string Other)> Shuffled { get; } =
        from words in Gen.Shuffle(new[] { "Zirkon", "Hagelkorn", "Bank", "Group", "Lindau", "Deutschland", "2" })
        from count in Gen.Choose(1, 7)
        from form in Gen.Elements("GmbH", "Ltd", "GmbH & Co. KG", "Sp. z o.o.", "S.à r.l.", "PLC")
        from order in Gen.Shuffle(words.Take(count).Append(form).ToArray())
        select (string.Join(' ', words.Take(count).Append(form)), string.Join(' ', order));
}
